"""The key by which a finding is known again: its rule, and what it is about, wherever that stands by now.

It is made of the names in `about`, or in the message: accounts, hosts, targets, privileges, settings, in any order.
Moved lines, renamed files, reordered items and another layout change none of it, nor does a release that words the
message anew. A message holds no secret, so a key holds none.
"""

import re
from collections.abc import Iterable, Sequence

from grantlint.lint.finding import Finding
from grantlint.platform.pattern import Pattern

_NAMES = Pattern(
    r"""(?<!\w)'(?:[^']|'')*'(?:@'(?:[^']|'')*')?(?!\w)|`(?:[^`]|``)*`|"[^"]*"  # quoted
    |\b[A-Z][A-Z_]+(?:\ [A-Z_]+)*\b                         # privileges and keywords
    |[\w%*./:\\@-]*[\w%*]                                   # a word, to be looked at
    """,
    re.VERBOSE,
)
_QUOTES = "'`\""
_SIGNS = frozenset(".%*_@/\\")  # in a word: a host, an address, a target or a setting, and no prose
_VERSION = Pattern(r"(?:mysql|mariadb)-[\d.]+\Z")  # of the servers that a release assumes
_NUMBER = Pattern(r"\d+")
_LENGTH = 32  # hexadecimal digits


def names_in(message: str) -> tuple[str, ...]:
    """Return the names in a message, sorted.

    The message without its numbers where it names nothing.

    >>> names_in("'app'@'%' has ALL PRIVILEGES on *.*")
    ("'app'@'%'", '*.*', 'ALL PRIVILEGES')
    """
    names = {word for word in _NAMES.findall(message) if _is_name(word)}
    return tuple(sorted(names)) or (_NUMBER.sub("#", message),)


def _is_name(word: str) -> bool:
    if word[0] in _QUOTES or (word.isupper() and word[0].isalpha()):
        return True
    return not _SIGNS.isdisjoint(word) and not _VERSION.match(word)


def fingerprint(finding: Finding) -> str:
    """Return the key of a finding in 32 hexadecimal digits.

    Findings that say the same of the same have the same.
    """
    return _digest("1", finding.rule, *names_in(finding.about or finding.message))


def fingerprints(findings: Iterable[Finding]) -> Sequence[str]:
    """Return a distinct key for each finding.

    The second of the same key is numbered, in the order given.
    """
    seen: dict[str, int] = {}
    keys: list[str] = []
    for finding in findings:
        key = fingerprint(finding)
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else _digest(key, str(seen[key])))
    return keys


def _digest(*words: str) -> str:
    from hashlib import sha256  # noqa: PLC0415 - OpenSSL, for findings that are told apart alone

    return sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
