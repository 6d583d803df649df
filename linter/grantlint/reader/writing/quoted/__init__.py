"""Which quotes a place of a file is in (`place`): a module a language with strings, loaded for its files alone."""
