"""Texts that nobody wrote, made of texts that somebody did."""

from collections.abc import Sequence
from random import Random

MOST = 4000  # characters: what goes wrong in a file does so in a few lines
_SIGNS = "\n \t:-'\"`{}[]()%*&!|>#,;=@$\\/._~?<+^0é\u2028\x85\r\x1b\ufeff"


def mutated(dice: Random, seeds: Sequence[str], words: Sequence[str]) -> str:
    """Return a seed after a few changes: pieces cut out, doubled, moved, swapped for words, and other seeds' lines."""
    text = dice.choice(seeds)
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8))):
        text = _changed(dice, text, seeds, words)
    return text[:MOST]


def _changed(dice: Random, text: str, seeds: Sequence[str], words: Sequence[str]) -> str:
    start = dice.randint(0, len(text))
    end = min(len(text), start + dice.choice((0, 1, 1, 2, 5, 20, 100)))
    piece, rest = text[start:end], text[end:]
    match dice.randrange(8):
        case 0:
            piece = ""
        case 1:
            piece *= dice.choice((2, 3, 20))
        case 2:
            piece = dice.choice(_SIGNS) * dice.choice((1, 1, 1, 3)) + piece
        case 3:
            piece = dice.choice(words)
        case 4:
            at = dice.randint(0, len(text))
            start, rest = at, text[at:]
        case 5:
            other = dice.choice(seeds)
            rest = other[dice.randint(0, len(other)) :]
        case _:
            return "\n".join(_lines_changed(dice, text.split("\n"), dice.choice(seeds).split("\n")))
    return text[:start] + piece + rest


def _lines_changed(dice: Random, lines: list[str], others: list[str]) -> list[str]:
    """Return lines with others among them, or with one that is indented otherwise."""
    at = dice.randrange(len(lines))
    if dice.random() < 0.5:
        begin = dice.randrange(len(others))
        return [*lines[:at], *others[begin : begin + dice.randint(1, 4)], *lines[at:]]
    return [*lines[:at], dice.choice(("  ", "", "- ", "\t")) + lines[at].lstrip(" "), *lines[at + 1 :]]


def repeated(dice: Random, seeds: Sequence[str], size: int) -> str:
    """Return a text of so many characters: a seed in whose middle a piece of it is repeated."""
    text = dice.choice(seeds)
    start = dice.randint(0, len(text) - 1)
    end = min(len(text), start + dice.choice((1, 1, 2, 3, 8, 40, len(text))))
    piece = text[start:end]
    return text[:start] + piece * ((size - len(text)) // len(piece) + 1) + text[end:]
