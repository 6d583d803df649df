"""The JSON Schema of a configuration, made of the table of settings that its reader goes by."""

from collections.abc import Iterable, Mapping

from grantlint.lint.templates.catalogue import COMMON, NAME, TEMPLATES
from grantlint.lint.templates.template import NUMBER, TEXTS, Parameter
from grantlint.run.configuration.keys import IN_FILES
from grantlint.run.configuration.kinds import VERSION, Choice, Counts, Key, Kind, Levels, Plain, Tables, WordsOrTables
from grantlint.run.configuration.taking import MOST

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, object]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": ["string", "array"], "items": _TEXT}
_SIMPLE: dict[Plain, Schema] = {
    Plain.NUMBER: {"type": "integer", "minimum": 0, "exclusiveMaximum": MOST},
    Plain.FLAG: {"type": "boolean"},
}


def schema() -> Schema:
    """Return the schema of the table that grantlint.toml is."""
    properties = {one.key: {"description": one.says, **_of(one.kind, required=False)} for one in IN_FILES}
    return {"$schema": DIALECT, "title": "grantlint.toml", **_closed(properties)}


def _closed(properties: Mapping[str, object], required: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


def _of(kind: Kind, *, required: bool) -> Schema:
    match kind:
        case Plain():
            return _plain(kind, required=required)
        case Choice(words):
            return {"enum": [*words]}
        case Levels(words):
            return {"type": "object", "additionalProperties": {"enum": [*words]}}
        case Counts(number):
            return {"type": "object", "additionalProperties": _SIMPLE[number]}
        case WordsOrTables(keys):
            return {"oneOf": [_TEXTS, {"type": "array", "items": _table(keys), "minItems": 1}]}
        case Tables(keys):
            return {"type": "array", "items": _table(keys)}


def _plain(kind: Plain, *, required: bool) -> Schema:
    least: Schema = {"minLength": 1, "minItems": 1} if required else {}
    match kind:
        case Plain.TEXT:
            return {**_TEXT, **least}
        case Plain.VERSION:
            return {**_TEXT, "pattern": f"^({VERSION})?$"}
        case Plain.WORDS:
            return {**_TEXTS, **least}
        case Plain.NUMBER | Plain.FLAG:
            return _SIMPLE[kind]
        case Plain.SCALARS:
            return {"type": "object", "additionalProperties": {"type": ["string", "integer", "boolean"]}}
        case Plain.RULES:
            return {"type": "array", "items": {"oneOf": [_rule(name) for name in TEMPLATES]}}


def _table(keys: Iterable[Key]) -> Schema:
    properties = {key.key: {"description": key.says, **_of(key.kind, required=key.required)} for key in keys}
    return _closed(properties, (key.key for key in keys if key.required))


def _rule(template: str) -> Schema:
    takes = (*COMMON, *TEMPLATES[template].takes)
    properties: dict[str, object] = {one.key: _parameter(one) for one in takes}
    properties["template"] = {"const": template, "description": TEMPLATES[template].summary}
    properties["name"] = {**_TEXT, "pattern": f"^{NAME}$"}
    return _closed(properties, (one.key for one in takes if one.required))


def _parameter(parameter: Parameter) -> Schema:
    if parameter.words:
        return {"enum": [*parameter.words]}
    if parameter.takes == NUMBER:
        return {"type": "integer", "minimum": 1}
    return _TEXTS if parameter.takes == TEXTS else _TEXT
