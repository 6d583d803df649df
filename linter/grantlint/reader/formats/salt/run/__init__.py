"""How Salt runs the states of a file: in which order, what it sends, and where it fails."""
