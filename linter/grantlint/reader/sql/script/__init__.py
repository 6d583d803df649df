"""A file of SQL: cut into statements, read as the product that takes most of it, and what is left out."""
