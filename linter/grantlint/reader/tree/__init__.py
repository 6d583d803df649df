"""The folders around: what git and ignore files say of them, and the one door to files that other files name."""
