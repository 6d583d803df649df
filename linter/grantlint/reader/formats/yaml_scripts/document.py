"""The scripts in a file of YAML, and what they leave behind."""

import re
from collections.abc import Iterable, Iterator

from grantlint.model import Declarations, Fault, NotChecked
from grantlint.model.location import Source
from grantlint.model.step import Step
from grantlint.platform.typed import TYPE_CHECKING, cast
from grantlint.reader.formats.shell.clients.logins import logins
from grantlint.reader.formats.shell.commands.root_password import passwords_set, sets_passwords
from grantlint.reader.formats.shell.document import read_found
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.statements import ACCOUNT_STATEMENT, Found, is_script, sql_in
from grantlint.reader.formats.yaml_scripts.conditions import never_run, whens
from grantlint.reader.formats.yaml_scripts.sign import is_chart
from grantlint.reader.images.charts.values import accounts_beside, accounts_in
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.leaf.variables import Variables
from grantlint.reader.sql.document import NO_VARIABLES, read_into
from grantlint.reader.sql.sign import claims
from grantlint.reader.sql.steps.steps import Around
from grantlint.reader.yaml.blanking import MARK, readable_of
from grantlint.reader.yaml.faults import goes_beyond
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents
from grantlint.reader.yaml.offsets import offsets

if TYPE_CHECKING:
    from grantlint.reader.formats.yaml_scripts.loops import Looped

_ACCOUNTS = re.compile(ACCOUNT_STATEMENT.replace("`?", r"\\?`?") + r"|FLUSH\s+PRIVILEGES\b", re.IGNORECASE)
_HOLDS_SQL = re.compile(r"\.sql$|init.?db|^(?:init|custom)[-_]?(?:sql|scripts?)|init.?script|^sql$", re.IGNORECASE)
_MAY_HOLD_SQL = re.compile(r"^(?:content|data|stringData|configs)$")
_NO_SCRIPT = re.compile(
    r"^(?:name|description|title|summary|message|msg|comment|help|examples?|notes?|documentation|x-.*)$"
    r"|\.(?:py|js|ts|php|rb|md|txt|rst|html|json|go|java)$",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{(?:[^{}]|\}(?!\})|\{(?!\{)){0,400}\}\}")
_OF_ROLES = re.compile(r"(?:^|/)(?:tasks|handlers)/")
_SAID = re.compile(r"[ \t]*(?:-[ \t]+)*[\"']?(?:name|description|title|msg|message|comment|help)[\"']?[ \t]*:")
_QUOTES = re.compile(r"[\"'`$\\]")


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of the scripts in a file. All as one server; () where there is none.

    Broken YAML is a fault; where it holds templates, it is not checked.
    """
    declarations = Declarations("yaml", source.path)
    readable = readable_of(source)
    templates = readable is not source
    found: list[Found] = []
    charts = [*accounts_beside(source)] if is_chart(source.path) else []
    roots: list[Node] = []
    for root in documents(readable):
        if not isinstance(root, Fault):
            roots.append(root)
            found += scripts_in(root, source, readable)
            charts += accounts_in(root, source)
            continue
        hide_likely(source)
        span = root.span._replace(source=source)
        if templates and not goes_beyond(root):
            declarations.not_checked.append(NotChecked("the rest of the file", "a template that is no YAML yet", span))
        else:
            declarations.faults.append(root._replace(span=span))
    variables, around = _variables(source), whens(roots, source)
    looped = _looped(source, variables)
    if looped is not None:
        variables = looped
        found += looped.statements()
    never = never_run(roots, source)
    beside = [
        step for step in _passwords(source, variables or NO_VARIABLES, around) if not _is_in(never, step.span.start)
    ]
    found = [one for one in found if not one.passage.at or not _is_in(never, one.passage.at[0])]
    if found:
        read_found(source, found, declarations, variables, around, beside)
    elif beside:
        read_into(declarations, source, "", beside=beside)
    if found or beside:
        declarations.logins += logins(source, variables or NO_VARIABLES)
    own = (declarations,) if found or beside or declarations.faults or declarations.not_checked else ()
    return (*own, *charts)


def _is_in(places: Iterable[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in places)


def _passwords(source: Source, variables: Variables, around: Around) -> Iterator[Step]:
    """Yield the steps by which commands set a password.

    What a task is called sets none.
    """
    if not sets_passwords(source.text):
        return
    for step in passwords_set(source, variables, around):
        line = source.text.rfind("\n", 0, step.span.start) + 1
        if _SAID.match(source.text, line, step.span.start) is None:
            yield step


def _variables(source: Source) -> Variables | None:
    """Return what a role's files say of the variables in its tasks."""
    if "{{" not in source.text or _OF_ROLES.search(source.path) is None:
        return None
    from grantlint.reader.formats.ansible.values.in_scripts import OfTree  # noqa: PLC0415 - for tasks with templates

    return OfTree(source)


def _looped(source: Source, variables: Variables | None) -> "Looped | None":
    """Return the loops over commands that name their items. None where there can be none."""
    if "{{" not in source.text or ("with_" not in source.text and "loop:" not in source.text):
        return None
    from grantlint.reader.formats.yaml_scripts.loops import Looped  # noqa: PLC0415 - for tasks with templates

    return Looped(source, variables or Variables())


def scripts_in(root: Node, source: Source, readable: Source | None = None) -> Iterator[Found]:
    """Yield the SQL in the scalars below a node, in order.

    `readable`: the source with its templates made blank, from which the node was composed.
    """
    readable = readable or source
    seen: set[int] = set()
    nodes: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    while nodes:
        node, keys = nodes.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            pairs = cast("list[tuple[Node, Node]]", node.value)
            nodes += [(value, (*keys, key.value)) for key, value in reversed(pairs) if isinstance(key, ScalarNode)]
        elif isinstance(node, SequenceNode):
            nodes += [(item, keys) for item in reversed(cast("list[Node]", node.value))]
        elif isinstance(node, ScalarNode):
            yield from sql_of(node, source, readable, keys)


def sql_of(node: ScalarNode, source: Source, readable: Source, keys: tuple[str, ...]) -> Iterator[Found]:
    """Yield the SQL in a scalar. `keys`: those that lead to it, its own last."""
    key = keys[-1] if keys else ""
    if _ACCOUNTS.search(node.value) is None or _NO_SCRIPT.search(key):
        return
    passage = passage_of(node, source, readable)
    if passage is None:
        return
    if key.endswith((".sh", ".bash")) or is_script(passage):
        passage = Passage(_TEMPLATE.sub(_without_quotes, passage.text), passage.at)
        yield from (one for one in sql_in(passage, ours=True) if one.certain or key.endswith(".sh"))
    elif claims(key, passage.text) and (
        any(map(_HOLDS_SQL.search, keys)) or (node.style == "|" and _MAY_HOLD_SQL.search(key))
    ):
        yield Found(passage, certain=any(map(_HOLDS_SQL.search, keys)))


def _without_quotes(template: re.Match[str]) -> str:
    """Return a template without what a shell would take for quotes of its own: it never sees them."""
    return _QUOTES.sub("_", template.group())


def passage_of(node: ScalarNode, source: Source, readable: Source) -> Passage | None:
    """Return a scalar's text with its places.

    Templates are as they are written; None where the places are not known.
    """
    at = offsets(readable, node)
    if not at:
        return None
    text = "".join(
        source.text[offset] if character == MARK else character
        for character, offset in zip(node.value, at, strict=True)
    )
    kept = [index for index, offset in enumerate(at) if not index or offset > at[index - 1]]
    if len(kept) == len(at):
        return Passage(text, at)
    return Passage("".join(text[index] for index in kept), [at[index] for index in kept])
