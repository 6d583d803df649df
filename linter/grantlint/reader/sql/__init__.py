"""SQL account statements of MySQL and MariaDB, parsed as the server at hand would parse them.

>>> grammar = grammar_for("mysql", (8, 4, 6))
>>> parse_statement("GRANT ALL ON *.* TO app IDENTIFIED BY 'x'", grammar)  # -> SyntaxFault(27, 1064, ...)
"""

from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.reader.sql.script.case import parse_case
from grantlint.reader.sql.script.document import read, read_places
from grantlint.reader.sql.script.effect import accounts_made
from grantlint.reader.sql.script.modes import with_sql_mode
from grantlint.reader.sql.script.split import parse_script
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records.statements import Statement, SyntaxFault

__all__ = [
    "Grammar",
    "Statement",
    "SyntaxFault",
    "accounts_made",
    "grammar_for",
    "parse_case",
    "parse_script",
    "parse_statement",
    "read",
    "read_places",
    "with_sql_mode",
]
