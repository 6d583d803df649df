"""SQL that states hand to a client: commands of `cmd`, queries of `mysql_query.run` and `mysql.query`, files' contents.

`unless` and `onlyif` ask and declare nothing.
"""

from collections.abc import Iterator

from grantlint.model.location import Source, Span
from grantlint.reader.formats.salt.run.never import is_never_run
from grantlint.reader.formats.shell.statements import Found
from grantlint.reader.formats.yaml_scripts.document import passage_of, sql_of
from grantlint.reader.yaml.mapping import Entry, entries
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_COMMANDS = frozenset({"run", "wait", "shell", "call"})
_STATES = frozenset({"cmd", "file", "module", "mysql_query"})
_QUERY = "query"  # what else is handed over is a command, or a file by its name


def scripts_of(root: MappingNode, source: Source, readable: Source) -> Iterator[Found]:
    """Yield the SQL in the states of a file. `readable`: the source with its templates made blank."""
    for name, body in root.value:
        states = [(body, SequenceNode("", []))] if isinstance(body, ScalarNode) else []  # command: cmd.run
        for key, arguments in body.value if isinstance(body, MappingNode) else states:
            if not isinstance(key, ScalarNode) or key.value.partition(".")[0] not in _STATES:
                continue
            if is_never_run(_arguments(arguments), Span(source, name.start_mark.index, key.end_mark.index)):
                continue
            for node, kind, database in _handed_over(name, key.value, arguments):
                if isinstance(node, ScalarNode):
                    passage = passage_of(node, source, readable) if kind == _QUERY else None
                    query = [Found(passage, certain=True, database=database)] if passage else None
                    yield from query or sql_of(node, source, readable, (kind,))


def _arguments(listed: Node) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for item in listed.value if isinstance(listed, SequenceNode) else ():
        found.update(entries(item))
    return found


def _handed_over(name: Node, key: str, arguments: Node) -> Iterator[tuple[Node, str, str]]:
    """Yield what a state hands to a shell or to the server, or puts into a file; `mysql` where a query begins there."""
    state, _, function = key.partition(".")
    found = _arguments(arguments)
    for item in arguments.value if isinstance(arguments, SequenceNode) else ():
        if isinstance(item, ScalarNode):
            function = function or item.value
    given = found["name"].value if "name" in found else name
    named = given.value if isinstance(given, ScalarNode) else ""
    if state == "cmd" and function in _COMMANDS:
        names = found["names"].value if "names" in found else None
        yield from ((node, "", "") for node in (names.value if isinstance(names, SequenceNode) else [given]))
    elif state == "file" and "contents" in found:
        yield found["contents"].value, named, ""
    elif function == "run" and _QUERY in found and (state == "mysql_query" or named == "mysql.query"):
        begins = found["database"].value if "database" in found else None
        in_mysql = isinstance(begins, ScalarNode) and begins.value == "mysql"
        yield found[_QUERY].value, _QUERY, "mysql" if in_mysql else ""
