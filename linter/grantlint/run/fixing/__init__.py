"""`--fix`: fixes of findings made in memory, read and judged again, and written where nothing speaks against it.

`rounds` is the way through it; `texts` makes the edits, `objections` says what speaks against the result, `access`
compares who may do what, `writable` says which files may be changed at all.
"""
