"""The modules that make accounts: their arguments, and the accounts, roles and statements these come to."""
