"""Which servers reject a statement, and what to write in its place.

`asking` puts each shape of a statement to the grammar of a server. `lacking` finds the clause that the server would
need, or the name that wants quotes; `dialect` has the words.
"""
