"""Account statements in a file that its reader took for nothing: each is counted, since a server may get it.

A statement stands in an environment variable, in a file that a task writes, in the arguments of a job. The file does
not say who gets it, nor that nobody does.
"""

import re
from base64 import b64decode
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from grantlint.model import Declarations, NotChecked
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.reader.files.other.containers import MADE, unread_container

_BEGINS = Pattern(
    r"""\b(?:(?P<grant>GRANT\b)|(?P<user>(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?USER|SET\s+PASSWORD\s+FOR)
    |(?P<call>mysql\.(?:user_create|user_chpass|grant_add)\b
        |(?:mysqladmin|mariadb-admin)\s[^\n|;&\#]{0,200}?\spassword\s+[^\s|;&]
        |mysql-server/root[_-]pass(?:word)?(?:\s+(?:password|select|string)\s+
            |(?![\w-])(?:[^\n]{0,120}\n){0,3}?[^\n]{0,120}?\bvalue['"]?[ \t]*[:=]>?[ \t]*))
    |(?P<table>(?:INTO|UPDATE|FROM)\s+\\?`?mysql\\?`?\s*\.\s*\\?`?(?:user|db|global_priv)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_WORDS = (
    "grant", "create", "alter", "drop", "rename", "set", "into", "update", "from", "mysqladmin", "mariadb-admin",
)  # fmt: skip
_FIRST_PARTS = ("mysql.user_", "mysql.grant_", "mysql-server/root_pass")
"""What an account statement begins with: looking for each costs less than the expression that ignores case."""

_ON = Pattern(r"\sON\s+(?P<every>\\?[`\w*\\%]+\.\*)?", re.IGNORECASE)
_TO = Pattern(r"\sTO\s+", re.IGNORECASE)
_ACCOUNT = Pattern(
    r"""\s*(?:IF\s+(?:NOT\s+)?EXISTS\s+)?"""
    r"""(?:\\?['"`]{0,2}(?:<%[^%\n]{1,160}%>|\{\{[^{}\n]{1,160}\}\}|[\w$#{%}.\-\[\] ]){1,80}?\\?['"`]{0,2}"""
    r"""\s?(?:@|\sIDENTIFIED\b))""",
    re.IGNORECASE,
)
_LONGEST = 600  # characters of a statement that are looked at
_SELECT = Pattern(r"\bSELECT\b[^;\n]*\Z", re.IGNORECASE)
_PROSE = Pattern(
    r"""^[ \t-]*["']?(?:name|description|title|summary|message|msg|comment|help|examples?|notes?|documentation|unless"""
    r"""|onlyif|x-[\w-]*)["']?:|^[ \t]*(?:\#|//|--\s)|\s\#\s""",
    re.IGNORECASE,
)
_ENCODED = Pattern(
    r"""\.sql["']?:[ \t]*(?:[|>][-+\d]*[ \t]*\n)?\s*["']?"""
    r"""(?P<script>[A-Za-z0-9+/]{16,}={0,2}(?:\s+[A-Za-z0-9+/]{4,}={0,2}(?=["']?[ \t\r]*$))*)""",
    re.MULTILINE,
)
_READING_CONTAINERS = frozenset({"compose", "kubernetes", "terraform", "shell"})
_WHY = "it stands in a text, and who gets it is not told"


def holds_statements(text: str) -> bool:
    """Return whether a text seems to hold an account statement. Of MySQL or MariaDB; prose does not count."""
    return next(statements(text), None) is not None


def left_over(source: Source, found: Iterable[Declarations]) -> Iterator[NotChecked]:
    """Yield the account statements in a file that its reader missed.

    None of the file's declarations, faults and other counts stands at them.
    """
    known: _Places | None = None
    for start, end in statements(source.text):
        known = _Places(_spans(source, found)) if known is None else known
        if not known.touch(start, end):
            yield NotChecked("statement", _WHY, Span(source, start, start + 1))
    for start, end in encoded_scripts(source.text):
        source.hide(start, end)
        yield NotChecked("script", "it is encoded", Span(source, start, end))
    if source.format not in _READING_CONTAINERS:
        yield from _container(source, found)
    if any(word in source.text for word in ("base64", "openssl", "xxd")):
        from grantlint.reader.formats.shell.commands.unseen import decoded  # noqa: PLC0415 - for few files

        yield from decoded(source)


def _container(source: Source, found: Iterable[Declarations]) -> Iterator[NotChecked]:
    """Yield a server's container in values of a file, none of whose variables its reader took."""
    unread = unread_container(source.path, source.text)
    if unread is None:
        return
    image, variables = unread
    known = _Places(_spans(source, found))
    if not any(known.touch(at, at) for at in variables):
        yield NotChecked("accounts", MADE, Span(source, image, image + 1))


def encoded_scripts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of base64 scripts with account statements. A Secret holds such."""
    if ".sql" not in text:
        return
    for found in _ENCODED.finditer(text):
        try:
            written = "".join(found["script"].split()).rstrip("=")
            script = b64decode(written + "=" * (-len(written) % 4)).decode(errors="replace")
        except ValueError:
            continue
        if holds_statements(script):
            yield found.span("script")


class _Places:
    """Stretches of a text, asked whether one of them touches another."""

    __slots__ = ("_last", "_starts")

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(places)
        self._starts = [start for start, _ in ordered]
        self._last = [*accumulate((end for _, end in ordered), max)]

    def touch(self, start: int, end: int) -> bool:
        before = bisect_right(self._starts, end)
        return before > 0 and self._last[before - 1] >= start


def statements(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of what seem account statements in a text. Of MySQL or MariaDB; prose does not count."""
    begun = [*_beginnings(text)]
    for number, found in enumerate(begun, 1):
        start = found.start()
        following = begun[number].start() - 1 if number < len(begun) else len(text)
        last = min(following, start + _LONGEST)
        end = found.end() if found["call"] else text.find(";", start, last)
        end = end if end >= 0 else last
        if not _is_statement(found, text[found.end() : end]):
            continue
        before = text[max(0, start - _LONGEST) : start]
        line = before[before.rfind("\n") + 1 :]
        if found["call"] or (_PROSE.search(line) is None and _SELECT.search(line) is None):
            yield start, end


def _beginnings(text: str) -> Iterator[re.Match[str]]:
    """Yield where an account statement may begin, and with which words."""
    lowered = text.replace("\u0130", "i").lower()  # the one letter that is two in lower case
    places: list[int] = []
    for word in (*_FIRST_WORDS, *_FIRST_PARTS):
        at = lowered.find(word)
        while at >= 0:
            end = at + len(word)
            if word in _FIRST_PARTS or not lowered[end : end + 1].isalpha():  # no `grants`
                places.append(at)
            at = lowered.find(word, end)
    for at in sorted(places):
        found = _BEGINS.match(text, at)
        if found is not None:
            yield found


def _is_statement(beginning: re.Match[str], rest: str) -> bool:
    """Whether a text behind the first words goes on as a statement of MySQL or MariaDB does."""
    if beginning["user"]:
        return _ACCOUNT.match(rest) is not None
    if not beginning["grant"]:
        return True
    on = _ON.search(rest)
    to = _TO.search(rest, on.end()) if on is not None else None
    return on is not None and to is not None and (on["every"] is not None or _ACCOUNT.match(rest, to.end()) is not None)


def _spans(source: Source, found: Iterable[Declarations]) -> Iterator[tuple[int, int]]:
    for part in found:
        spans = [one.grant.span for one in (*part.grants, *part.revoked, *part.denied)]
        spans += [one.span for group in (part.accounts, part.roles, part.statements) for one in group]
        spans += [one.span for group in (part.faults, part.not_checked) for one in group]
        yield from ((span.start, span.end) for span in spans if span.source is source)
