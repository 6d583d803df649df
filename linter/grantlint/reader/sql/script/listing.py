"""Texts without any delimiter: one statement a line, as SHOW GRANTS prints them, or a single one."""

import re
from collections.abc import Iterator

from grantlint.access.product.grammar import Grammar
from grantlint.platform.pattern import Pattern
from grantlint.reader.sql.script.about import HEAD, is_about_accounts, is_meant_for_accounts
from grantlint.reader.sql.script.programs import may_hold_statements, statement_within
from grantlint.reader.sql.syntax.parser import parse_tokens
from grantlint.reader.sql.syntax.records.statements import Other, SetVariables, Statement, SyntaxFault
from grantlint.reader.sql.syntax.tokens.lexer import cut

_LINE = r"[ \t|]*(?=(?:GRANT|DENY|REVOKE|CREATE|ALTER|SET)[ \t])[^\n]*"
_LISTED = Pattern(f"^{_LINE}", re.IGNORECASE | re.MULTILINE)
_LISTED_HERE = Pattern(_LINE, re.IGNORECASE)
_TABLE_EDGE = Pattern(r"[ \t]*\|[ \t\r]*$")


def listing(text: str, grammar: Grammar, *, templates: bool, begin: int = 0) -> Iterator[Statement | SyntaxFault]:
    """Yield the statements of a text without delimiters. One a line, as SHOW GRANTS prints them.

    `begin`: how many blanks come before all else.
    """
    first = _LISTED_HERE.match(text, begin) if begin else None
    lines = [*([first] if first is not None else []), *_LISTED.finditer(text, begin)]
    if len(lines) < 2:  # noqa: PLR2004 - one statement may take several lines
        yield from _whole(text, grammar, begin, templates=templates)
        return
    for line in lines:
        edge = _TABLE_EDGE.search(text, line.start(), line.end())
        start = line.start() + len(line.group()) - len(line.group().lstrip(" \t|"))
        stop = edge.start() if edge is not None else line.end()
        found = cut(text, start, grammar, templates=templates, stop=stop)
        if is_about_accounts(found.tokens, text, ""):
            yield parse_tokens(text, found.tokens, grammar, templates=templates)
        elif may_hold_statements(found.tokens):
            within = statement_within(text, found.tokens, "")
            if within is not None:
                yield within


def _whole(text: str, grammar: Grammar, begin: int, *, templates: bool) -> Iterator[Statement | SyntaxFault]:
    start = 1 if text.startswith("\ufeff") else begin
    head = cut(text, start, grammar, templates=templates, limit=HEAD)
    if is_about_accounts(head.tokens, text, ""):
        tokens = cut(text, start, grammar, templates=templates).tokens
        found = parse_tokens(text, tokens, grammar, templates=templates)
        wrong = isinstance(found, SyntaxFault) and not is_meant_for_accounts(head.tokens, grammar)
        plain = isinstance(found, Other) or (isinstance(found, SetVariables) and not found.items)
        if not wrong and not plain:
            yield found
    elif may_hold_statements(head.tokens):
        within = statement_within(text, cut(text, start, grammar, templates=templates).tokens, "")
        if within is not None:
            yield within
