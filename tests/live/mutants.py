"""Statements that are nearly those that were recorded: what people get wrong, and what no parser should guess."""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

Tokens = list[str]

_RECORDED = Path(__file__).parents[1] / "oracle" / "grammar.jsonl.gz"
_TOKEN = re.compile(
    r"""\s+|/\*.*?\*/|--[ \t].*?(?:\n|$)|\#.*?(?:\n|$)|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`"""
    r"""|[A-Za-z0-9_$\x80-\U0010ffff]+|:=|.""",
    re.DOTALL,
)
_VARIABLES = re.compile(r"\bSET\s+STATEMENT\b|@a\b", re.IGNORECASE)  # their values are passed over, never read
_MISTAKEN = {
    "ACCOUNT": ("USER",), "ADMIN": ("GRANT",), "ALL": ("ANY", "EVERY"), "BY": ("WITH", "AS", "VIA"),
    "CREATE": ("ALTER", "DROP", "CREATES"), "DAY": ("DAYS", "MONTH"), "DEFAULT": ("NONE",), "EXISTS": ("EXIST",),
    "EXPIRE": ("EXPIRED",), "FACTOR": ("FACTORS",), "FROM": ("TO", "FOR"), "GRANT": ("REVOKE", "GRANTS"),
    "IDENTIFIED": ("IDENTIFY", "IDENTIFIED BY"), "LOCK": ("UNLOCK", "LOCKED"), "NONE": ("NULL", "ALL"),
    "ON": ("IN", "TO"), "OPTION": ("OPTIONS",), "PASSWORD": ("PASSWD", "PASSWORDS", "OLD_PASSWORD"),
    "PRIVILEGES": ("PRIVILEGE",), "PROXY": ("PROXIES",), "REQUIRE": ("REQUIRES",), "ROLE": ("ROLES", "USER"),
    "TO": ("FROM", "FOR", "AS", "ON"), "USER": ("ROLE", "USERS", "ACCOUNT"), "WITH": ("BY", "VIA", "AS"),
}  # fmt: skip
_JUNK = (
    "x", "'x'", "1", "(", ")", ",", ";", "@", "@h", "@'h'", "*", ".", "=", "-", "+", "?", "\\", "`x`", '"x"', "x'61'",
    "0x6162", "N'x'", "_utf8'x'", "NULL", "5.5", "1e5", "!", "{x}", ":=", "%", "$$", "$a$", "@@x", "@x", "/*", "*/",
    "--", "-- c\n", "'", '"', "`", "\0", "\xa0", "é", "IF EXISTS", "IF NOT EXISTS", "OR REPLACE", "AND", "OR", "VIA",
    "USING", "PASSWORD", "CURRENT_USER()", "USER()", "CURRENT_ROLE", "PUBLIC", "NONE", "DEFAULT", "WITH GRANT OPTION",
    "WITH ADMIN OPTION", "IDENTIFIED BY 'x'", "REQUIRE SSL", "ACCOUNT LOCK", "ALL PRIVILEGES", "GRANT OPTION",
    "IGNORE UNKNOWN USER", "AS u1 WITH ROLE r1", "DEFAULT ROLE r1", "COMMENT 'c'", "RETAIN CURRENT PASSWORD",
    "REPLACE 'x'", "DISCARD OLD PASSWORD", "RANDOM PASSWORD", "AND IDENTIFIED BY 'x'", "PASSWORD EXPIRE",
    "WITH MAX_USER_CONNECTIONS 1", "TABLE", "FUNCTION", "*.*", "db1.*", "(a)", "ADD 2 FACTOR IDENTIFIED BY 'x'",
)  # fmt: skip
_COMMENTS = (
    "/**/", "/* ' */", "-- c\n", "#c\n", "--\n", "/*! */", "/*!50000 */", "/*M! */", "# '\n", "/*+ x */",
    "--\tc\r\n", "/*!99999 x */", "/*!999999 x*/", "/*!80000 x */",
)  # fmt: skip
_BLANKS = ("", " ", "\t", "\n", "\r", "\v", "\f", "\r\n", "\xa0", "\u3000", "\ufeff", "\0")
_VERSIONS = (
    "!", "!50000", "!50624", "!50625", "!50700", "!80000", "!90704", "!90705", "!99999", "!100000", "!101119",
    "!101120", "!110809", "!999999", "M!", "M!100103", "M!110000", "M!999999", "M!80000", "!080000", "!1234", "!00000",
)  # fmt: skip
_QUOTES = (("'", "'"), ('"', '"'), ("`", "`"), ("", ""), ("\u2018", "\u2019"), ("N'", "'"), ("x'", "'"))
_NUMBERS = (
    "0", "-1", "+1", "+5.5", "1.5", "1e1", "0x10", "x'10'", "'1'", "99999999999", "99999999999999999999999", ".5", "5.",
    "2147483648", "2147483647", "18446744073709551616", "00000000000000000000000000001", "0b1", "NULL", "DEFAULT",
)  # fmt: skip
_ENDS = (
    ";",
    " ; ",
    ";;",
    "; -- x",
    ";; # x",
    "; x",
    ";\n/*!50000 */",
    "/*!50000 ; */",
    "\\G",
    "\0",
    ";\0",
    ";\0x",
    "--",
)


@cache
def recorded() -> list[Tokens]:
    """Return the tokens, blanks and comments among them, of the statements that servers have answered before."""
    with gzip.open(_RECORDED, "rt", encoding="utf-8") as lines:
        statements = [json.loads(line)["sql"] for line in lines]
    return [_TOKEN.findall(sql) for sql in statements if _VARIABLES.search(sql) is None]


@cache
def _places() -> dict[str, list[tuple[Tokens, int]]]:
    """Return where each word stands in recorded statements."""
    found: dict[str, list[tuple[Tokens, int]]] = defaultdict(list)
    for tokens in recorded():
        for index, token in enumerate(tokens):
            if token.isalpha():
                found[token.upper()].append((tokens, index))
    return found


def mutant(dice: Random) -> str:
    """Return a recorded statement with one to three changes."""
    tokens = list(dice.choice(recorded()))
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3))):
        solid = [index for index, token in enumerate(tokens) if token.strip()]
        if solid:
            tokens = dice.choice(_CHANGES)(dice, tokens, dice.choice(solid))
    return "".join(tokens)


def _drop(_: Random, tokens: Tokens, at: int) -> Tokens:
    return tokens[:at] + tokens[at + 1 :]


def _double(_: Random, tokens: Tokens, at: int) -> Tokens:
    return [*tokens[: at + 1], " ", *tokens[at:]]


def _swap(dice: Random, tokens: Tokens, at: int) -> Tokens:
    other = dice.choice([index for index, token in enumerate(tokens) if token.strip()])
    swapped = list(tokens)
    swapped[at], swapped[other] = tokens[other], tokens[at]
    return swapped


def _replace(dice: Random, tokens: Tokens, at: int) -> Tokens:
    return [*tokens[:at], dice.choice(dice.choice(recorded()) or [""]), *tokens[at + 1 :]]


def _insert(dice: Random, tokens: Tokens, at: int) -> Tokens:
    blank = dice.choice((" ", ""))
    return [*tokens[:at], blank, dice.choice(_JUNK), blank, *tokens[at:]]


def _cut_off(_: Random, tokens: Tokens, at: int) -> Tokens:
    return tokens[:at]


def _join(dice: Random, tokens: Tokens, at: int) -> Tokens:
    """Go on as another statement does after the same word."""
    places = _places().get(tokens[at].upper())
    if not places:
        return tokens
    other, index = dice.choice(places)
    return tokens[:at] + other[index:]


def _mistake(dice: Random, tokens: Tokens, at: int) -> Tokens:
    word = dice.choice(_MISTAKEN.get(tokens[at].upper(), (tokens[at],)))
    return [*tokens[:at], word, *tokens[at + 1 :]]


def _requote(dice: Random, tokens: Tokens, at: int) -> Tokens:
    text = tokens[at]
    inner = text[1:-1] if len(text) > 1 and text[0] in "'\"`" else text
    opening, closing = dice.choice(_QUOTES)
    return [*tokens[:at], opening + inner + closing, *tokens[at + 1 :]]


def _comment(dice: Random, tokens: Tokens, at: int) -> Tokens:
    return [*tokens[:at], dice.choice(_COMMENTS), *tokens[at:]]


def _blank(dice: Random, tokens: Tokens, at: int) -> Tokens:
    after = at + 2 if at + 1 < len(tokens) and tokens[at + 1].isspace() else at + 1
    return [*tokens[: at + 1], dice.choice(_BLANKS), *tokens[after:]]


def _spell(dice: Random, tokens: Tokens, at: int) -> Tokens:
    return [*tokens[:at], dice.choice((str.upper, str.lower, str.title, str.swapcase))(tokens[at]), *tokens[at + 1 :]]


def _enclose(dice: Random, tokens: Tokens, at: int) -> Tokens:
    """Put some of the tokens into a comment that some servers read."""
    end = dice.randint(at, len(tokens))
    opening = "/*" + dice.choice(_VERSIONS) + dice.choice((" ", " ", ""))
    return [*tokens[:at], opening, *tokens[at:end], dice.choice((" */", "*/", " */ ", " ")), *tokens[end:]]


def _number(dice: Random, tokens: Tokens, at: int) -> Tokens:
    numbers = [index for index, token in enumerate(tokens) if token.isdigit()]
    at = dice.choice(numbers) if numbers else at
    return [*tokens[:at], dice.choice(_NUMBERS), *tokens[at + 1 :]] if numbers else tokens


def _end(dice: Random, tokens: Tokens, _: int) -> Tokens:
    return [*tokens, dice.choice(_ENDS)]


_CHANGES: tuple[Callable[[Random, Tokens, int], Tokens], ...] = (
    _drop, _double, _swap, _replace, _insert, _cut_off, _join, _join, _join, _mistake, _mistake, _requote, _comment,
    _blank, _spell, _enclose, _number, _end,
)  # fmt: skip
