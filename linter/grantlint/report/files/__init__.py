"""The list of `files`: which file was taken as what; for people and for machines."""
