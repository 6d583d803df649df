"""A resource of Puppet as it is declared, and those that a hash from titles to attributes makes."""

from collections.abc import Iterator, Mapping

from grantlint.model.location import Span
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.puppet.language.values import Members, String, Unknown, Value

KINDS = frozenset({"mysql_user", "mysql_grant", "mysql::db"})
_FORMER = "a type that puppetlabs-mysql had before 3.0.0"
_OF_OTHERS = "a define of another module than puppetlabs-mysql"
OTHERS = {
    "database_user": ("account", _FORMER),
    "database_grant": ("grant", _FORMER),
    "mysql::user": ("account", _OF_OTHERS),
    "mysql::grant": ("grant", _OF_OTHERS),
}
"""What makes accounts and grants and is not read: what each makes, and what it is."""


CLASS = "mysql::server"
MONITOR = "mysql::server::monitor"
CLASSES = frozenset({CLASS, MONITOR, "mysql::server::backup", "mysql::backup"})
"""The classes that make accounts."""


class Resource(NamedTuple):
    """A resource as declared. `title` None stands for what nobody can name, `node` tells whose catalogue it is in."""

    kind: str
    title: String | Unknown | None
    attributes: Mapping[str, Value]
    rest: Span | None  # attributes that come from a variable
    span: Span
    node: str = ""


def members_of(value: Value | None) -> dict[str, Value]:
    """Return a hash as attributes; anything else has none."""
    return {key.value: each for key, each in value.pairs} if isinstance(value, Members) else {}


def each_of(kind: str, value: Value | None, common: Value | None, span: Span, node: str = "") -> Iterator[Resource]:
    """Yield a resource for each entry of a hash. Its keys are titles; one without a name if it is no hash."""
    if not isinstance(value, Members):
        if value is None or isinstance(value, Unknown) or (isinstance(value, String) and not value.is_known):
            yield Resource(kind, None, {}, None, value.span if value else span, node)
        return
    rest = common.span if isinstance(common, Unknown) else None
    for title, attributes in value.pairs:
        unknown = attributes.span if isinstance(attributes, Unknown) else rest
        merged = members_of(common) | members_of(attributes)
        yield Resource(kind, title, merged, unknown, Span(title.span.source, *title.span[1:]), node)
