"""Which tokens of a manifest stand in branches that never run: those of conditions that are literals."""

from collections.abc import Iterator, Mapping, Sequence

from grantlint.reader.formats.puppet.language.lexer import WORD, Token
from grantlint.reader.leaf.truth import holds

_ASKING = frozenset({"if", "unless"})
_MOST = 20  # tokens of a condition that is a literal


def never_run(text: str, tokens: Sequence[Token], closing: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the braces of the branches that never run, by their numbers."""
    for index, token in enumerate(tokens):
        word = text[token.start : token.end]
        if token.kind != WORD or word not in _ASKING:
            continue
        at, taken = index, False
        while at < len(tokens):
            word = text[tokens[at].start : tokens[at].end]
            brace = _brace(tokens, at + 1)
            if brace is None or brace not in closing:
                break
            here = True if word == "else" else holds(text[tokens[at].end : tokens[brace].start])
            here = (not here) if word == "unless" and here is not None else here
            if taken or here is False:
                yield brace, closing[brace]
            taken = taken or here is True
            at = closing[brace] + 1
            if at >= len(tokens) or text[tokens[at].start : tokens[at].end] not in {"elsif", "else"}:
                break


def _brace(tokens: Sequence[Token], start: int) -> int | None:
    ahead = range(start, min(start + _MOST, len(tokens)))
    return next((at for at in ahead if tokens[at].kind == "{"), None)
