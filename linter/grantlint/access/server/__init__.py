"""A declared server as one product: its table, cover, logins and rights, and what the files leave open."""
