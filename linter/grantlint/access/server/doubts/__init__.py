"""What stands between the files and an answer: what nobody can read, and what a server refuses or has not read."""
