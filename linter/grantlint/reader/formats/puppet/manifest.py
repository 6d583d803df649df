"""The resources of a Puppet manifest that make accounts: a small reading of the language, nothing is evaluated.

What stands in conditions, cases and lambdas is read like everything else; variables, functions and facts are
unknown. Anything that is not understood is passed over up to the bracket that closes it.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from grantlint.model.location import Source, Span
from grantlint.reader.formats.puppet.lexer import (
    DOUBLE,
    HEREDOC,
    REGEX,
    SINGLE,
    VARIABLE,
    WORD,
    Token,
    string_of,
    tokens_of,
)
from grantlint.reader.formats.puppet.values import OPAQUE, Items, Members, String, Unknown, Value
from grantlint.reader.leaf.secrets import hide_likely

KINDS = frozenset({"mysql_user", "mysql_grant", "mysql::db"})
CLASS = "mysql::server"
MAX_DEPTH = 50
"""Lists and hashes within each other that are read; what is deeper is unknown."""

_SCOPES = frozenset({"class", "define", "node", "plan", "function"})
_CREATE = frozenset({"create_resources", "ensure_resource", "ensure_resources"})
_TEXTS = frozenset({SINGLE, DOUBLE, WORD})
_ENDS = frozenset({",", ";", "}", ")", "]", "=>", ":"})


class Resource(NamedTuple):
    """A resource as declared; `title` None stands for what nobody can name, `node` tells whose catalogue it is in."""

    kind: str
    title: String | Unknown | None
    attributes: Mapping[str, Value]
    rest: Span | None  # attributes that come from a variable
    span: Span
    node: str = ""


class Manifest:
    """One manifest. `resources` yields in the order of the text; `skipped` are resources that cannot be read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.skipped: list[Span] = []
        self.tokens, self.closing, self.broken = tokens_of(source.text)
        self._text = source.text
        self._scope = ""
        self._hidden_to = 0
        self._defaults: dict[str, dict[str, Value]] = {}

    def resources(self) -> Iterator[Resource]:
        """Yield the resources of KINDS, and CLASS where it is declared as one."""
        self._defaults = dict(self._file_defaults())
        self._makes_by_name = any(word in self._text for word in (*_CREATE, "Resource["))
        scopes: list[tuple[int, str, str]] = []  # its last token, what tells its variables, its node
        opening: dict[int, tuple[str, str]] = {}  # a `{` yet to come that opens such a scope
        node = ""
        index = 0
        while index < len(self.tokens):
            while scopes and index > scopes[-1][0]:
                scopes.pop()
            if index in opening and index in self.closing:
                scopes.append((self.closing[index], *opening[index]))
            self._scope, node = (scopes[-1][1], scopes[-1][2]) if scopes else ("file", "")
            token = self.tokens[index]
            following = self._kind(index + 1)
            if token.kind == WORD:
                word = self._word(index)
                if following == "{" and (word in KINDS or word == "class"):
                    yield from self._bodies(index, word, node)
                elif following == "(" and word in _CREATE:
                    yield from self._created(index, word, node)
                elif word in _SCOPES and following != "{":
                    brace = self._brace(index + 1)
                    if brace is not None:
                        opening[brace] = (f"{word}{token.start}", f"node{token.start}" if word == "node" else node)
                elif following == "[" and word in KINDS and token.start < token.end and self._is_type(token):
                    self._override(index)
            self._named(index)
            index += 1

    def _named(self, index: int) -> None:
        """Pass over a type that a string names, as in Resource['mysql_user'], unless create_resources is given it."""
        if self._kind(index) not in {SINGLE, DOUBLE}:
            return
        given = index > 1 and self._kind(index - 1) == "(" and self._word(index - 2) in _CREATE
        word = self._word(index).strip("'\"")
        if (not given and word in KINDS) or (self._makes_by_name and _may_be_kind(word)):
            self._skip(index, index)

    def _kind(self, index: int) -> str:
        return self.tokens[index].kind if index < len(self.tokens) else ""

    def _word(self, index: int) -> str:
        _, start, end = self.tokens[index]
        return self._text[start:end].removeprefix("::").lower()

    def _is_type(self, token: Token) -> bool:
        return self._text[token.start : token.end].removeprefix("::")[:1].isupper()

    def _span(self, first: int, last: int) -> Span:
        return Span(self.source, self.tokens[first].start, self.tokens[last].end)

    def _brace(self, index: int) -> int | None:
        """Return the `{` that opens the body of a class, define or node, over its parameters."""
        while index < len(self.tokens):
            kind = self._kind(index)
            if kind == "{":
                return index
            if kind == "(":
                index = self.closing.get(index, len(self.tokens))
            elif (kind not in _TEXTS and kind not in {",", REGEX}) or self._word(index) in _SCOPES:
                return None
            index += 1
        return None

    def _file_defaults(self) -> Iterator[tuple[str, dict[str, Value]]]:
        """Yield what `Mysql_user { ... }` says for all resources of a kind."""
        for index, token in enumerate(self.tokens):
            if token.kind == WORD and self._kind(index + 1) == "{" and self._is_type(token):
                kind = self._word(index)
                if kind in KINDS:
                    attributes, _, _ = self._attributes(index + 2)
                    yield kind, attributes

    def _override(self, index: int) -> None:
        """Pass over `Mysql_user['a@b'] { ... }`: a resource that stands elsewhere."""
        closed = self.closing.get(index + 1)
        if closed is not None and self._kind(closed + 1) == "{":
            self._skip(index, closed)

    def _skip(self, first: int, last: int) -> None:
        """Note what is not read, and hide what looks like a secret up to the brace that closes it."""
        self.skipped.append(self._span(first, last))
        start, end = self.tokens[first].start, self.tokens[self.closing.get(last + 1, last)].end
        if end > self._hidden_to:
            hide_likely(self.source, max(start, self._hidden_to), end)
            self._hidden_to = end

    def _bodies(self, index: int, kind: str, node: str) -> Iterator[Resource]:
        """Yield the resources between the braces, one for each title."""
        if self._is_type(self.tokens[index]):
            return
        end = self.closing.get(index + 1)
        at = index + 2
        first = True
        bodies: list[tuple[Value, dict[str, Value], Span | None]] = []
        defaults = dict(self._defaults.get(kind, {}))
        while end is None or at < end:
            title, at = self._value(at)
            if title is None or self._kind(at) != ":":
                if kind != "class" and (end is None or at < end or first):
                    self._skip(index, index)
                break
            attributes, rest, at = self._attributes(at + 1)
            first = False
            if (
                isinstance(title, String)
                and title.value == "default"
                and title.span.end - title.span.start == len("default")
            ):
                defaults |= attributes
            else:
                bodies.append((title, attributes, rest))
            if self._kind(at) != ";":
                break
            at += 1
        for title, attributes, rest in bodies:
            for each in self._titles(title):
                name = each.value.removeprefix("::") if isinstance(each, String) else ""
                if kind != "class" or name == CLASS:
                    span = Span(self.source, self.tokens[index].start, each.span.end)
                    yield Resource(kind if kind != "class" else CLASS, each, defaults | attributes, rest, span, node)

    def _titles(self, title: Value) -> list[String | Unknown]:
        if isinstance(title, Items):
            return [one for each in title.values for one in self._titles(each)]
        return [Unknown("a title that is no text", title.span)] if isinstance(title, Members) else [title]

    def _created(self, index: int, word: str, node: str) -> Iterator[Resource]:
        """Yield what create_resources or ensure_resource makes of a hash, or one resource that nobody knows."""
        end = self.closing.get(index + 1)
        if end is None:
            return
        kind, at = self._value(index + 2)
        name = kind.value.removeprefix("::").lower() if isinstance(kind, String) else ""
        if name not in KINDS:
            return
        arguments: list[Value] = []
        while self._kind(at) == "," and at + 1 < end:
            value, at = self._value(at + 1)
            if value is None:
                break
            arguments.append(value)
        span = self._span(index, index + 2)
        if word == "ensure_resource":
            titles = self._titles(arguments[0]) if arguments else []
            given = arguments[1] if len(arguments) > 1 else None
            for title in titles:
                attributes = members_of(given)
                rest = given.span if isinstance(given, Unknown) else None
                yield Resource(name, title, attributes, rest, Span(self.source, span.start, title.span.end), node)
            return
        common = arguments[1] if len(arguments) > 1 else None
        yield from each_of(name, arguments[0] if arguments else None, common, span, node)

    def _attributes(self, at: int) -> tuple[dict[str, Value], Span | None, int]:
        """Return the attributes from a token on, where others come from, and the token that ends them."""
        found: dict[str, Value] = {}
        rest: Span | None = None
        while True:
            kind = self._kind(at)
            if kind == ",":
                at += 1
                continue
            arrow = self._kind(at + 1)
            if (kind not in _TEXTS and kind != "*") or arrow not in {"=>", "+>"}:
                return found, rest, at
            name = self._text[self.tokens[at].start : self.tokens[at].end].strip("'\"")
            value, at = self._value(at + 2)
            if value is None:
                return found, rest, at
            if kind != "*":
                if not (isinstance(value, String) and value.value == "undef"):
                    found[name] = value
            elif isinstance(value, Members):
                found = members_of(value) | found
            else:
                rest = value.span

    def _value(self, at: int, depth: int = 0) -> tuple[Value | None, int]:
        """Return the expression that begins at a token, and the token that follows it; None where there is none."""
        kind = self._kind(at)
        if not kind or kind in _ENDS:
            return None, at
        after = at + 1
        value: Value | None = None
        if kind in {"[", "{"} and depth < MAX_DEPTH and at in self.closing:
            value = self._list(at, depth) if kind == "[" else self._hash(at, depth)
            after = self.closing[at] + 1
        elif kind in _TEXTS:
            value = string_of(self.source, self.tokens[at], self._scope)
        if value is not None and (self._kind(after) in _ENDS or not self._kind(after)):
            return value, after
        last = self._past(at)
        span = self._span(at, max(last - 1, at))
        written = self._text[span.start : span.end]
        return Unknown(_reason(kind), span, f"{self._scope}\0{written}"), max(last, at + 1)

    def _past(self, at: int) -> int:
        """Return the token behind an expression: the next comma, semicolon, colon or arrow outside of brackets."""
        while at < len(self.tokens):
            kind = self._kind(at)
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
        return next((index for index in few if self._kind(index) == "|"), at)

    def _list(self, at: int, depth: int) -> Items:
        end = self.closing[at]
        values: list[Value] = []
        index = at + 1
        while index < end:
            value, index = self._value(index, depth + 1)
            if value is None:
                index += 1
            else:
                values.append(value)
        return Items(tuple(values), self._span(at, end))

    def _hash(self, at: int, depth: int) -> Members:
        end = self.closing[at]
        pairs: list[tuple[String, Value]] = []
        index = at + 1
        while index < end:
            key, index = self._value(index, depth + 1)
            if key is not None and self._kind(index) == "=>" and index < end:
                value, index = self._value(index + 1, depth + 1)
                if value is not None and isinstance(key, String):
                    pairs.append((key, value))
                elif value is not None and isinstance(key, Unknown):
                    places = (key.span.start, key.span.end)
                    pairs.append((String(OPAQUE, key.span, places, self._scope), value))
            else:
                index += 1
        return Members(tuple(pairs), self._span(at, end))


def _reason(kind: str) -> str:
    return {VARIABLE: "a variable", HEREDOC: "a heredoc"}.get(kind, "an expression")


def members_of(value: Value | None) -> dict[str, Value]:
    """Return a hash as attributes; anything else has none."""
    return {key.value: each for key, each in value.pairs} if isinstance(value, Members) else {}


def each_of(kind: str, value: Value | None, common: Value | None, span: Span, node: str = "") -> Iterator[Resource]:
    """Yield a resource for each entry of a hash from titles to attributes; one without a name if it is no hash."""
    if not isinstance(value, Members):
        if value is None or isinstance(value, Unknown) or (isinstance(value, String) and not value.is_known):
            yield Resource(kind, None, {}, None, value.span if value else span, node)
        return
    rest = common.span if isinstance(common, Unknown) else None
    for title, attributes in value.pairs:
        unknown = attributes.span if isinstance(attributes, Unknown) else rest
        merged = members_of(common) | members_of(attributes)
        yield Resource(kind, title, merged, unknown, Span(title.span.source, *title.span[1:]), node)


def _may_be_kind(word: str) -> bool:
    """Whether a string with a variable in it may name one of KINDS: `mysql_${kind}`."""
    known, variable, _ = word.partition("$")
    return bool(variable) and known.startswith("mysql") and any(kind.startswith(known) for kind in KINDS)
