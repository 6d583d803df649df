"""Which database a client of the server is told on its command line: what `UPDATE user` then writes to are accounts.

Source: the manual page of the mysql client, its options that take a value.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grantlint.reader.formats.shell.script import Pipeline

_CLIENT = re.compile(r"(?:\S*/)?(?:mysql|mariadb)(?:\.exe)?\Z")
_BEFORE = re.compile(r"(?:then|do|else|if|elif|while|until|!|\{|env|exec|time|command|nohup|\w+=.*)\Z", re.DOTALL)
_OF_SUDO = "CDghpRrTtUu"  # letters whose value may be the next word
_OF_CLIENT = "DehOPSu"
_LONG = frozenset(
    {
        *("bind-address", "connect-timeout", "database", "default-character-set", "defaults-group-suffix", "delimiter"),
        *("execute", "host", "init-command", "login-path", "plugin-dir", "port", "protocol", "socket", "ssl-ca"),
        *("ssl-cert", "ssl-key", "ssl-mode", "user"),
    }
)


def database_of(pipeline: Pipeline) -> str:
    """Return the database on the command lines of a pipeline's clients. '' for none, and where they differ."""
    words = [word.passage.text.strip() for word in pipeline.words]
    bounds = [0, *pipeline.heads, len(words)]
    told = {
        _database(arguments)
        for start, end in pairwise(bounds)
        if (arguments := _arguments(words[start:end])) is not None
    }
    return told.pop() if len(told) == 1 else ""


def _arguments(command: Sequence[str]) -> Sequence[str] | None:
    """Return what a client is called with, None for any other command."""
    at = 0
    while at < len(command) and not _CLIENT.match(command[at]):
        if command[at] == "sudo":
            at = _behind_options(command, at + 1)
        elif _BEFORE.match(command[at]):
            at += 1
        else:
            return None
    return command[at + 1 :] if at < len(command) else None


def _behind_options(command: Sequence[str], at: int) -> int:
    while at < len(command) and command[at].startswith("-"):
        at += 2 if command[at][-1] in _OF_SUDO and not command[at].startswith("--") else 1
    return at


def _database(arguments: Sequence[str]) -> str:
    """Return the first operand, else the value of `-D` or `--database`."""
    named = ""
    for option, value in _options(arguments):
        if not option:
            return value
        if option == "database":
            named = value
    return named


def _options(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each option by its long name or letter, with its value; words that are none have no name."""
    words = iter(arguments)
    for first in words:
        word = _whole(first, words)
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            yield name or "--", _whole(next(words, ""), words) if not equals and name in _LONG else value
        elif word.startswith("-") and len(word) > 1:
            yield from _letters(word[1:], words)
        elif not word.startswith(("$", "{{")):  # a variable may hold options
            yield "", word


def _letters(letters: str, words: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Read `-Nse`: letters up to one that takes the rest, or the next word, as its value."""
    for at, letter in enumerate(letters):
        if letter == "p":  # only what stands right behind it is the password
            return
        if letter in _OF_CLIENT:
            yield "database" if letter == "D" else letter, letters[at + 1 :] or _whole(next(words, ""), words)
            return
        yield letter, ""


def _whole(word: str, words: Iterator[str]) -> str:
    """Return a word with those behind it that belong to the same template: `{{ name }}`."""
    while "{{" in word and "}}" not in word:
        following = next(words, None)
        if following is None:
            break
        word += following
    return word
