"""Options that something else writes into a server's option file: a command of a script, a task.

What such a thing writes into a file that nobody sees counts where all that a file writes of one option agrees.
"""

import re
from collections.abc import Iterable, Iterator

from grantlint.model.location import Located, Span, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.mycnf.lines import lines
from grantlint.reader.leaf.server_option import option

_FILE = Pattern(
    r"(?:\.cnf(?:\.d/\S*)?|(?:\A|/)my\.ini|(?:my|mysqld?|mariadbd?)_?(?:server)?_?(?:cnf|conf(?:ig)?)(?:_?(?:file|path))?)"
    r"['\"}\s)]*\Z",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{\s*([^{}\n]{0,200}?)\s*\}\}")
_SERVER_GROUP = re.compile(r"(?:mysqld|server|mariadbd?|client-server|galera)(?:-\d+\.\d+)?\Z")
_NAMED = Pattern(r"[A-Za-z][A-Za-z_-]*[A-Za-z]")
_WITHOUT = {"bind_address": "*", "skip_networking": "OFF"}
"""What holds where a line is taken out, as the server has it where nothing is said. Of other options nobody knows."""

_FOR_A_WHILE = "skip_grant_tables"  # who writes that sets a password, and takes it out again in some way

_LOOPBACK = Pattern(r"\^?127\\?\.0\\?\.0\\?\.1\$?")
_ADDRESS = Pattern(r"[\d.]+|\*|[\da-fA-F:]*:[\da-fA-F:]*")
_BLANKS = r"(?:\[\[:space:\]\]|\[ \\t\]|\\s|\\t)[*+?]?"
_ADDED = re.compile(r"^\\?\n?[ \t]*")
_ESCAPED = {"n": "\n", "t": "\t"}
_ESCAPE = re.compile(r"\\([^0-9&])")
_COMMAND_END = re.compile(r"[;}\n]|\Z")
_BACK = re.compile(r"\\[0-9]|(?<!\\)&")
_ADDRESSED = re.compile(
    r"\s*(?:(?:\d+|\$|/(?:[^/\\\n]|\\.)*/I?|\\(?P<sign>.)(?:(?!(?P=sign))[^\\\n]|\\.)*(?P=sign)I?)[ \t]*,?[ \t]*){0,2}"
    r"!?[ \t]*\{?\s*"
)


class Edit(NamedTuple):
    """An option as something writes it, and where in what is written.

    value: None where the text of the place is not known. out: whether it is taken out, and the server's default holds.
    """

    name: str
    value: str | None
    start: int = 0
    end: int = 0
    out: bool = False


def is_option_file(path: str) -> bool:
    """Whether a path names a server's option file. A variable may stand for one.

    >>> is_option_file("/etc/mysql/conf.d/50-server.cnf"), is_option_file("$MYSQL_CONF"), is_option_file("a.conf")
    (True, True, False)
    """
    path = _TEMPLATE.sub(r"\1", path.strip())
    return " " not in path and "\n" not in path and _FILE.search(path) is not None


def written(text: str) -> Iterator[Edit]:
    r"""Yield the options that a text sets in an option file.

    What a template fills in is not known. A group's header says whose they are; without one they are the server's.

    >>> list(written("[client]\nbind-address = 1\n[mysqld]\nbind-address = 10.0.0.1"))
    [Edit(name='bind_address', value='10.0.0.1', start=35, end=58, out=False)]
    """
    of_server = True
    for line in lines(text):
        if line.kind == "group":
            of_server = _SERVER_GROUP.match(line.name) is not None
        elif line.kind == "option" and of_server:
            made = option(line.name, line.value)
            if made is not None:
                value = None if line.template or "$" in made.value else made.value
                yield Edit(made.name, value, line.start, line.end)


def replaced(pattern: str, by: str) -> Iterator[Edit]:
    r"""Yield the options that a text sets in the place of others.

    It replaces what a pattern matches.

    >>> [edit.value for edit in replaced(r"^#?bind-address.*", "bind-address = 0.0.0.0")]
    ['0.0.0.0']
    >>> [edit.value for edit in (*replaced(r"\(bind-address *=\).*", r"\1 ::"), *replaced(r"^bind-address", "#&"))]
    ['::', '*']
    """
    kept = _BACK.sub("", by)
    text = kept.strip()
    made = [*written(kept)]
    named = _option_in(pattern)
    if made or named is None:
        yield from made
        if not made and _LOOPBACK.fullmatch(pattern) and _ADDRESS.fullmatch(text):
            yield Edit("bind_address", text)
    elif (not text or text.startswith("#")) and not _is_comment(pattern):
        yield Edit(named, _WITHOUT.get(named), out=True)
    elif kept != by and not text.startswith("#"):
        yield Edit(named, None if "$" in text or "{" in text else text.lstrip("= \t"))


def taken_out(pattern: str) -> Iterator[Edit]:
    """Yield what holds where lines are taken out that match a pattern."""
    named = _option_in(pattern)
    if named is not None and not _is_comment(pattern):
        yield Edit(named, _WITHOUT.get(named), out=True)


def of_sed(script: str) -> Iterator[Edit]:
    r"""Yield the options that a script of sed sets.

    >>> [edit[:2] for edit in of_sed(r"s/^#\?bind-address.*/bind-address=0.0.0.0/; /skip-networking/d")]
    [('bind_address', '0.0.0.0'), ('skip_networking', 'OFF')]
    >>> [edit[:2] for edit in of_sed(r"/\[mysqld\]/a bind-address = ::")], list(of_sed("s/bind-address/x"))
    ([('bind_address', '::')], [])
    """
    at = 0
    while at < len(script):
        address = _ADDRESSED.match(script, at)
        at = address.end() if address is not None else at
        where = address[0] if address is not None else ""
        command, at = script[at : at + 1], at + 1
        if command == "s":
            parts, at = _parts(script, at)
            if len(parts) > 1:
                makes_comment = parts[0] == "^" and parts[1].startswith("#")
                yield from taken_out(where) if makes_comment else replaced(parts[0], _unescaped(parts[1]))
        elif command in {"a", "i", "c"}:
            if "client" not in where:
                yield from written(_unescaped(_ADDED.sub("", script[at:])))
            return
        elif command == "d":
            yield from taken_out(where)
        end = _COMMAND_END.search(script, at)
        at = end.end() if end is not None and end.end() > at else at + 1


def settings(edits: Iterable[tuple[Edit, Span]]) -> dict[str, Text]:
    """Return the settings that edits make, in turn. One that two of them set otherwise is not known.

    What is taken out may be written anew behind that.
    """
    found: dict[str, Text] = {}
    taken: set[str] = set()
    for edit, place in edits:
        before = found.get(edit.name)
        if edit.name == _FOR_A_WHILE:
            continue
        if edit.name in taken and not edit.out:
            taken.discard(edit.name)
            before = None
        if edit.out and before is None:
            taken.add(edit.name)
        if edit.value is None:
            found[edit.name] = Unresolved("what is written into an option file is not known", *place)
        elif before is None or (isinstance(before, Located) and before.value == edit.value):
            found[edit.name] = Located(edit.value, *place)
        else:
            found[edit.name] = Unresolved("it is written into an option file more than once", *place)
    return found


def _option_in(pattern: str) -> str | None:
    """Return the option of accounts that a regular expression names."""
    named = (option(word, "") for word in _NAMED.findall(re.sub(_BLANKS, " ", pattern)))
    return next((one.name for one in named if one is not None), None)


def _is_comment(pattern: str) -> bool:
    return pattern.lstrip("^(\\ /").startswith("#") and not pattern.lstrip("^(\\ /").startswith(("#?", "#\\?", "#*"))


def _parts(script: str, at: int) -> tuple[list[str], int]:
    """Return the two parts of `s/.../.../` from its first sign on, and where its flags begin."""
    sign = script[at : at + 1]
    if not sign or sign in "\\\n":
        return [], len(script)
    piece = rf"((?:[^\\{re.escape(sign)}]|\\.)*){re.escape(sign)}"
    found = re.compile(piece * 2, re.DOTALL).match(script, at + 1)
    return ([found[1], found[2]], found.end()) if found is not None else ([], len(script))


def _unescaped(text: str) -> str:
    """Return a text of sed without the backslashes that are no back references."""
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text)
