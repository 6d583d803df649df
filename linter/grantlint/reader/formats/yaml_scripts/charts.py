"""Values of Helm charts that run a server: the account that the chart's image makes of `auth`.

`auth.username`, `auth.password` and `auth.database` are the variables of Bitnami's images (bitnami/charts, mysql and
mariadb, templates/primary/statefulset.yaml); the image makes the account at `%` and grants it ALL on the database.
"""

import re
from collections.abc import Iterator

from grantlint.model import Account, Declarations, Grant, Naming, NotChecked, ServerFacts
from grantlint.model.account import Authentication, Credential, Secrecy
from grantlint.model.location import Implied, Located, Source, Text, Unresolved
from grantlint.model.privilege import ALL, Privilege
from grantlint.model.scope import Level, Scope
from grantlint.reader.formats.compose.interpolation import TEMPLATE
from grantlint.reader.yaml.blanking import MARK
from grantlint.reader.yaml.mapping import Entry, entries, is_null
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, span_of

_FAMILY = re.compile(r"(?:\S*/)?(mysql|mariadb)(?:-galera)?\Z", re.IGNORECASE)
_NAMES_ONE = re.compile(r"mysql|mariadb|percona", re.IGNORECASE)
_OTHERS = re.compile(r"postgres|mongo|redis|rabbit|external|keycloak|elastic|minio|kafka", re.IGNORECASE)
_HOLDERS = frozenset({"", "values", "valuesObject", "global"})


def accounts_in(root: Node, source: Source) -> Iterator[Declarations]:
    """Yield what each `auth` of a chart declares; one of a chart that nobody names is counted."""
    seen: set[int] = set()
    pending: list[tuple[Node, str, str]] = [(root, "", "")]
    while pending:
        node, key, chart = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            pending += [(item, key, chart) for item in reversed(node.value)]
        elif isinstance(node, MappingNode):
            found = entries(node)
            chart = _chart_of(found) or chart
            if "auth" in found and not _is_off(found):
                yield from _of_auth(entries(found["auth"].value), chart if key in _HOLDERS else key, source)
            pending += [(entry.value, name, chart) for name, entry in reversed(found.items())]


def _chart_of(found: dict[str, Entry]) -> str:
    """Return the chart that a release names beside its values, '' where none is named."""
    entry = found.get("chart")
    while entry is not None and isinstance(entry.value, MappingNode):
        inside = entries(entry.value)
        entry = inside.get("spec") or inside.get("chart")
    return entry.value.value if entry is not None and isinstance(entry.value, ScalarNode) else ""


def _is_off(found: dict[str, Entry]) -> bool:
    enabled = found.get("enabled")
    return enabled is not None and isinstance(enabled.value, ScalarNode) and enabled.value.value.lower() == "false"


def _of_auth(auth: dict[str, Entry], chart: str, source: Source) -> Iterator[Declarations]:
    user = _text(auth.get("username"), source)
    for name in auth:
        if "password" in name.lower():
            source.hide(*span_of(source, auth[name].value)[1:])
    if user is None:
        return
    family = _FAMILY.match(chart)
    declarations = Declarations("yaml", source.path)
    if family is None:
        if _NAMES_ONE.search(chart or source.path) and not _OTHERS.search(chart):
            declarations.not_checked.append(NotChecked("account", "values of a chart that is not told", user.span))
            yield declarations
        return
    declarations.unit = f"chart:{source.path}:{user.start}"
    password = auth.get("password")
    known = _text(password, source)
    credential = Credential(Secrecy.PLAIN if isinstance(known, Located) else Secrecy.REFERENCE, (known or user).span)
    database = _text(auth.get("database"), source) or Unresolved("the chart's own, or of other values", *user.span)
    target = (
        Located(Scope(Level.DATABASE, database.value), *database.span) if isinstance(database, Located) else database
    )
    grant = Grant((Implied(Privilege(ALL), *user.span),), target, user.span, naming=Naming.SHARED)
    host = Implied("%", *user.span)
    declarations.accounts.append(Account(user, host, user.span, Authentication(None, credential), grants=(grant,)))
    declarations.server = ServerFacts(user.span, product=Implied(family[1].lower(), *user.span))
    yield declarations


def _text(entry: Entry | None, source: Source) -> Text | None:
    """Return a value that is written; None where it is absent or empty."""
    if entry is None or is_null(entry.value) or not isinstance(entry.value, ScalarNode):
        return None
    span, value = span_of(source, entry.value), entry.value.value
    if MARK in value or "${" in value or "{{" in value:
        return Unresolved(TEMPLATE, *span)
    return Located(value, *span) if value else None
