"""What the objects of several operators say alike: privileges, targets, names, limits."""

from collections.abc import Mapping, Sequence

from grantlint.model import Declarations, Grant, GrantedPrivilege, GrantTarget, Limit, Naming, SomeDatabase
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.model.privilege import GRANT_OPTION, USAGE, Privilege, parse_privilege, split_privileges
from grantlint.model.scope import Level, Scope
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.leaf.targets import Targets
from grantlint.reader.yaml.nodes import Node, span_of

ANY_HOST = "%"


def grant_of(
    of: Object,
    privileges: Sequence[Text],
    target: GrantTarget,
    place: Span | None = None,
    naming: Naming = Naming.NAMES,
) -> Grant | None:
    """Return a grant; GRANT OPTION among its privileges is its option. The operators join what is written by commas."""
    given = [part for text in privileges for part in _parts(text)]
    option = next((leaf for leaf in given if isinstance(leaf, Located) and leaf.value.name == GRANT_OPTION), None)
    others = tuple([leaf for leaf in given if leaf is not option])
    if not others and option is None:
        return None
    flag = Located(True, *option.span) if option else None  # noqa: FBT003 - the value it locates
    return Grant(others or (Located(Privilege(USAGE), *target.span),), target, place or of.span, flag, naming)


def _parts(text: Text) -> list[GrantedPrivilege]:
    if isinstance(text, Unresolved):
        return [text]
    parts = split_privileges(text.value) if "," in text.value else (text.value,)
    return [Located(parse_privilege(part), *text.span) for part in parts]


def target_of(database: Text | None, table: Text | None, span: Span, to: Declarations) -> GrantTarget:
    """Return a grant's target. The operators put names in backquotes and escape nothing, so a pattern stays one."""
    if isinstance(database, Implied) and table is None:
        return Implied(Scope(Level.GLOBAL), *span)
    if isinstance(table, Unresolved):
        return table
    if isinstance(database, Unresolved):
        return SomeDatabase.of(database) if table is None or table.value == "*" else database
    place = (database or table or Implied("*", *span)).span
    name = database.value if isinstance(database, Located) else "*"
    inside = table.value if isinstance(table, Located) else "*"
    return Targets(to.faults).named(name.strip("`"), inside.strip("`"), place)


def own_name(of: Object) -> Text:
    """Return the object's own name, which stands in for the account's."""
    name = of.text("metadata", "name")
    if isinstance(name, Located):
        return Unresolved("a template may say it", *of.span) if of.is_open else Implied(name.value, *name.span)
    return name or Unresolved("the object has no name", *of.span)


def limits_of(of: Object, *path: str, names: Mapping[str, str] | None) -> tuple[Limit, ...]:
    """Return the limits at a path. `names`: their fields and the limits' names; None: the fields' own."""
    part = of.part(*path)
    if part is None:
        return ()
    wanted = {name: name for name in part.fields} if names is None else names
    found: list[Limit] = []
    for name, limit in wanted.items():
        value = part.text(name)
        if value:
            found.append(Limit(Located(limit.upper(), *value.span), value))
    return tuple(found)


def place_of(of: Object, node: Node) -> Span:
    """Return where a node of an object is written."""
    return span_of(of.source, node)
