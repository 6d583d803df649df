"""Accounts in Terraform and OpenTofu: resources of the MySQL providers and of Cloud SQL.

Nothing is run and no function evaluated. What only a run could know is carried as unresolved.

The parser of HCL is C code that comes with the extra `terraform`: a Python for which nobody has built it yet reads all
other formats. A plan is read without it.
"""
