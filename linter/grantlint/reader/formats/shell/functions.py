"""Functions that a script calls with words that can be read: what each call gives to their parameters.

Source: POSIX.1-2024, Shell Command Language, 2.5.1 Positional Parameters, 2.9.5 Function Definition Command; `local` is
that of the shells that people use. Nothing is run: a call counts wherever it stands, as other commands do.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from grantlint.model.location import Located, Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.leaf.variables import Binding, letter_of, names_in, whole

FUNCTION = Pattern(
    r"^(?:function[ \t]+)?(?P<name>[\w-]+)[ \t]*(?:\(\))?\s*\{(?:[^\n]*\}[ \t\r]*$|[^\n]*(?:\n(?!\})[^\n]*)*+)",
    re.MULTILINE,
)
LITERAL = r"""(?:'[^'\n]*+'|"[^"$`\\\n]*+"|[^\s'"$`\\;&|<>(){}*?#\[\]~]++)"""
_PARAMETER = Pattern(
    r"(?<![\w$-])(?P<name>[A-Za-z_]\w*)=(?P<quote>\"?)\$(?:(?P<bare>[1-9])|\{(?P<braced>[1-9])"
    rf"(?::?-(?P<default>{LITERAL})?|:?\?[^}}\n]*)?\}})(?P=quote)(?=[\s;]|$)",
    re.MULTILINE,
)
_WORD = Pattern(
    rf"[ \t]+(?:(?P<literal>{LITERAL})(?=[\s;|&)<>]|$)"
    r"|(?P<other>(?:'[^'\n]*'|\"(?:[^\"\\\n]|\\.)*\"|[^\s'\";|&<>()])+))"
)
_SEVERAL = Pattern(r"\$[@*(]|`|\[[@*]\]|[*?]")  # one word that may become none, or more than one
_CALL = Pattern(
    r"(?:^|[;&|{(])[ \t]*(?:(?:if|then|do|else|elif|while|until|time|!)[ \t]+)*+(?P<name>[A-Za-z_][\w-]*)(?=[ \t])",
    re.MULTILINE,
)
_POSITION = Pattern(r"\$\{?[1-9]")
_PLACES = 9
_LETTERS = tuple(map(letter_of, "123456789"))
_MOST = 64
"""Calls of a function that are taken one by one; of more nothing is known."""


ValuesAt = Callable[[int, str], Sequence[Binding]]


class Function(NamedTuple):
    """A function with parameters. `calls`: what each call says of them, by name and by the letter of their place."""

    start: int
    end: int
    calls: Sequence[Binding]

    def bindings(self, text: str) -> list[Binding]:
        """Return what calls say of the parameters that a text names. None where it names none."""
        named = names_in(text) - {letter for letter in _LETTERS if _is_named(letter, text)}
        found: list[Binding] = [{name: one for name, one in call.items() if name in named} for call in self.calls]
        return found if any(found) else []


def functions_in(source: Source, values_at: ValuesAt) -> Iterator[Function]:
    """Yield the functions of a script that are called with words. `values_at`: the variables known at an offset.

    The words are hidden: one of them may be a password.
    """
    if not _takes_words(source.text):
        return
    defined = {found["name"]: found for found in FUNCTION.finditer(source.text) if _takes_words(found[0])}
    called: dict[str, list[re.Match[str]]] = {}
    for call in _CALL.finditer(source.text) if defined else ():
        of = defined.get(call["name"])
        if of is not None and not of.start() <= call.start() < of.end():
            called.setdefault(call["name"], []).append(call)
    for name, calls in called.items():
        function = defined[name]
        body = function[0]
        parameters = {one["name"]: one for one in _PARAMETER.finditer(body) if _is_set_once(one["name"], body)}
        words = [each for call in calls[: _MOST + 1] for each in _words(call.end(), source, values_at)]
        if len(words) <= _MOST:
            bindings = [_binding(each, parameters, function.start(), source) for each in words]
            yield Function(function.start(), function.end(), bindings)


def _is_named(letter: str, text: str) -> bool:
    """Return whether a variable has the name that else stands for the place of a word."""
    return f"${letter}" in text or f"${{{letter}}}" in text


def _takes_words(body: str) -> bool:
    return "$" in body and _POSITION.search(body) is not None


def _is_set_once(name: str, body: str) -> bool:
    return len(re.findall(rf"(?<![\w$]){name}\+?=|\b(?:read|for)\b[^\n;]*\b{name}\b", body)) == 1


def _words(start: int, source: Source, values_at: ValuesAt) -> Iterator[list[Located[str] | None]]:
    """Yield the words of a call, None for those that cannot be read, once for each turn of a loop around it."""
    words: list[re.Match[str]] = []
    at = start
    while (word := _WORD.match(source.text, at)) is not None and not _SEVERAL.search(word["other"] or ""):
        words.append(word)
        source.hide(at, word.end())
        at = word.end()
    more = [None] * _PLACES if _WORD.match(source.text, at) is not None else []
    for known in values_at(start, source.text[start:at]):
        yield [*(_value(word, source, known) for word in words), *more]


def _value(word: re.Match[str], source: Source, known: Binding) -> Located[str] | None:
    if word["literal"]:
        return literal_at(source, *word.span("literal"))
    return whole(word["other"], known)


def _binding(
    words: Sequence[Located[str] | None], parameters: dict[str, re.Match[str]], start: int, source: Source
) -> Binding:
    bound: dict[str, Located[str]] = {}
    for number, word in enumerate(words[:_PLACES], 1):
        if word is not None:
            bound[letter_of(str(number))] = word
    for name, parameter in parameters.items():
        number = int(parameter["bare"] or parameter["braced"])
        given = words[number - 1] if number <= len(words) else None
        if given is not None:
            bound[name] = given
        elif number > len(words) and parameter["default"]:
            first, last = parameter.span("default")
            bound[name] = literal_at(source, start + first, start + last)
    return bound


def literal_at(source: Source, start: int, end: int) -> Located[str]:
    """Return a literal word at its place. Its quotes are taken off."""
    text = source.text[start:end]
    if text[:1] in {"'", '"'}:
        return Located(text[1:-1], source, start + 1, end - 1)
    return Located(text, source, start, end)


def bound(bindings: Iterable[Binding], functions: Iterable[Function], place: Span) -> list[Binding]:
    """Return bindings with what calls of the functions around a place add. One for each call."""
    found: list[Binding] = [*bindings]
    text = place.text
    for function in functions:
        calls = function.bindings(text) if function.start <= place.start < function.end else []
        if calls and len(found) * len(calls) <= _MOST and place.source.may_repeat(len(found) * len(calls)):
            found = [{**one, **call} for one in found for call in calls]
    return found
