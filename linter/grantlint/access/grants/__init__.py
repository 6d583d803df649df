"""The grant tables: their order, roles, and what a session may do."""
