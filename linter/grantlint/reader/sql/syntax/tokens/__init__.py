"""SQL text to tokens (`lexer`), and a place among those of one statement (`cursor`)."""
