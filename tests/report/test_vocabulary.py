"""The words that are shown everywhere, held to what the readers know."""

import json
from collections.abc import Iterator

from grantlint.reader.formats.ansible.modules.known_arguments import _KNOWN
from grantlint.reader.schema import schema_text
from grantlint.report.secrecy.vocabulary import PLUGINS, WORDS


def keys(value: object) -> Iterator[str]:
    """Yield the names of all properties in a schema."""
    if isinstance(value, dict):
        properties = value.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        for inner in value.values():
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_every_key_of_a_policy_is_shown() -> None:
    assert {key for key in keys(json.loads(schema_text())) if not key.startswith("$")} <= WORDS


def test_the_arguments_of_ansibles_modules_are_shown() -> None:
    assert {name for names in _KNOWN.values() for name in names} <= WORDS


def test_words_are_in_lower_case_and_plugins_among_them() -> None:
    assert all(word == word.lower() for word in WORDS)
    assert PLUGINS
    assert PLUGINS <= WORDS
