"""From paths to files: which are looked at, as which format each is taken, and what they hold.

`discovery` comes first: it walks the paths and shows each file to `recognition`, which asks the `formats`.
"""
