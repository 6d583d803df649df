"""The grants of an account or a role."""

from itertools import pairwise

from grantlint.model import Grant, GrantedPrivilege, GrantTarget
from grantlint.model.location import Located, Text, Unresolved
from grantlint.model.privilege import parse_privilege
from grantlint.model.scope import ScopeSyntaxError, parse_scope
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import cast
from grantlint.reader.formats.policy.binding import Binder
from grantlint.reader.leaf.targets import Targets, some_database
from grantlint.reader.yaml.items import Item, Mapping, Scalar, Sequence
from grantlint.reader.yaml.nodes import value_span

GRANT = frozenset({"privileges", "target", "grant_option"})
TARGET = Pattern(r"\.|^(PROXY|proxy)\s|\{\{|\$\{")


def bind_grants(binder: Binder, node: Item | None) -> tuple[Grant, ...]:
    """Return the whole grants of a list. A list that aliases repeat is bound once."""
    if node is None:
        return ()
    if type(node) is Sequence and node.anchored:
        if node.bound is None:
            node.bound = _bound(binder, node)
        return cast("tuple[Grant, ...]", node.bound)
    return _bound(binder, node)


def _bound(binder: Binder, node: Item) -> tuple[Grant, ...]:
    grants = [_grant(binder, item) for item in binder.items(node, "grants")]
    return tuple([grant for grant in grants if grant is not None])


def _grant(binder: Binder, item: Item) -> Grant | None:
    node = binder.mapping(item, "a grant")
    if node is None:
        return None
    fields = binder.known(node, GRANT)
    privileges = _privileges(binder, fields.get("privileges"))
    written = binder.strict(fields.get("target"))
    option = binder.flag(fields["grant_option"]) if "grant_option" in fields else None
    if not privileges or written is None:
        binder.fits = False
        return None
    if isinstance(written, Unresolved):
        target: GrantTarget = some_database(written)
    elif TARGET.search(written.value):
        target = _target(binder, written)
    else:
        binder.fits = False
        return None
    return Grant(privileges, target, value_span(binder.source, node.start, node.end), option)


def _target(binder: Binder, written: Located[str]) -> GrantTarget:
    try:
        return Located(parse_scope(written.value), written.source, written.start, written.end)
    except ScopeSyntaxError as error:
        return Targets(binder.declarations.faults).none(str(error), written.span)


def _privileges(binder: Binder, node: Item | None) -> tuple[GrantedPrivilege, ...]:
    """Return each privilege of a list or of a text with commas."""
    if node is not None and (type(node) is Scalar or node.tag is not None):
        text = binder.strict(node)
        if type(text) is Located and not text.value:
            return ()
        return () if text is None else _split(node, text)
    if type(node) is Mapping:
        binder.fits = False
        return ()
    found: list[GrantedPrivilege] = []
    for item in binder.filled(node, "privileges"):
        text = binder.word(item)
        if text is not None:
            found.extend(_split(item, text))
    return tuple(found)


def _split(node: Item, text: Text) -> tuple[GrantedPrivilege, ...]:
    """Split at the commas outside parentheses; each part keeps its own place where the text stands as it is."""
    if not isinstance(text, Located):
        return (text,)
    value = text.value
    parts = _parts(value) if "," in value else []
    if not parts:
        return (Located(parse_privilege(value), text.source, text.start, text.end),)
    quoted = isinstance(node, Scalar) and node.style in {"'", '"'}
    start = text.start + (1 if quoted else 0)
    if not text.source.text.startswith(value, start):
        return tuple(Located(parse_privilege(value[begin:end]), *text.span) for begin, end in parts)
    return tuple(
        Located(parse_privilege(value[begin:end]), text.source, start + begin, start + end) for begin, end in parts
    )


def _parts(value: str) -> list[tuple[int, int]]:
    """Return the bounds of what stands between commas; nothing where a part is empty or a parenthesis is left open."""
    commas: list[int] = []
    depth = 0
    for at, character in enumerate(value):
        if character == "," and depth == 0:
            commas.append(at)
        depth += {"(": 1, ")": -1}.get(character, 0)
    parts: list[tuple[int, int]] = []
    for begin, end in pairwise([-1, *commas, len(value)]):
        part = value[begin + 1 : end]
        left = begin + 1 + len(part) - len(part.lstrip())
        parts.append((left, left + len(part.strip())))
    return parts if depth == 0 and all(begin < end for begin, end in parts) else []
