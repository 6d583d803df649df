"""One package or module a format, each with `read(source)`; reader/files/formats.py lists them."""
