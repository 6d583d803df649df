"""A folder a format, alike inside: `sign` says whether a file is of it, `document` reads it (files/formats.py)."""
