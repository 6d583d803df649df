"""Accounts in Compose files: what the entry points of the MySQL, MariaDB and Percona images make of a service.

Nothing is run. What only the environment of a run could know is carried as unresolved.
"""
