"""YAML as nodes with offsets, and what is wrong where it cannot be read."""
