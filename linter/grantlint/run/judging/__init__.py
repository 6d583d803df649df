"""Settings to a plan (`planning`): which rules run, as what; and declarations to a report by it (`plan`).

`products` says as which servers; `mending` makes a remedy changes to files, `mention` finds the places that change
together.
"""
