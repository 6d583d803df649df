"""What no format reads and somebody may run on a server: looked into by its name, and counted."""
