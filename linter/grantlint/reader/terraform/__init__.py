"""Accounts in Terraform and OpenTofu: resources of the MySQL providers and of Cloud SQL.

Nothing is run and no function evaluated. What only a run could know is carried as unresolved.
"""

from grantlint.reader.terraform.document import read

__all__ = ["read"]
