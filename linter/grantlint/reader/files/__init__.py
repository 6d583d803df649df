"""From paths to files: which are looked at, as which format each is taken, and what they hold."""
