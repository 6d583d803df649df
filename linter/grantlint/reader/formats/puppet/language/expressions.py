"""The expressions of a manifest: texts, lists and hashes as they are written; what would be evaluated is unknown."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from grantlint.model.location import Implied, Located, Source, Span
from grantlint.reader.formats.puppet.language.lexer import DOUBLE, HEREDOC, SINGLE, VARIABLE, WORD, Token, string_of
from grantlint.reader.formats.puppet.language.literals import Literals
from grantlint.reader.formats.puppet.language.resources import members_of
from grantlint.reader.formats.puppet.language.values import OPAQUE, Items, Members, String, Unknown, Value

MAX_DEPTH = 50
"""Lists and hashes within each other that are read; what is deeper is unknown."""

TEXTS = frozenset({SINGLE, DOUBLE, WORD})
_USE = re.compile(r"\$\{?(?:::)?(?P<name>[a-z_]\w*)\}?")
_ENDS = frozenset({",", ";", "}", ")", "]", "=>", ":"})


class Expressions:
    """The expressions among a manifest's tokens. `scope` tells the variables of a class or define from others."""

    def __init__(self, source: Source, tokens: Sequence[Token], closing: Mapping[int, int]) -> None:
        self.source = source
        self.tokens = tokens
        self.closing = closing
        self.scope = ""
        self.bounds: tuple[int, int] = (0, len(source.text))
        """Where the class or define begins and ends whose variables are meant."""
        self._text = source.text

    @cached_property
    def _literals(self) -> Mapping[str, Located[str]]:
        return Literals(self.source, self.tokens).values

    def _meant(self, name: str) -> String | None:
        """Return the text that a variable has here; one that is Implied stands for want of another."""
        found = self._literals.get(name)
        if found is None or not self.bounds[0] <= found.start < self.bounds[1]:
            return None
        places = range(found.start, found.end + 1)
        return String(found.value, Span(self.source, found.start - 1, found.end + 1), places)

    def _is_default(self, name: str) -> bool:
        return isinstance(self._literals.get(name), Implied)

    def kind(self, index: int) -> str:
        """Return the kind of a token, '' behind the last."""
        return self.tokens[index].kind if index < len(self.tokens) else ""

    def word(self, index: int) -> str:
        """Return a token in lower case, without the top scope's `::`."""
        _, start, end = self.tokens[index]
        return self._text[start:end].removeprefix("::").lower()

    def span(self, first: int, last: int) -> Span:
        """Return the place from one token to another."""
        return Span(self.source, self.tokens[first].start, self.tokens[last].end)

    def attributes(self, at: int) -> tuple[dict[str, Value], Span | None, int]:
        """Return attributes, the source of others, and the ending token. They are read from token `at` on."""
        found: dict[str, Value] = {}
        rest: Span | None = None
        while True:
            kind = self.kind(at)
            if kind == ",":
                at += 1
                continue
            arrow = self.kind(at + 1)
            if (kind not in TEXTS and kind != "*") or arrow not in {"=>", "+>"}:
                return found, rest or self._unread(found, at), at
            name = self._text[self.tokens[at].start : self.tokens[at].end].strip("'\"")
            value, at = self.value(at + 2)
            if value is None:
                return found, rest, at
            if kind != "*":
                if not (isinstance(value, String) and value.value == "undef"):
                    found[name] = value
            elif isinstance(value, Members):
                found = members_of(value) | found
            else:
                rest = value.span

    def _unread(self, found: dict[str, Value], at: int) -> Span | None:
        """Return the place of something else than attributes, where none stand before it."""
        return None if found or self.kind(at) in {";", "}"} else self.span(at - 1, at - 1)

    def value(self, at: int, depth: int = 0) -> tuple[Value | None, int]:
        """Return the expression at a token, and the token after it. None where there is none."""
        kind = self.kind(at)
        if not kind or kind in _ENDS:
            return None, at
        after = at + 1
        value: Value | None = None
        if kind in {"[", "{"} and depth < MAX_DEPTH and at in self.closing:
            value = self._list(at, depth) if kind == "[" else self._hash(at, depth)
            after = self.closing[at] + 1
        elif kind in TEXTS:
            value = self._filled(string_of(self.source, self.tokens[at], self.scope))
        elif kind == VARIABLE:
            value = self._variable(self.tokens[at])
        if value is not None and (self.kind(after) in _ENDS or not self.kind(after)):
            return value, after
        last = self._past(at)
        span = self.span(at, max(last - 1, at))
        written = self._text[span.start : span.end]
        names = {found["name"] for found in _USE.finditer(written)}
        default = self._meant(names.pop()) if len(names) == 1 else None
        return Unknown(_reason(kind), span, f"{self.scope}\0{written}", default), max(last, at + 1)

    def _variable(self, token: Token) -> String | None:
        """Return what a variable is assigned; None where that may be something else."""
        name = self._text[token.start + 1 : token.end].removeprefix("::")
        return None if self._is_default(name) else self._meant(name)

    def _filled(self, string: String) -> String:
        """Return a string with its variables replaced by what they are assigned, where all are."""
        if string.is_known:
            return string
        value: list[str] = []
        places: list[int] = []
        for at, character in enumerate(string.value):
            text = character
            if character == OPAQUE:
                use = _USE.fullmatch(self._text, string.places[at], string.places[at + 1])
                meant = self._meant(use["name"]) if use is not None and not self._is_default(use["name"]) else None
                if meant is None:
                    return string
                text = meant.value
            value.append(text)
            places += [string.places[at]] * len(text)
        return String("".join(value), string.span, [*places, string.places[-1]], string.scope)

    def _past(self, at: int) -> int:
        """Return the token behind an expression: the next comma, semicolon, colon or arrow outside of brackets."""
        while at < len(self.tokens):
            kind = self.kind(at)
            if kind in _ENDS:
                return at
            if kind in {"(", "[", "{"}:
                if at not in self.closing:
                    return at
                at = self.closing[at]
            elif kind == "|":
                at = self._past_parameters(at)
            at += 1
        return at

    def _past_parameters(self, at: int) -> int:
        """Return the token that ends the parameters of a lambda."""
        few = range(at + 1, min(at + 50, len(self.tokens)))
        return next((index for index in few if self.kind(index) == "|"), at)

    def _list(self, at: int, depth: int) -> Items:
        end = self.closing[at]
        values: list[Value] = []
        index = at + 1
        while index < end:
            value, index = self.value(index, depth + 1)
            if value is None:
                index += 1
            else:
                values.append(value)
        return Items(tuple(values), self.span(at, end))

    def _hash(self, at: int, depth: int) -> Members:
        end = self.closing[at]
        pairs: list[tuple[String, Value]] = []
        index = at + 1
        while index < end:
            key, index = self.value(index, depth + 1)
            if key is not None and self.kind(index) == "=>" and index < end:
                value, index = self.value(index + 1, depth + 1)
                if value is not None and isinstance(key, String):
                    pairs.append((key, value))
                elif value is not None and isinstance(key, Unknown):
                    places = (key.span.start, key.span.end)
                    pairs.append((String(OPAQUE, key.span, places, self.scope), value))
            else:
                index += 1
        return Members(tuple(pairs), self.span(at, end))


def _reason(kind: str) -> str:
    return {VARIABLE: "a variable", HEREDOC: "a heredoc"}.get(kind, "an expression")
