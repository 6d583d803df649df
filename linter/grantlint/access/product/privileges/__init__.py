"""Which privileges a server knows and what they stand for (`meaning`), and what it answers to a GRANT (`refusal`)."""
