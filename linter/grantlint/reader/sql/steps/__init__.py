"""Statements to steps, and the declarations that they come to."""
