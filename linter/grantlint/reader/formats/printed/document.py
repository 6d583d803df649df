"""What a client printed as declarations: rows of the grant tables, and statements that the server shows."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from grantlint.access.product.target import parse_target
from grantlint.access.state.acts.amendment import unsaid
from grantlint.model import Declarations, Glimpse, NotChecked, ServerFacts
from grantlint.model.account import identity
from grantlint.model.location import Located, Source, Span, Text
from grantlint.model.step import Step
from grantlint.model.step import acts as m
from grantlint.platform.errors import TargetError
from grantlint.reader.formats.printed.blocks import Banner, Block, Query, Statement, blocks, only_statements, plain
from grantlint.reader.formats.printed.family import family_of
from grantlint.reader.formats.printed.results import Cell, Result
from grantlint.reader.formats.printed.tables import table_of, write_of
from grantlint.reader.leaf.declare import declare
from grantlint.reader.sql.document import steps_of
from grantlint.reader.sql.reading import GRAMMARS
from grantlint.reader.sql.steps.holders import holders
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.steps.table_writes import written

_VERSION = frozenset({"version()", "@@version", "@@global.version", "version"})
_VARIABLES = ("variable_name", "value")
_PARTLY = re.compile(r"\b(?:WHERE|LIMIT|HAVING|JOIN)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+\.\d+\.\d+)\S*\Z")


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a client's printed output. () where it says nothing of what a server holds."""
    text = plain(source.text)
    shown = source if text == source.text else _like(source, text)
    found = [*blocks(text)]
    facts = _facts(found, shown)
    declarations = Declarations("printed", source.path, server=facts)
    rows = [*_rows(found, shown, declarations)]
    names = _grammars(facts)
    kept = [one for one in found if isinstance(one, Statement)]
    told, grammar = steps_of(declarations, shown, only_statements(text, kept), names=names)
    told = [*_as_held(told, kept)]
    held = {one.start for one in kept if one.shown}
    declarations.statements = [one for one in declarations.statements if one.span.start not in held]
    steps = [*rows, *_before(told), *told]
    if not steps:
        return (declarations,) if facts is not None and facts.settings else ()
    end = Span(shown, len(text), len(text))
    declare([*steps, Step(m.FlushPrivileges(), end)], grammar, declarations)
    declarations.glimpse = _glimpse(found, shown, told)
    return (declarations,)


def has_accounts(text: str) -> bool:
    """Return whether a text shows accounts or account statements."""
    return any(
        isinstance(block, Statement) or (isinstance(block, Result) and table_of(block.columns) is not None)
        for block in blocks(plain(text))
    )


def _like(source: Source, text: str) -> Source:
    made = Source(source.path, text, source.roots)
    made.format = source.format
    return made


def _grammars(facts: ServerFacts | None) -> Sequence[str]:
    if facts is not None and isinstance(facts.product, Located):
        return (facts.product.value, *GRAMMARS)
    return GRAMMARS


def _rows(found: Sequence[Block], source: Source, declarations: Declarations) -> Iterator[Step]:
    """Yield each result of a grant table as what would write it."""
    leaves = Leaves(source)
    asked: Query | None = None
    for block in found:
        if isinstance(block, Query):
            asked = block
        if not isinstance(block, Result):
            continue
        table = table_of(block.columns)
        if table is None:
            asked = None
            continue
        write = write_of(block, table)
        for start, end in write.texts:
            source.hide(start, end)
        yield Step(_as_shown(written(write, leaves)), Span(source, write.start, write.end))
        if asked is not None and _PARTLY.search(asked.text):
            place = Span(source, asked.start, asked.end)
            declarations.not_checked.append(NotChecked("accounts", "the query asks for some rows, not for all", place))
        asked = None


def _glimpse(found: Sequence[Block], source: Source, told: Iterable[Step]) -> Glimpse:
    """Return what of a server the text shows: its list of accounts, and whose grants."""
    tables: set[str] = set()
    asked: Query | None = None
    for block in found:
        if isinstance(block, Query):
            asked = block
        elif isinstance(block, Result):
            table = table_of(block.columns)
            if table is not None and not (asked is not None and _PARTLY.search(asked.text)):
                tables.add(table)
            asked = None
    names = [to for step in told if isinstance(step.act, m.GrantPrivileges | m.GrantRoles) for to in step.act.to]
    granted = frozenset(
        (name.user.value, name.host.value)
        for name in names
        if isinstance(name.user, Located) and isinstance(name.host, Located)
    )
    return Glimpse(Span(source, 0, 0), bool(tables & {"user", "global_priv"}), None if "db" in tables else granted)


def _as_shown(act: m.Act) -> m.Act:
    """Return a write as what a server shows. mysql.user is a view on some servers, which would refuse the write."""
    if not isinstance(act, m.WriteTable):
        return act
    return act._replace(table="global_priv" if act.table == "user" else act.table, shown=True)


def _as_held(told: Iterable[Step], kept: Iterable[Statement]) -> Iterator[Step]:
    """Yield steps, those that a server showed as certain.

    It is not asked whether it would take them; they may repeat.
    """
    held = {one.start for one in kept if one.shown}
    for step in told:
        if step.span.start not in held:
            yield step
        elif isinstance(step.act, m.CreateUser):
            yield from (Step(act, step.span) for act in _shown_account(step.act))
        else:
            yield step._replace(statement=None)


def _before(told: Sequence[Step]) -> Iterator[Step]:
    """Yield steps that make whom the server shows, but for those whom the session itself makes."""
    made = {_key(name) for step in told if step.statement is not None for name in _made_by(step.act)}
    for step in holders(step for step in told if step.statement is None):
        if made.isdisjoint(map(_key, _made_by(step.act))):
            yield step


def _made_by(act: m.Act) -> tuple[m.AccountName, ...]:
    return m.names_of(act) if isinstance(act, m.CreateUser | m.CreateRole) else ()


def _key(name: m.AccountName) -> Hashable:
    return identity(name.user, name.host)


def _shown_account(act: m.CreateUser) -> Iterator[m.Act]:
    names = m.names_of(act)
    yield m.CreateUser(tuple([unsaid(name) for name in names]), if_not_exists=True)
    yield m.AlterUser(act.accounts)
    if act.default_roles:
        yield m.GrantRoles(act.default_roles, names)
        yield m.SetDefaultRole(m.RoleChoice("", act.default_roles), names)


def _facts(found: Sequence[Block], source: Source) -> ServerFacts | None:
    """Return which server it is, and its variables, as far as the text says."""
    product: Located[str] | None = None
    settings: dict[str, Text] = {}
    for block in found:
        if isinstance(block, Banner):
            product = product or _product(block.version, source)
        elif isinstance(block, Result):
            columns = tuple(column.lower() for column in block.columns)
            if columns == _VARIABLES:
                settings |= {name.text.lower(): _leaf(value, source) for name, value in block.rows}
            else:
                cells = [row[at] for row in block.rows for at, column in enumerate(columns) if column in _VERSION]
                product = product or next((made for cell in cells if (made := _product(cell, source))), None)
    if product is None and "version" in settings:
        leaf = settings["version"]
        product = _product(Cell(leaf.value, leaf.start, leaf.end), source) if isinstance(leaf, Located) else None
    product = product or family_of(found, source)
    if product is None and not settings:
        return None
    return ServerFacts(_place(product, settings, source), product=product, settings=settings)


def _place(product: Located[str] | None, settings: Mapping[str, Text], source: Source) -> Span:
    leaf = product or next(iter(settings.values()), None)
    return leaf.span if leaf is not None else Span(source, 0, 0)


def _leaf(cell: Cell, source: Source) -> Located[str]:
    return Located(cell.text, source, cell.start, cell.end)


def _product(version: Cell, source: Source) -> Located[str] | None:
    """Return a product for a version as the server says it; None where no product known here is of it."""
    number = _NUMBER.match(version.text)
    if number is None or "tidb" in version.text.lower():
        return None
    name = f"{'mariadb' if 'mariadb' in version.text.lower() else 'mysql'}-{number[1]}"
    try:
        parse_target(name)
    except TargetError:
        return None
    return Located(name, source, version.start, version.end)
