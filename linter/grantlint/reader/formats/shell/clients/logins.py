"""Passwords on the command lines of clients: everybody who reads the script knows them, and who lists processes.

Source: the manual pages of mysql, mysqladmin and mysqldump, `--password`, `-p`, MYSQL_PWD.
"""

import re
from collections.abc import Iterator

from grantlint.model import Credential, Secrecy
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
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


def logins(source: Source, variables: Variables) -> Iterator[Credential]:
    """Yield the passwords that clients are called with. Placeholders are none, and a variable is a reference."""
    text = source.text.replace("\\\n", "  ")
    for line in _LINE.finditer(text):
        called = False
        if "6032" in line[0] and _PROXYSQL.search(line[0]):
            continue
        for word in _WORD.finditer(text, *line.span()):
            if word["end"]:
                called = False
            elif _CLIENT.match(word[0]):
                called = True
            elif (found := (_PASSWORD if called else _VARIABLE).match(word[0])) and not _PORTS.match(found["value"]):
                start = word.start() + found.start("value")
                end = word.start() + found.end("value")
                source.hide(start, end)
                yield Credential(Secrecy.PLAIN, Span(source, start, end))
            elif called and (taken := _TAKEN.fullmatch(word[0])):
                named = _NAMED.fullmatch(word[0])
                value = whole(named["value"], variables.at(word.start(), named["value"])[0]) if named else None
                if value is not None and value.value:
                    source.hide(*value.span[1:])
                    yield Credential(Secrecy.PLAIN, value.span)
                yield Credential(Secrecy.REFERENCE, _place(source, word.start() + taken.start("value"), word.end()))


def _place(source: Source, start: int, end: int) -> Span:
    """Return where a variable stands: a template in braces goes on over blanks."""
    closing = source.text.find("}}", start) if source.text.startswith("{{", start) else -1
    return Span(source, start, max(end, closing + 2))
