"""The resources of a Puppet manifest that make accounts: a small reading of the language, nothing is evaluated.

What stands in conditions, cases and lambdas is read like everything else, but for conditions that are literals;
variables, functions and facts are unknown. Anything that is not understood is passed over up to the bracket that
closes it.
"""

from collections.abc import Iterator
from functools import cached_property

from grantlint.model.location import Source, Span
from grantlint.reader.formats.puppet.language.expressions import TEXTS, Expressions
from grantlint.reader.formats.puppet.language.lexer import DOUBLE, REGEX, SINGLE, WORD, Token, tokens_of
from grantlint.reader.formats.puppet.language.never import never_run
from grantlint.reader.formats.puppet.language.resources import CLASSES, KINDS, OTHERS, Resource, each_of, members_of
from grantlint.reader.formats.puppet.language.values import Items, Members, String, Unknown, Value
from grantlint.reader.leaf.secrets import hide_likely

_SCOPES = frozenset({"class", "define", "node", "plan", "function"})
_CREATE = frozenset({"create_resources", "ensure_resource", "ensure_resources"})


class Manifest:
    """One manifest. `resources` yields in the order of the text; `skipped` are resources that cannot be read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.skipped: list[Span] = []
        self.tokens, self.closing, self.broken = tokens_of(source.text)
        self.never = dict(never_run(source.text, self.tokens, self.closing))
        self._text = source.text
        self._read = Expressions(source, self.tokens, self.closing)
        self._hidden_to = 0
        self._defaults: dict[str, dict[str, Value]] = {}

    def resources(self) -> Iterator[Resource]:
        """Yield the resources of KINDS and OTHERS. And CLASSES where they are declared as such."""
        self._defaults = dict(self._file_defaults())
        self._makes_by_name = any(word in self._text for word in (*_CREATE, "Resource["))
        scopes: list[tuple[int, str, str, int]] = []  # its last token, what tells its variables, its node, its begin
        opening: dict[int, tuple[str, str, int]] = {}  # a `{` yet to come that opens such a scope
        node = ""
        index = 0
        while index < len(self.tokens):
            while scopes and index > scopes[-1][0]:
                scopes.pop()
            if index in opening and index in self.closing:
                scopes.append((self.closing[index], *opening[index]))
            self._read.scope, node = (scopes[-1][1], scopes[-1][2]) if scopes else ("file", "")
            self._read.bounds = self._bounds(scopes[-1][3], scopes[-1][0]) if scopes else self._top
            token = self.tokens[index]
            following = self._read.kind(index + 1)
            if token.kind == WORD:
                word = self._read.word(index)
                if following == "{" and (word in KINDS or word == "class" or self._is_of_others(index, word)):
                    yield from self._bodies(index, word, node)
                elif following == "(" and word in _CREATE:
                    yield from self._created(index, word, node)
                elif word in _SCOPES and following != "{":
                    brace = self._brace(index + 1)
                    if brace is not None:
                        opening[brace] = (
                            f"{word}{token.start}",
                            f"node{token.start}" if word == "node" else node,
                            index,
                        )
                elif following == "[" and word in KINDS and token.start < token.end and self._is_type(token):
                    self._override(index)
            self._named(index)
            index = self.never.get(index, index) + 1

    def _is_of_others(self, index: int, word: str) -> bool:
        """Whether a word is the type of a resource of OTHERS. It may name a class or define there."""
        return word in OTHERS and (index == 0 or self._read.word(index - 1) not in {*_SCOPES, "inherits"})

    def _bounds(self, first: int, last: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[last].end

    @cached_property
    def _top(self) -> tuple[int, int]:
        """Where variables of the file itself are assigned: nowhere surely, where it has classes or defines."""
        has_scopes = any(token.kind == WORD and self._text[token.start : token.end] in _SCOPES for token in self.tokens)
        return (0, 0) if has_scopes else (0, len(self._text))

    def _named(self, index: int) -> None:
        """Pass over a type that a string names, as in Resource['mysql_user'], unless create_resources is given it."""
        if self._read.kind(index) not in {SINGLE, DOUBLE}:
            return
        given = index > 1 and self._read.kind(index - 1) == "(" and self._read.word(index - 2) in _CREATE
        word = self._read.word(index).strip("'\"")
        if (not given and word in KINDS) or (self._makes_by_name and _may_be_kind(word)):
            self._skip(index, index)

    def _is_type(self, token: Token) -> bool:
        return self._text[token.start : token.end].removeprefix("::")[:1].isupper()

    def _brace(self, index: int) -> int | None:
        """Return the `{` that opens the body of a class, define or node, over its parameters."""
        while index < len(self.tokens):
            kind = self._read.kind(index)
            if kind == "{":
                return index
            if kind == "(":
                index = self.closing.get(index, len(self.tokens))
            elif (kind not in TEXTS and kind not in {",", REGEX}) or self._read.word(index) in _SCOPES:
                return None
            index += 1
        return None

    def _file_defaults(self) -> Iterator[tuple[str, dict[str, Value]]]:
        """Yield what `Mysql_user { ... }` says for all resources of a kind."""
        for index, token in enumerate(self.tokens):
            if token.kind == WORD and self._read.kind(index + 1) == "{" and self._is_type(token):
                kind = self._read.word(index)
                if kind in KINDS:
                    attributes, _, _ = self._read.attributes(index + 2)
                    yield kind, attributes

    def _override(self, index: int) -> None:
        """Pass over `Mysql_user['a@b'] { ... }`: a resource that stands elsewhere."""
        closed = self.closing.get(index + 1)
        if closed is not None and self._read.kind(closed + 1) == "{":
            self._skip(index, closed)

    def _skip(self, first: int, last: int) -> None:
        """Note what is not read, and hide what looks like a secret up to the brace that closes it."""
        self.skipped.append(self._read.span(first, last))
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
            title, at = self._read.value(at)
            if title is None or self._read.kind(at) != ":":
                if kind != "class" and (end is None or at < end or first):
                    self._skip(index, index)
                break
            attributes, rest, at = self._read.attributes(at + 1)
            first = False
            if (
                isinstance(title, String)
                and title.value == "default"
                and title.span.end - title.span.start == len("default")
            ):
                defaults |= attributes
            else:
                bodies.append((title, attributes, rest))
            if self._read.kind(at) != ";":
                break
            at += 1
        for title, attributes, rest in bodies:
            for each in self._titles(title):
                name = each.value.removeprefix("::") if isinstance(each, String) else ""
                if kind != "class" or name in CLASSES:
                    span = Span(self.source, self.tokens[index].start, each.span.end)
                    yield Resource(kind if kind != "class" else name, each, defaults | attributes, rest, span, node)

    def _titles(self, title: Value) -> list[String | Unknown]:
        if isinstance(title, Items):
            return [one for each in title.values for one in self._titles(each)]
        return [Unknown("a title that is no text", title.span)] if isinstance(title, Members) else [title]

    def _created(self, index: int, word: str, node: str) -> Iterator[Resource]:
        """Yield what create_resources or ensure_resource makes of a hash, or one resource that nobody knows."""
        end = self.closing.get(index + 1)
        if end is None:
            return
        kind, at = self._read.value(index + 2)
        name = kind.value.removeprefix("::").lower() if isinstance(kind, String) else ""
        if name not in KINDS:
            return
        arguments: list[Value] = []
        while self._read.kind(at) == "," and at + 1 < end:
            value, at = self._read.value(at + 1)
            if value is None:
                break
            arguments.append(value)
        span = self._read.span(index, index + 2)
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


def _may_be_kind(word: str) -> bool:
    """Whether a string with a variable in it may name one of KINDS: `mysql_${kind}`."""
    known, variable, _ = word.partition("$")
    return bool(variable) and known.startswith("mysql") and any(kind.startswith(known) for kind in KINDS)
