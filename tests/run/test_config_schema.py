"""The schema of a configuration against its reader: both take and refuse the same shapes, key by key."""

import copy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from grantlint.lint.templates.catalogue import TEMPLATES, rules_of
from grantlint.platform.errors import ConfigError
from grantlint.run.configuration.keys import IN_FILES
from grantlint.run.configuration.shown.schema import schema
from grantlint.run.configuration.taking import taken_of
from grantlint.run.configuration.toml.file import ConfigFile

GUIDE = (Path(__file__).parents[2] / "docs/using.md").read_text(encoding="utf-8")
WHOLE = tomllib.loads(GUIDE.split("```toml\n")[1].split("```")[0])
COMMON = {"name": "mine", "message": "m", "why": "w", "help": "h", "severity": "info", "bad": ["b"], "good": "g"}
RULES: list[dict[str, object]] = [
    {"template": "privileges-only-for", "privileges": ["FILE"], "users": "dba", "level": "global"},
    {"template": "hosts-within", "hosts": ["10.0.0.0/8"], "users": ["a"]},
    {"template": "names-match", "pattern": "a+", "users": ["a"]},
    {"template": "login-required", "require": "SSL", "plugins": ["pam"], "users": ["a"]},
    {"template": "comment-matches", "pattern": "a+", "users": ["a"]},
    {"template": "accounts-per-user", "most": 2, "users": ["a"]},
    {"template": "not-in-files", "files": "prod/*", "users": ["a"]},
]
WHOLE["rule"] = [COMMON | rule for rule in RULES]
OTHERS: tuple[object, ...] = (
    1,
    0,
    -1,
    10**9,
    True,
    1.5,
    "zzz",
    "",
    [],
    [1],
    ["zzz"],
    [["zzz"]],
    {},
    {"zzz": "zzz"},
    [{}],
)
VALIDATOR = Draft202012Validator(schema())


def reader_takes(data: dict[str, Any]) -> bool:
    try:
        rules_of(taken_of(ConfigFile("grantlint.toml", "", data)).get("rule", ()), "grantlint.toml")  # type: ignore[arg-type]  # it is to raise
    except ConfigError:
        return False
    return True


def paths(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to everything in a value."""
    if at:
        yield at
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = [*value.items()]
    elif isinstance(value, list):
        parts = [*enumerate(value)]
    for key, part in parts:
        yield from paths(part, (*at, key))


def part_at(at: tuple[str | int, ...]) -> tuple[dict[str, Any], Any, str | int]:
    """Return the setting, of rules the one, in which something stands; what holds it there, and as what."""
    first, *rest = at
    setting = WHOLE[first]
    if first == "rule" and rest:
        setting, rest = [setting[rest[0]]], [0, *rest[1:]]
    made = {str(first): copy.deepcopy(setting)}
    holder: Any = made
    *before, last = (first, *rest)
    for key in before:
        holder = holder[key]
    return made, holder, last


def changed(at: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """Return a setting with another value somewhere."""
    made, holder, key = part_at(at)
    holder[key] = value
    return made


def test_the_example_holds_every_setting_and_template_and_both_take_it() -> None:
    assert {*WHOLE} == {setting.key for setting in IN_FILES}
    assert {rule["template"] for rule in WHOLE["rule"]} == {*TEMPLATES}
    assert reader_takes(WHOLE)
    VALIDATOR.validate(WHOLE)
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("at", [*paths(WHOLE)], ids=lambda at: ".".join(map(str, at)))
def test_both_take_and_refuse_the_same(at: tuple[str | int, ...]) -> None:
    for value in OTHERS:
        data = changed(at, value)
        assert VALIDATOR.is_valid(data) is reader_takes(data), (at, value)


@pytest.mark.parametrize("at", [*paths(WHOLE)], ids=lambda at: ".".join(map(str, at)))
def test_both_miss_and_refuse_the_same_keys(at: tuple[str | int, ...]) -> None:
    data, holder, key = part_at(at)
    del holder[key]
    assert VALIDATOR.is_valid(data) is reader_takes(data), "without it"
    if isinstance(holder, dict) and at[0] not in {"severity", "threshold"}:  # whose keys are names of rules
        holder["no-such-key"] = 1
        assert not VALIDATOR.is_valid(data)
        assert not reader_takes(data)


def test_most_of_the_changes_are_refused() -> None:
    """Else both could take everything."""
    refused = [at for at in paths(WHOLE) if not reader_takes(changed(at, {"zzz": 1.5}))]
    assert len(refused) == len([*paths(WHOLE)])
