"""Accounts in Terraform and OpenTofu: resources of the MySQL providers and of Cloud SQL.

Nothing is run and no function evaluated. What only a run could know is carried as unresolved.
"""

from grantlint.location import Source
from grantlint.model import Declarations


def read(source: Source) -> tuple[Declarations, ...]:
    """Return what a configuration file declares; see document.read. A plan is read without this parser of HCL."""
    from grantlint.reader.terraform import document  # noqa: PLC0415 - loads the parser

    return document.read(source)


__all__ = ["read"]
