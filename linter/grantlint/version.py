"""The version, a constant: asking the installed metadata for it would double the start-up time."""

__version__ = "0.1.0"
