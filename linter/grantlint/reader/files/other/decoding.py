"""Commands that decode what a client of a server gets: nobody sees which statements that are."""

import re
from collections.abc import Iterator

from grantlint.platform.pattern import Pattern

_WORD = Pattern(r"\b(?:base64|openssl|xxd)\b")
_FLAG = Pattern(r"\s(?:-\w{0,20}[dDr]\b|--decode\b|--revert\b)")
_CLIENT = Pattern(r"\s*(?:[\w./=${}\"-]{1,99}[ \t]+){0,12}(?:[\w./-]{0,99}/)?(?:mysql|mariadb)(?![\w.-])")
_FED = Pattern(
    r"\b(?:mysql|mariadb)\b[^\n]{0,300}?(?:<\s*<\(|(?:<<<|\s-\w{0,9}e|--execute)[\s=]*[\"']?(?:\$\(|`))[^)]*\Z"
)
_PRINTED = Pattern(r"\b(?:echo|printf)(?:\s+-\w+)*\s+(?:[\"']?%\w[\"']?\s+)?[\"']?(?:\$\(|`)[^)]*\Z")
_CONTINUED = Pattern(r"\\\r?\n|\|[ \t]*\r?\n")
_STAGES = 20
_LONGEST = 1_000  # characters of a command that are looked at before the word
_BLANKS = 99  # at the end of a line


def decoded_for_a_client(text: str) -> Iterator[tuple[int, int]]:
    """Yield where such a command decodes."""
    last = -1
    for word in _WORD.finditer(text):
        if word.start() < last:
            continue
        last = _end(text, word.end())
        command = text[_start(text, word.start()) : last]
        if not command.lstrip().startswith("#") and _is_for_a_client(_CONTINUED.sub(_as_one_line, command)):
            yield word.span()


def _start(text: str, at: int) -> int:
    """Return where the command begins that is written at an offset."""
    limit = max(0, at - _LONGEST)
    start = text.rfind("\n", limit, at)
    while start >= 0 and text[max(limit, start - _BLANKS) : start].rstrip().endswith(("\\", "|")):
        start = text.rfind("\n", limit, start)
    return max(start + 1, limit)


def _end(text: str, at: int) -> int:
    """Return where a command ends: a line that a backslash or a pipe at its end may continue."""
    end = text.find("\n", at)
    while end >= 0 and text[max(at, end - _BLANKS) : end].rstrip().endswith(("\\", "|")):
        end = text.find("\n", end + 1)
    return len(text) if end < 0 else end


def _as_one_line(continued: re.Match[str]) -> str:
    return "|" if continued[0].startswith("|") else " "


def _is_for_a_client(command: str) -> bool:
    stages = command.split("|")[:_STAGES]
    before = ""
    for at, stage in enumerate(stages):
        word = _WORD.search(stage)
        flag = _FLAG.search(stage, word.end()) if word else None
        if word and flag:
            ahead = (before + stage[: word.start()])[-_LONGEST:]
            handed_on = ")" not in stage[flag.end() :] or _PRINTED.search(ahead) is not None
            if handed_on and any(map(_CLIENT.match, stages[at + 1 :])):
                return True
            if _FED.search(ahead):
                return True
        before += f"{stage}|"
    return False


def is_decoded_for_a_client(text: str) -> bool:
    """Return whether a command decodes text that it gives a client."""
    return (
        any(word in text for word in ("base64", "openssl", "xxd"))
        and next(decoded_for_a_client(text), None) is not None
    )
