"""Variables of a manifest that have one literal value in it.

Source: Puppet's language reference, Variables and Classes: a name is assigned once in a scope; the default of a
parameter counts where nobody, Hiera among them, gives another value.
"""

from collections.abc import Iterator, Sequence

from grantlint.model.location import Implied, Located, Source
from grantlint.reader.formats.puppet.language.lexer import DOUBLE, SINGLE, VARIABLE, Token, string_of
from grantlint.reader.leaf.variables import Binding, Variables

_COMPARES = frozenset({"==", "!=", "=~", "!~"})
_ENDS_DEFAULT = frozenset({",", ")"})


class Literals(Variables):
    """The variables that one assignment in a manifest gives a literal text. Defaults of parameters are Implied."""

    def __init__(self, source: Source, tokens: Sequence[Token]) -> None:
        values: dict[str, Located[str]] = {}
        times: dict[str, int] = {}
        for index, token in enumerate(tokens[:-2]):
            if token.kind != VARIABLE or tokens[index + 1].kind != "=":
                continue
            name = source.text[token.start + 1 : token.end]
            times[name] = times.get(name, 0) + 1
            value = tokens[index + 2]
            text = string_of(source, value, "") if value.kind in {SINGLE, DOUBLE} else None
            after = tokens[index + 3] if index + 3 < len(tokens) else None
            if text is None or not text.is_known or not _stands_alone(source, value, after):
                continue
            is_default = after is not None and after.kind in _ENDS_DEFAULT
            made = Implied if is_default else Located
            values[name] = made(text.value, source, value.start + 1, value.end - 1)
        compared = set(_compared(source, tokens))
        self.values = {
            name: value
            for name, value in values.items()
            if times[name] == 1 and value.value and (name, value.value) not in compared
        }

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the values. They are the same at each offset: Puppet knows no order but that of scopes."""
        del offset, text
        return (self.values,)


def _compared(source: Source, tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the variables that are compared with a text: `'UNSET'` says that there is none."""
    for index, token in enumerate(tokens[:-2]):
        other = tokens[index + 2]
        if token.kind == VARIABLE and tokens[index + 1].kind in _COMPARES and other.kind in {SINGLE, DOUBLE}:
            yield source.text[token.start + 1 : token.end], source.text[other.start + 1 : other.end - 1]


def _stands_alone(source: Source, value: Token, after: Token | None) -> bool:
    """Whether a text is all of what is assigned: the next token begins another line, or ends it."""
    if after is None or after.kind in _ENDS_DEFAULT or after.kind == "}":
        return True
    return "\n" in source.text[value.end : after.start] and after.kind not in {"+", "?", ".", "[", "in", "=~", "=="}
