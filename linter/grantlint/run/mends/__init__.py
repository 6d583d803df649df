"""A remedy as changes to files: `mending` makes them, `mention` finds the places that change together."""
