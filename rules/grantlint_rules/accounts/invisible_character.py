r"""invisible-character: a name with a character in it that nobody sees."""

import re
from collections.abc import Iterator

from grantlint import (
    Confidence,
    Effect,
    Located,
    Problem,
    Profile,
    Retype,
    Rule,
    Server,
    Severity,
    Write,
    across_accounts,
    invisible_in,
    marked,
    without_invisible,
)

_MADE = re.compile(r"(?<!\\)\\_")


def check(server: Server) -> Iterator[Problem]:
    """Flag invisible characters in names that servers compare.

    They are no-break and zero width blanks, soft hyphens, direction marks and the like.
    """
    for what, text, leaf in server.census.disguised:
        character, plain = invisible_in(text)[0], without_invisible(text)
        meant = _escaped(leaf) if character == "\xa0" else ""
        remedy = Retype(leaf.span, meant, Effect.CHANGES) if meant else None
        yield Problem(
            f"{what} '{marked(text)}' holds {_called(character)}, which nobody sees and every server compares"
            + (r": in double quotes YAML makes it of \_" if meant else ""),
            leaf.span,
            help=f"Write {meant} here: in double quotes a backslash is written twice."
            if meant
            else f"Type '{plain}' by hand: a copied name brings the character along.",
            remedy=remedy or _without(leaf, plain),
        )


def _without(leaf: Located[object], plain: str) -> Write | None:
    """Return that a name is written without the character."""
    if not isinstance(leaf.value, str):
        return None
    return Write(Located(leaf.value, leaf.source, leaf.start, leaf.end), plain, Effect.CHANGES)


def _called(character: str) -> str:
    from unicodedata import name  # noqa: PLC0415 - a megabyte that few runs need

    return f"U+{ord(character):04X} ({name(character, 'control character').lower()})"


def _escaped(leaf: Located[object]) -> str:
    r"""Return how a text is written right in which YAML has made no-break spaces of `\_`; '' where there are none."""
    written = leaf.source.text[leaf.start : leaf.end]
    if "\xa0" in written or not _MADE.search(written):
        return ""
    return _MADE.sub(r"\\\\_", written)


RULE = Rule(
    name="invisible-character",
    summary="A character in a name that nobody sees",
    rationale=r"""
To a server a no-break space (U+00A0), a zero width space or a soft hyphen is a letter like others: 'app' with one of
them behind it is another user, a host with one matches no client, and a grant on a database with one covers no
database that exists. They come along with text that is copied from chats and documents, and YAML makes a no-break space
of \_ in double quotes, where `"shop\_eu"` was meant to be an escaped underscore: that is `"shop\\_eu"`, or
`'shop\_eu'`.
""",
    help="Type the name by hand: a copied one brings the character along.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts", "grants", "hosts"),
    check=across_accounts(check, of="disguised", alike=True),
    bad=(
        r"""
users:
  - user: "app\u200B"  # expect: invisible-character
    host: "10.0.3.7\u00A0"  # expect: invisible-character
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: "shop\_eu.*"  # expect: invisible-character
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: 'shop\u200b.*'  # expect: invisible-character
""",
        """\
CREATE USER 'app\u200b'@'10.0.3.7' IDENTIFIED BY '{{ one }}';  -- expect: invisible-character
""",
    ),
    good=(
        r"""
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: "`shop\\_eu`.*"
  - user: jürgen
    host: 10.0.3.8
    authentication: {secret: vault:db/juergen}
""",
    ),
)
