"""Sets of clients: addresses as boxes, texts as patterns and languages, and both sides of a host value."""
