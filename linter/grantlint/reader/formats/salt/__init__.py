"""Accounts in Salt: the states mysql_user and mysql_grants, and the pillar of mysql-formula.

Nothing is run: Jinja is made blank, never evaluated. What only a run could know is carried as unresolved.
"""
