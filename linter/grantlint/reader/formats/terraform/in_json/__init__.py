"""Configurations in JSON: their text, and the resources in it."""
