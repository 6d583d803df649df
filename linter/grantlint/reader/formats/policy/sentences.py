"""What does not fit the schema, in sentences.

The schema says where, which keyword, and (as title and description) what belongs there; this module says it to a
person, with the place of the value. No sentence repeats a value that could be a secret.
"""

import re
from collections.abc import Callable, Iterator

from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.reader.formats.policy.near_misses import suggestion
from grantlint.reader.formats.policy.scalars import plain_value
from grantlint.reader.leaf.secrets import is_name, likely_secrets
from grantlint.reader.schema import Data, Mismatch
from grantlint.reader.yaml.items import Item, Mapping, Scalar, Sequence, bounds
from grantlint.reader.yaml.nodes import value_span
from grantlint.reader.yaml.parser import end_of, start_of

_SHOWN_LENGTH = 60
_MOST_KEYS = 20  # that are told one by one; looking for the nearest known key takes 0.3 ms
_RIVALS = ("host", "hosts", "secret", "password", "hash")
_MISSING = {
    "host": "Write `host: '%'` for any host, or the host value after the @; grantlint supplies none.",
    "user": "Write `user: name`, or `user: ''` for the anonymous user.",
    "target": "Write `target: 'db.*'`.",
    "privileges": "Write `privileges: [SELECT, ...]` or `privileges: ALL`.",
    "addresses": "Write `addresses: [...]`, `dns_names: [...]` or both.",
}


class Misfit(NamedTuple):
    """A mismatch with its node, its key, and the words for it."""

    mismatch: Mismatch
    node: Item
    name: str
    what: str

    @property
    def subject(self) -> str:
        """The key of a value; an item of a list has none."""
        return self.what if self.what.startswith("`") else "this value"

    @property
    def title(self) -> str:
        """What belongs there, in a few words."""
        return str(self.mismatch.schema.get("title", "something else"))

    @property
    def description(self) -> str:
        """What belongs there, in a sentence."""
        return str(self.mismatch.schema.get("description", ""))

    @property
    def known(self) -> dict[str, Data]:
        """The keys that belong there."""
        return cast("dict[str, Data]", self.mismatch.schema.get("properties", {}))

    def meant(self, node: Mapping) -> set[str]:
        """Return the known keys that are misspelt there. They are not missing as well."""
        unknown = [name for name in node.fields if name not in self.known]
        return {suggestion(name, self.known).key for name in unknown[:_MOST_KEYS]}


class Saying(NamedTuple):
    """Message, help and place. `meant`: the key that is misspelt there, where one surely is."""

    message: str
    help: str
    place: Span
    meant: str = ""


def sentences(source: Source, misfit: Misfit) -> Iterator[Saying]:
    """Yield message, help and place for each misfit."""
    keyword, node = misfit.mismatch.keyword, misfit.node
    if isinstance(node, Mapping):
        say = _OF_MAPPINGS.get(keyword)
        if say:
            yield from say(source, misfit, node)
            return
    if keyword in {"type", "pattern"}:
        wrong = _wrong_collection if isinstance(node, Mapping | Sequence) else _wrong_scalar
        yield wrong(source, misfit)
    elif keyword == "minimum":
        least = f"{misfit.what} must be at least {misfit.mismatch.asked}"
        yield Saying(least, misfit.description, place(source, node))
    elif keyword in {"minLength", "minItems", "minProperties"}:
        yield Saying(f"{misfit.what} is empty", misfit.description, place(source, node))


def place(source: Source, node: Item) -> Span:
    """Return where a node stands. An empty one has the place before it."""
    span = value_span(source, *bounds(node))
    return span if span.start < span.end else Span(source, max(span.start - 1, 0), max(span.start, 1))


def first_line(source: Source, node: Item) -> Span:
    """Return the first key or line of an item. Where something is missing, the whole item would drown it."""
    if isinstance(node, Mapping) and node.keys:
        first = next(iter(node.keys.values()))
        if start_of(first) >= node.start:
            return Span(source, start_of(first), end_of(first))
    at = place(source, node)
    line_end = source.text.find("\n", at.start, at.end)
    return at if line_end < 0 else at._replace(end=line_end)


def _unknown_keys(source: Source, misfit: Misfit, node: Mapping) -> Iterator[Saying]:
    free = cast("dict[str, Data]", misfit.mismatch.schema.get("patternProperties", {}))
    unknown = [
        key
        for key in node.keys.values()
        if key.value not in misfit.known and not any(re.search(pattern, key.value) for pattern in free)
    ]
    for key in unknown[:_MOST_KEYS]:
        known, remedy, is_slip = suggestion(key.value, misfit.known)
        at = place(source, key)
        if is_name(key.value) and not _is_empty(node.fields[key.value]):
            source.show(at.start, at.end)
            meant = known if is_slip and known not in node.fields else ""
            yield Saying(f"unknown key `{key.value}` in {misfit.what}", remedy, at, meant)
        else:  # a slip of syntax makes keys of what may be a password
            yield Saying(f"unknown key in {misfit.what}", remedy, at)
    if len(unknown) > _MOST_KEYS:
        message = f"{len(unknown) - _MOST_KEYS} more unknown keys in {misfit.what}"
        yield Saying(message, f"Known here: {', '.join(misfit.known)}.", place(source, unknown[_MOST_KEYS]))


def _missing_keys(source: Source, misfit: Misfit, node: Mapping) -> Iterator[Saying]:
    meant = misfit.meant(node)
    for name in cast("list[str]", misfit.mismatch.asked):
        if name not in node.fields and name not in meant:
            yield Saying(
                f"{misfit.what} has no `{name}`",
                _MISSING.get(name, f"Write `{name}: ...`."),
                first_line(source, node),
            )


def _neither(source: Source, misfit: Misfit, node: Mapping) -> Iterator[Saying]:
    alternatives = [each["required"][0] for each in cast("list[dict[str, list[str]]]", misfit.mismatch.asked)]
    if not misfit.meant(node) & set(alternatives):
        yield Saying(f"{misfit.what} has no `{alternatives[0]}`", _MISSING[alternatives[0]], first_line(source, node))


def _side_by_side(source: Source, misfit: Misfit, node: Mapping) -> Iterator[Saying]:
    """Say that keys stand together of which only one may: host and hosts, or two credentials."""
    del misfit
    rivals = [name for name in _RIVALS if name in node.fields]
    first, second = sorted((node.keys[name] for name in rivals), key=start_of)[:2]
    remedy = f"Keep one of {', '.join(f'`{name}`' for name in rivals)}."
    yield Saying(f"`{second.value}` stands beside `{first.value}`", remedy, place(source, second))


def _bad_names(source: Source, misfit: Misfit, node: Mapping) -> Iterator[Saying]:
    for key in node.keys.values():
        if not re.search(str(misfit.mismatch.asked), key.value):
            yield Saying("this is no name of a setting", misfit.description, place(source, key))


_OF_MAPPINGS: dict[str, Callable[[Source, Misfit, Mapping], Iterator[Saying]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "anyOf": _neither,
    "not": _side_by_side,
    "pattern": _bad_names,
}


def _wrong_collection(source: Source, misfit: Misfit) -> Saying:
    """Say that a mapping or list stands where neither or the other belongs."""
    at = place(source, misfit.node)
    kind = "a mapping" if isinstance(misfit.node, Mapping) else "a list"
    remedy = "Write `hosts` for several." if misfit.name == "host" else misfit.description
    return Saying(f"{misfit.subject} must be {misfit.title}, not {kind}", remedy, at)


def _wrong_scalar(source: Source, misfit: Misfit) -> Saying:
    """Say that a scalar is not of the kind or form that belongs there."""
    node, remedy, at = misfit.node, misfit.description, place(source, misfit.node)
    text = str(getattr(node, "value", ""))
    value: Data = text if getattr(node, "style", "") or node.tag is not None else plain_value(text)
    if value is None:
        return Saying(f"{misfit.subject} has no value", remedy, at)
    if isinstance(value, str):
        form = _FORMS.get(misfit.name, "{what} must be {title}")
        return Saying(form.format(what=misfit.subject, title=misfit.title, text=_short(text)), remedy, at)
    kind = "true or false" if isinstance(value, bool) else "a number"
    if misfit.name in {"host", "hosts"}:
        return Saying(
            f"`{_short(text)}` without quotes is {kind} to other YAML readers, and is no whole address", remedy, at
        )
    if "string" in str(misfit.mismatch.asked) and misfit.name in _TEXTS:
        return Saying(f"{misfit.subject} without quotes is {kind} to other YAML readers", "Quote it.", at)
    return Saying(f"{misfit.subject} must be {misfit.title}, not {kind}", remedy, at)


_FORMS = {
    "target": "`{text}` names no database: nothing stands before a dot",
    "addresses": "`{text}` is no address and no network",
}
_TEXTS = frozenset({"password", "secret", "hash", "target", "privileges", "require", "addresses", "$schema"})


def _is_empty(node: Item) -> bool:
    return isinstance(node, Scalar) and not node.value


def _short(text: str) -> str:
    """Return a value as far as it can be shown."""
    first = min((start for start, _ in likely_secrets(text)), default=len(text))
    text = text if first == len(text) else f"{text[:first]}..."
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}..."
