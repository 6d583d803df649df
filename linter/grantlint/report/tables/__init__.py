"""The account tables of `table`, for people and for machines."""
