"""Passwords that an account is given without SQL: by mysqladmin, and root by what a package asks.

mysqladmin changes the account that it logs in as: for root without a host that is root@localhost, which every server
has at first. Source: the manual page of mysqladmin; the debconf templates of mysql-server, percona-server-server and
mysql-community-server, whose postinst sets the password of root@localhost.
"""

import re
from collections.abc import Iterator

from grantlint.model import Account, Authentication, Credential, Secrecy
from grantlint.model.location import Implied, Located, Source, Span, Text, Unresolved
from grantlint.model.step import Step
from grantlint.model.step.acts import AlterUser
from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.variables import Variables, whole
from grantlint.reader.sql.steps.steps import Around

_VALUE = r"""(?P<value>'[^'\n]*'|"[^"\n]*"|[^\s|;&'"]+)"""
_ADMIN = Pattern(
    r"(?<![\w.-])(?:mysqladmin|mariadb-admin)(?P<options>(?:[ \t]+[^\s|;&#]+){0,30}?)[ \t]+password[ \t]+" + _VALUE
)
_ASKED = Pattern(
    r"(?<=[ \t/])(?:mysql|mariadb|percona)[\w.-]*/(?:mysql-server/)?root[_-]pass(?:word)?[ \t]+"
    r"(?:password|select|string)[ \t]+(?P<value>[^\s|;&'\"]+)"
)
_ANSWERED = Pattern(  # in a state, task or resource of debconf, whose value is another key of it
    r"(?<=['\"=: \t/])(?:mysql|mariadb|percona)[\w.-]*/(?:mysql-server/)?root[_-]pass(?:word)?(?![\w-])"
    r"(?:[^\n]{0,120}\n){0,3}?[^\n]{0,120}?\bvalue['\"]?[ \t]*[:=]>?[ \t]*" + _VALUE
)
_USER = Pattern(r"[ \t](?:-u[ \t]*|--user[= \t])['\"]?(?P<user>[\w.-]+)['\"]?(?=[ \t]|\Z)")
_HOST = Pattern(r"[ \t](?:-h[ \t]*|--host[= \t])['\"]?(?!localhost\b)\S")
_WHOSE = "mysqladmin changes the account that it logs in as"


def passwords_set(source: Source, variables: Variables, around: Around) -> Iterator[Step]:
    """Yield the steps that set a password so. `around`: the conditions around an offset."""
    for found in _commands(_ADMIN, source.text) if "password" in source.text else ():
        place = Span(source, found.start("options"), found.end())
        user, host = _whose(found, place)
        account = Account(user, host, place, _login(found, source, variables))
        yield Step(AlterUser((account,), if_exists=True), place, around(place.start))
    for found in _answers(source.text):
        place = Span(source, *found.span("value"))
        user, host = Implied("root", *place), Implied("localhost", *place)
        account = Account(user, host, place, _login(found, source, variables))
        yield Step(AlterUser((account,), if_exists=True), place, around(place.start))


def sets_passwords(text: str) -> bool:
    """Return whether a script sets a password so."""
    admin = "password" in text and next(_commands(_ADMIN, text), None) is not None
    return admin or next(_answers(text), None) is not None


def _answers(text: str) -> Iterator[re.Match[str]]:
    """Yield what answers debconf when it asks for root's password."""
    if "debconf" in text:
        yield from _commands(_ASKED, text)
        yield from _commands(_ANSWERED, text)


def _commands(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for found in pattern.finditer(text):
        if not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].lstrip().startswith("#"):
            yield found


def _whose(found: re.Match[str], place: Span) -> tuple[Text, Text]:
    at = found.start("options")
    user = _USER.search(found["options"])
    named: Text = Unresolved(_WHOSE, *place)
    if user is not None:
        named = Located(user["user"], place.source, at + user.start("user"), at + user.end("user"))
        place.source.show(*named.span[1:])
    if isinstance(named, Located) and named.value == "root" and _HOST.search(found["options"]) is None:
        return named, Implied("localhost", *place)
    return named, Unresolved(_WHOSE, *place)


def _login(found: re.Match[str], source: Source, variables: Variables) -> Authentication:
    start, end = found.span("value")
    source.hide(start, end)
    written = found["value"]
    value = whole(written, variables.at(start, written)[0])
    if value is not None:
        source.hide(*value.span[1:])
        return Authentication(None, Credential(Secrecy.PLAIN, value.span))
    reference = any(sign in written for sign in "$`{<") or not written.strip("'\"")
    return Authentication(None, Credential(Secrecy.REFERENCE if reference else Secrecy.PLAIN, Span(source, start, end)))
