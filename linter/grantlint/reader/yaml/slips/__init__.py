"""Slips in YAML: where they began, and what some tools take and others refuse."""
