"""Whatever a file says, each thing that other commands count is a line of `convert --to json`, and fits the schema."""

import json
from collections import Counter
from functools import cache
from importlib.resources import files
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from draws import examples
from grantlint.access.accounts.stored import stored_host, stored_user
from grantlint.cli.commands.convert import as_json
from grantlint.model import Declarations
from grantlint.reader.files.discovery import Search
from grantlint.reader.files.formats import FORMATS, Format
from grantlint.report.files.text import taken
from grantlint.run.loading import Loaded
from grantlint.run.settings import Settings
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels

from .invariants import read
from .mutation import mutated
from .seeds import texts_of, words

COUNTED = {"account": "accounts", "grant": "grants", "role": "roles", "fault": "faults"}
Line = dict[str, object]


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(
        files("grantlint.report.declared").joinpath("declarations.schema.json").read_text(encoding="utf-8")
    )
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def lines_of(parts: tuple[Declarations, ...]) -> list[Line]:
    """Return the lines of what was read, each held against the schema."""
    faults = [fault for part in parts for fault in part.faults]
    printed = as_json(Loaded([*parts], [], faults, Search([]), Settings()), Settings())
    if printed is None:
        return []
    lines = [json.loads(line) for line in printed.splitlines()]
    for line in lines:
        validator().validate(line)
    return lines


def rows_without_a_line(parts: tuple[Declarations, ...], lines: list[Line]) -> set[tuple[str, str]]:
    """Return the rows of the account tables, as `grantlint table` has them, that no line names."""
    found = [line["values"] for line in lines if line["kind"] in {"account", "role"}]
    found += [line["values"]["to"] for line in lines if line["kind"] == "grant"]  # some servers make its account
    missing: set[tuple[str, str]] = set()
    for server in (server for panel in panels(group(parts), [])[0] for server in panel.servers):
        target = server.installation.target
        named = {(stored_user(known(one["user"]), target), stored_host(known(one["host"]), target)) for one in found}
        missing |= {(row.user, row.host) for row in server.table.rows} - named
    return missing


def known(value: object) -> str:
    """Return a name; a role without a host has any."""
    return value if isinstance(value, str) else "%"


@pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])
@examples(30)
@given(number=st.integers(0, 1 << 32), changed=st.booleans())
def test_what_is_counted_is_a_line(form: Format, number: int, changed: bool) -> None:  # noqa: FBT001 - drawn
    dice = Random(number)  # noqa: S311 - dice
    text = mutated(dice, texts_of(form), words()) if changed else dice.choice(texts_of(form))
    _, parts = read(form, text)
    lines = lines_of(parts)
    kinds = Counter(line["kind"] for line in lines)
    counts = taken("x", form.name, parts)
    if lines:
        assert {kind: kinds[kind] for kind in COUNTED if kind != "fault"} == {
            kind: getattr(counts, many) for kind, many in COUNTED.items() if kind != "fault"
        }
        assert kinds["fault"] >= counts.faults  # servers that nobody knows are told where they are judged
        assert kinds["step"] == sum(len(part.steps) for part in parts)
        assert kinds["not-checked"] >= sum(len(part.not_checked) for part in parts)
        assert sum(not line["values"]["implied"] for line in lines if line["kind"] == "setting") == counts.settings
        assert not rows_without_a_line(parts, lines)
    else:
        assert (counts.accounts, counts.grants, counts.roles, counts.faults) == (0, 0, 0, 0)
