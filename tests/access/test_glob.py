"""Patterns against naive readings of the servers' two routines, over every short pattern and text."""

from functools import cache
from itertools import product

import pytest

from grantlint.access import parse_target
from grantlint.access.host.glob import ANY, STAR, Glob, address_glob, name_glob, tokens

PATTERNS = ["".join(p) for length in range(6) for p in product("a_%\\", repeat=length)]
TEXTS = ["".join(t) for length in range(1, 6) for t in product("ab", repeat=length)]


@cache
def plain(text: str, pattern: tuple[str, ...]) -> bool:
    """As LIKE: what MySQL up to 5.7 and MariaDB do, for names and addresses."""
    if not pattern:
        return not text
    head, rest = pattern[0], pattern[1:]
    if head == STAR:
        return any(plain(text[at:], rest) for at in range(len(text) + 1))
    return bool(text) and head in (ANY, text[0]) and plain(text[1:], rest)


@cache
def name_of_mysql97(text: str, pattern: tuple[str, ...]) -> bool:
    """MySQL from 8.0.28, names: once the name is used up only one % may be left, and none after a _."""
    if not text:
        return pattern == (STAR,)
    while pattern and text:
        head, pattern = pattern[0], pattern[1:]
        if head == STAR:
            return not pattern or any(name_of_mysql97(text[at:], pattern) for at in range(len(text)))
        if head not in (ANY, text[0]):
            return False
        text = text[1:]
        if not text and head == ANY:
            return not pattern
    return not text and pattern in ((), (STAR,))


@cache
def address_of_mysql97(text: str, pattern: tuple[str, ...]) -> bool:
    """MySQL from 8.0, addresses: the _ behind a % only demand that something is left."""
    if not pattern:
        return not text
    head, rest = pattern[0], pattern[1:]
    if head != STAR:
        return bool(text) and head in (ANY, text[0]) and address_of_mysql97(text[1:], rest)
    while rest and rest[0] in (ANY, STAR):
        if rest[0] == ANY and not text:
            return False
        rest = rest[1:]
    return not rest or any(address_of_mysql97(text[at:], rest) for at in range(len(text)))


def disagreements(server: str, of_name: bool) -> list[tuple[str, str]]:  # noqa: FBT001 - a switch of the test
    traits = parse_target(server).traits
    new = server.startswith("mysql-9")
    wanted = plain if not new else name_of_mysql97 if of_name else address_of_mysql97
    glob = name_glob if of_name else address_glob
    return [
        (pattern, text)
        for pattern in PATTERNS
        if pattern
        for text in TEXTS
        if glob(pattern, traits).matches(text) != wanted(text, tuple(tokens(pattern)))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("server", ["mysql-5.6", "mysql-5.7", "mysql-9.7", "mariadb-10.5", "mariadb-11.8"])
@pytest.mark.parametrize("of_name", [True, False], ids=["names", "addresses"])
def test_every_short_pattern_matches_what_the_server_matches(server: str, of_name: bool) -> None:  # noqa: FBT001 - a switch of the test
    assert disagreements(server, of_name) == []


def test_the_oddities_are_there_to_be_seen() -> None:
    """Measured (C): what mysql97 refuses and mysql56 and MariaDB take."""
    new, old = parse_target("mysql-9.7").traits, parse_target("mysql-5.6").traits
    assert not name_glob("thomas.loc.go_%", new).matches("thomas.loc.gov")
    assert name_glob("thomas.loc.go_%", old).matches("thomas.loc.gov")
    assert not name_glob("web%%", new).matches("web")
    assert name_glob("web%", new).matches("web")
    assert address_glob("10%_.0.3.11", new).matches("10.0.3.11")
    assert address_glob("10%_.0.3.11", old).matches("10.0.3.11") is False


def test_oddities_came_one_after_the_other() -> None:
    """Seen: `_%` fails on 8.0.19 (and in the sources before it), `%%` from 8.0.28."""

    def taken(server: str, pattern: str, name: str) -> bool:
        return name_glob(pattern, parse_target(server).traits).matches(name)

    assert [taken(f"mysql-{v}", "we_%", "web") for v in ("5.7.44", "8.0.19", "8.0.28")] == [True, False, False]
    assert [taken(f"mysql-{v}", "web%%", "web") for v in ("5.7.44", "8.0.21", "8.0.28")] == [True, True, False]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("", ()),
        ("%%", (STAR,)),
        ("%_%_", (ANY, ANY, STAR)),
        (r"a\_b", ("a", "_", "b")),
        ("a\\", ("a", "\\")),
        ("\\\\%", ("\\", STAR)),
    ],
)
def test_tokens_are_canonical(pattern: str, parts: tuple[str, ...]) -> None:
    assert Glob(tokens(pattern)).tokens == parts
