"""Passwords on the command lines of clients: everybody who reads the script knows them, and who lists processes.

Source: the manual pages of mysql, mysqladmin and mysqldump, `--password`, `-p`, MYSQL_PWD.
"""

import re
from collections.abc import Iterator

from grantlint.model import Credential, Secrecy
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.leaf.variables import Variables, whole

_LINE = Pattern(r"^(?![ \t]*#)[^\n]*\b(?:mysql|mariadb|MYSQL_PWD)[^\n]*", re.MULTILINE)
_WORD = Pattern(r"""(?P<end>[;&|\n])|(?:'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|\\.|[^\s'";&|])+""")
_CLIENT = Pattern(
    r"(?:[`($]*)(?:\S*/)?(?:mysql|mariadb)(?:admin|dump|import|check|show|slap|-dump|-admin|-check|-import)?\Z"
)
_TEXT = (
    r"""(?P<value>'(?!\$\{?[A-Za-z_]\w*\}?')(?P<single>[^'{}<>\n]+)'|"(?P<double>[^"$`{}<>\\\n]+)"|"""
    r"""(?P<bare>[^'"$`{}<>()\s\\]+))[`)]*\Z"""
)
_PASSWORD = Pattern(rf"(?:--password=|-p){_TEXT}")
_NAMED = Pattern(r"""(?:--password=|-p)(?P<value>"?\$(?:\w+|\{\w+\})"?)""")
_TAKEN = Pattern(r"""(?:--password=|-p)(?P<value>["']?(?:\$[A-Za-z_1-9{(]|\{\{|`)(?![^\n]*:\d)[^\n]*)""")
_VARIABLE = Pattern(rf"MYSQL_PWD={_TEXT}")
_PROXYSQL = Pattern(r"(?:-P[ \t]*|--port[= ])6032\b")  # its door for administrators, whose password is no account's
_PORTS = Pattern(r"[\d.]+:\d")


_SETS = Pattern(r"""["']*(?:\$[A-Za-z_1-9{(]|\{\{|`)[^\n]*""")
"""A variable behind `mysqladmin password`: the new password."""


def logins(source: Source, variables: Variables) -> Iterator[Credential]:
    """Yield the passwords that clients in a script are called with."""
    return logins_in(source, Passage(source.text, range(len(source.text))), variables)


def logins_in(source: Source, command: Passage, variables: Variables) -> Iterator[Credential]:
    """Yield the passwords that clients in a command are called with.

    Placeholders are none, and a variable is a reference.
    """
    text = command.text.replace("\\\n", "  ")
    for line in _LINE.finditer(text):
        client, last = "", ""
        if "6032" in line[0] and _PROXYSQL.search(line[0]):
            continue
        for word in _WORD.finditer(text, *line.span()):
            if word["end"]:
                client = ""
            elif _CLIENT.match(word[0]):
                client = word[0]
            elif (found := (_PASSWORD if client else _VARIABLE).match(word[0])) and not _PORTS.match(found["value"]):
                place = _place(source, command, word.start() + found.start("value"), word.start() + found.end("value"))
                source.hide(*place[1:])
                yield Credential(Secrecy.PLAIN, place)
            elif client and (taken := _TAKEN.fullmatch(word[0])):
                named = _NAMED.fullmatch(word[0])
                value = (
                    whole(named["value"], variables.at(command.at[word.start()], named["value"])[0]) if named else None
                )
                if value is not None and value.value:
                    source.hide(*value.span[1:])
                    yield Credential(Secrecy.PLAIN, value.span)
                yield _reference(source, command, word.start() + taken.start("value"), word.end())
            elif last == "password" and client.endswith("admin") and _SETS.fullmatch(word[0]):
                yield _reference(source, command, word.start(), word.end())
            last = word[0]


def _reference(source: Source, command: Passage, start: int, end: int) -> Credential:
    """Return a variable as a password: a template in braces goes on over blanks."""
    closing = command.text.find("}}", start) if command.text.startswith("{{", start) else -1
    return Credential(Secrecy.REFERENCE, _place(source, command, start, max(end, closing + 2)))


def _place(source: Source, command: Passage, start: int, end: int) -> Span:
    return Span(source, command.at[start], command.at[end - 1] + 1)
