"""A clause added to a CREATE USER of one account, or a host to the name in it."""

import re

from grantlint.model.location import Span
from grantlint.model.remedy import Edit
from grantlint.reader.writing.adding.words import Words

_TEXTS = re.compile(r"'(?:[^'\\]|''|\\.)*'|\"(?:[^\"\\]|\"\"|\\.)*\"|`[^`]*`", re.DOTALL)
_BEHIND = re.compile(
    r"\s+(?:WITH\s+MAX_|PASSWORD\s+(?:EXPIRE|HISTORY|REUSE|REQUIRE)|ACCOUNT\s+(?:LOCK|UNLOCK)|FAILED_LOGIN_ATTEMPTS"
    r"|PASSWORD_LOCK_TIME|COMMENT\b|ATTRIBUTE\b)",
    re.IGNORECASE,
)
_CREATE = re.compile(r"CREATE\s+(?:OR\s+REPLACE\s+)?USER\b", re.IGNORECASE)
_UNSURE = re.compile(r"--|#|/\*|,|\bREQUIRE\b", re.IGNORECASE)


def added(words: Words, place: Span, whole: Span) -> Edit | None:
    """Return the edit for the account whose user stands at a place.

    whole: its statement, where no other account is in it.
    """
    source, start, end = place
    text = source.text
    if words.key == "@":
        return None if text[end : end + 1] == "@" else Edit(Span(source, end, end), words.text)
    if source is not whole.source or not whole.start <= start < whole.end or not _CREATE.match(text, whole.start):
        return None
    behind = _TEXTS.sub(lambda found: "x" * len(found[0]), text[end : whole.end])
    if _UNSURE.search(behind):
        return None
    later = _BEHIND.search(behind)
    at = end + (later.start() if later else len(behind.rstrip()))
    return Edit(Span(source, at, at), f" {words.text}")
