"""The objects of the operators that make accounts, each with the meaning of what it leaves out: start at `table`."""
