"""The JSON Schema of the policy format: its text, and what it says of an item that does not fit.

The only import of jsonschema, and only when something does not fit (55 ms).
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol, cast

Data = str | int | float | bool | None | list["Data"] | dict[str, "Data"]


class _Error(Protocol):
    absolute_path: Sequence[str | int]
    validator: str
    validator_value: Data
    schema: dict[str, Data]


class _Validator(Protocol):
    def iter_errors(self, instance: Data) -> Iterator[_Error]: ...


class Mismatch(NamedTuple):
    """A violation of the schema: path in the item, keyword, keyword's value."""

    path: tuple[str | int, ...]
    keyword: str
    asked: Data
    schema: dict[str, Data]


def schema_text() -> str:
    """Return the text of the policy's schema."""
    return files(__name__).joinpath("policy.schema.json").read_text(encoding="utf-8")


@cache
def _policy() -> dict[str, Data]:
    return cast("dict[str, Data]", json.loads(schema_text()))


def mismatches(data: Data, definition: str | None = None) -> Iterator[Mismatch]:
    """Yield the violations of the policy's schema. `definition`: one of its parts such as `user`."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - costs 55 ms, and few runs need it

    policy = _policy()
    schema: dict[str, Data] = {"$defs": policy["$defs"], "$ref": f"#/$defs/{definition}"} if definition else policy
    validator = cast("_Validator", Draft202012Validator(schema))
    for error in validator.iter_errors(data):
        yield Mismatch(tuple(error.absolute_path), error.validator, error.validator_value, error.schema)
