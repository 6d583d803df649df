"""A small reading of the language: tokens, expressions, resources; nothing is evaluated."""
