"""What the command line of a client tells: its database, its password, which call runs a step, what it reloads."""
