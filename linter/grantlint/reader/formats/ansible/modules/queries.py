"""The account statements of `mysql_query`, read as SQL where they stand."""

import re

from grantlint.model import Declarations, NotChecked
from grantlint.model.location import Located, Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import TYPE_CHECKING, cast
from grantlint.reader.formats.ansible.modules.fields import Fields
from grantlint.reader.formats.ansible.servers import Server
from grantlint.reader.formats.ansible.turns import At
from grantlint.reader.formats.ansible.values.nodes import Value, elements
from grantlint.reader.yaml.nodes import Node, ScalarNode

if TYPE_CHECKING:
    from grantlint.reader.formats.shell.passage import Passage
    from grantlint.reader.sql.steps.steps import Around

_ACCOUNT_STATEMENT = Pattern(
    r"\b(?:(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE)|GRANT|REVOKE|SET\s+(?:DEFAULT\s+ROLE|PASSWORD)"
    r"|(?:INSERT\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+`?mysql`?\s*\.|FLUSH\s+PRIVILEGES)",
    re.IGNORECASE,
)
_WRITE_TO_USER = Pattern(r"\b(?:INTO|UPDATE|FROM)\s+`?user\b", re.IGNORECASE)  # of accounts, in the database `mysql`
_MAY_HOLD_PASSWORD = Pattern(r"IDENTIFIED|PASSWORD", re.IGNORECASE)
_COMMENT = Pattern(r"--|#")
_PLACEHOLDER = Pattern(r"%(?:s|\(\w+\)s)")


def add_statements(fields: Fields, into: Server, at: At | None, under: "Around") -> None:
    """Add the account statements of a query or list of queries. `under`: the conditions around the task."""
    value = fields.value("query")
    if value is None:
        return
    value = _meant(value, fields)
    source, first, last = value.span
    queries = [_meant(query, fields) for query in elements(value)] or [value]
    if any(query.source is not source for query in queries):
        queries = elements(value)
    login_db = fields.text("login_db")
    in_mysql = isinstance(login_db, Located) and login_db.value == "mysql"
    if not any(_is_about_accounts(query.node, in_mysql=in_mysql) for query in queries):
        return
    places = [_place(query.node, source) for query in queries]
    known = [place for place in places if place is not None]
    filled_in = ("positional_args" in fields.nodes or "named_args" in fields.nodes) and _PLACEHOLDER.search(
        source.text, first, last
    )
    escaped = [] if filled_in or len(known) == len(places) else _unescaped(queries, source)
    if filled_in or (len(known) < len(places) and not escaped):
        source.hide(first, last)
        why = "arguments are filled in during the run" if filled_in else "its text is not the one in the file"
        into.say(NotChecked("statements of mysql_query", why, value.span))
    elif escaped:
        into.absorb(_read_escaped(source, escaped, "mysql" if in_mysql else "", under), at)
    else:
        into.absorb(_read(source, known, "mysql" if in_mysql else "", under), at)


def _meant(value: Value, fields: Fields) -> Value:
    """Return the value that a variable alone stands for, any other value itself."""
    found = fields.item_of(value) if isinstance(value.node, ScalarNode) and "{{" in value.node.value else value
    return found if isinstance(found, Value) else value


def _is_about_accounts(query: Node, *, in_mysql: bool) -> bool:
    text = query.value if isinstance(query, ScalarNode) else ""
    return _ACCOUNT_STATEMENT.search(text) is not None or (in_mysql and _WRITE_TO_USER.search(text) is not None)


def may_write_accounts(text: str) -> bool:
    """Return whether a text seems to hold a statement about accounts."""
    return _ACCOUNT_STATEMENT.search(text) is not None or _WRITE_TO_USER.search(text) is not None


def _place(node: Node, source: Source) -> tuple[int, int] | None:
    """Return the bounds of a query's literal text. Line breaks and indentation may differ.

    None where YAML makes one line of several and a comment of SQL would end at another place.
    """
    if not isinstance(node, ScalarNode) or node.tag:
        return None
    _, start, end = Value(node, source).span
    if node.style in {"'", '"'}:
        start, end = start + 1, end - 1
    elif node.style in {"|", ">"}:
        start = source.text.find("\n", start) + 1
    text = source.text[start:end]
    if node.style != "|" and "\n" in text.strip() and _COMMENT.search(text):
        return None
    return (start, end) if text.split() == node.value.split() else None


def _unescaped(queries: list[Value], source: Source) -> "list[Passage]":
    """Return the texts of queries whose only escape is the backslash in double quotes; [] if one has others.

    Nor are those read that may hold a password: what hides it counts the characters of the file.
    """
    from grantlint.reader.formats.yaml_scripts.document import passage_of  # noqa: PLC0415 - few queries have escapes

    nodes = [query.node for query in queries if isinstance(query.node, ScalarNode) and query.node.style == '"']
    if len(nodes) < len(queries) or any(query.source is not source for query in queries):
        return []
    if any(_MAY_HOLD_PASSWORD.search(node.value) or not _is_only_doubled(node, source) for node in nodes):
        return []
    passages = [passage_of(node, source, source) for node in nodes]
    known = [passage for passage in passages if passage is not None]
    return known if len(known) == len(queries) else []


def _is_only_doubled(node: ScalarNode, source: Source) -> bool:
    _, start, end = Value(node, source).span
    return source.text[start + 1 : end - 1] == cast("str", node.value).replace("\\", "\\\\")


def _read_escaped(source: Source, queries: "list[Passage]", database: str, under: "Around") -> Declarations:
    from grantlint.reader.formats.shell.document import read_found  # noqa: PLC0415 - few queries have escapes
    from grantlint.reader.formats.shell.statements import Found  # noqa: PLC0415 - few queries have escapes

    found = Declarations("ansible", source.path)
    escaped = [Found(query, certain=True, database=database) for query in queries]
    read_found(source, escaped, found, around=under)
    return found


def _read(source: Source, places: list[tuple[int, int]], database: str, under: "Around") -> Declarations:
    from grantlint.reader.sql.document import read_places  # noqa: PLC0415 - few files have a query about accounts

    found = Declarations("ansible", source.path)
    read_places(source, places, found, database, around=under)
    return found
