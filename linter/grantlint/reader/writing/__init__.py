"""From what would mend a problem to characters of its file: `remedies` makes a fix, `edits` applies it.

`quoted` tells which quotes a place is in, `quotes` how each is written between; `targets` and `values` write one
value, `items` takes a declaration away. All of it is text at spans: every other byte of the file stays as it is.
"""
