"""Exact cover: which clients each account row gets, with a witness or a proof.

`coverage` comes first: it asks `judgement` about one row at a time, with the rows before it from `rivals` and `index`.

>>> from grantlint.access import AccountTable, parse_target
>>> table = AccountTable(parse_target("mysql-8.4"), [("jeffrey", "%"), ("", "%.loc.gov"), ("jeffrey", "10.0.0.0/24")])
>>> coverage = Coverage(table)
>>> coverage.of(0).outcome, [str(taker.row) for taker in coverage.of(0).takers]
('partly', ["'jeffrey'@'10.0.0.0/24'", "''@'%.loc.gov'"])
>>> coverage.of(2).outcome, str(coverage.of(2).witness)
('own', '10.0.0.7')
"""

from grantlint.access.cover.coverage import Cover, Coverage, Taker
from grantlint.access.cover.judgement import Outcome

__all__ = ["Cover", "Coverage", "Outcome", "Taker"]
