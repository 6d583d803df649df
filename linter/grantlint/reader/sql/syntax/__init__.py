"""SQL to statements: tokens, and the grammar of each server for account statements."""
