"""A file of SQL to its declarations: for which product it is written, what its statements leave, what is wrong in it.

A file does not say which server will run it unless a dump's header does. So it is read as the grammar that takes most
of its statements; what none of them takes is a fault.
"""

import re

from grantlint.access.grammar import Grammar, grammar_for
from grantlint.access.target import parse_target
from grantlint.errors import TargetError
from grantlint.location import Located, Source, Span
from grantlint.model import Declarations, Fault, ServerFacts
from grantlint.reader.sql.apply import apply
from grantlint.reader.sql.declare import Declarer
from grantlint.reader.sql.lexer import AT, HOST, MARK, STRING, cut
from grantlint.reader.sql.split import parse_script
from grantlint.reader.sql.statements import Opaque, Statement, SyntaxFault

# Tried in this order; of those that take equally many statements the first.
GRAMMARS = ("mysql-9.7", "mariadb-11.8", "mysql-5.7", "mysql-5.6")
_SERVER_VERSION = re.compile(r"^-- Server version[ \t]+(?P<version>(?P<number>\d+\.\d+\.\d+)\S*)", re.MULTILINE)
_BEFORE_SECRETS = frozenset({"BY", "AS", "USING", "=", ":=", "PASSWORD", "REPLACE"})
_HEADER = 2000  # characters of a dump that hold its header


def read(source: Source) -> tuple[Declarations, ...]:
    """Return what the account statements of a file leave behind; () where it has none."""
    facts = server_of(source)
    target = parse_target(facts.product.value) if facts is not None and isinstance(facts.product, Located) else None
    names: tuple[str, ...] = GRAMMARS if target is None else (target.label, *GRAMMARS)
    if "mariadb" in source.path.lower() or "/*M!" in source.text:
        names = tuple(sorted(names, key=lambda name: not name.startswith("mariadb")))
    grammar, found = best_reading(source.text, names)
    if not found:
        return ()
    declarations = Declarations("sql", source.path, server=facts)
    ledger = apply((one for one in found if not isinstance(one, SyntaxFault)), grammar)
    Declarer(ledger, source).into(declarations)
    for one in found:
        if isinstance(one, SyntaxFault | Opaque):
            _hide_strings(source, one, grammar)
        if isinstance(one, SyntaxFault):
            declarations.faults.append(fault_of(one, source))
    return (declarations,)


def best_reading(text: str, names: tuple[str, ...]) -> tuple[Grammar, list[Statement | SyntaxFault]]:
    """Return the first of these grammars that rejects fewest of the statements, and how it reads them."""
    best: tuple[Grammar, list[Statement | SyntaxFault]] | None = None
    fewest = 0
    for name in names:
        target = parse_target(name)
        grammar = grammar_for(target.product, target.version)
        found = list(parse_script(text, grammar))
        wrong = sum(isinstance(one, SyntaxFault) for one in found)
        if best is None or wrong < fewest:
            best, fewest = (grammar, found), wrong
        if not wrong:
            break
    if best is None:
        raise ValueError("at least one server must be named")
    return best


def server_of(source: Source) -> ServerFacts | None:
    """Return the server that the header of a dump names."""
    found = _SERVER_VERSION.search(source.text, 0, _HEADER)
    if found is None:
        return None
    product = "mariadb" if "mariadb" in found["version"].lower() else "mysql"
    name = f"{product}-{found['number']}"
    try:
        parse_target(name)
    except TargetError:
        return None
    span = Span(source, *found.span("version"))
    return ServerFacts(span, product=Located(name, *span))


def fault_of(fault: SyntaxFault, source: Source) -> Fault:
    """Return a statement that no server takes as the finding that it is."""
    end = min(len(source.text), max(fault.offset + 1, _word_end(source.text, fault.offset)))
    return Fault(
        "syntax-error",
        f"no server takes this statement: {fault.message} (error {fault.errno})",
        Span(source, min(fault.offset, end), end),
        "Correct it, or end the statement before with `;`.",
    )


def _hide_strings(source: Source, fault: SyntaxFault | Opaque, grammar: Grammar) -> None:
    """Hide what may be a password in a statement that is not understood: strings, and bare words after BY."""
    tokens = cut(source.text, fault.start, grammar, stop=fault.end).tokens
    for before, token, after in zip([tokens[-1], *tokens], tokens, [*tokens[1:], tokens[-1]], strict=False):
        unclosed = token.kind == MARK and token.end > token.start + 2
        string = token.kind == STRING and before.kind != AT and after.kind not in (AT, HOST)
        bare = before.word in _BEFORE_SECRETS and token.kind != MARK and token.word not in grammar.reserved
        if bare or unclosed or string:
            source.hide(token.start, token.end)


def _word_end(text: str, offset: int) -> int:
    found = re.compile(r"[A-Za-z_]*").match(text, offset)
    return found.end() if found is not None else offset
