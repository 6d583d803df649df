"""What differs between servers: products and versions, their traits, grammar, words and privileges."""
