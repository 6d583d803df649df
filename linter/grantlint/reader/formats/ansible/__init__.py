"""Accounts in Ansible: tasks of the MySQL modules, and the user lists that the well-known roles take.

Nothing is run: Jinja is looked at, never evaluated. What only a run could know is carried as unresolved.
"""
