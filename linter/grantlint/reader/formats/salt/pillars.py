"""What the pillar of a project has under a key that a state asks for: texts in files of the folder `pillar`.

Source: Salt's documentation, Pillar: `pillar['a']['b']` and `pillar.get('a:b')` ask for one value. Which files a minion
gets is told by the top file: only what one file alone says is known.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from grantlint.model.location import Located, Source
from grantlint.reader.leaf.project_data import files_above, mappings_of, told_by_one
from grantlint.reader.tree.surroundings import Found
from grantlint.reader.yaml.mapping import pairs_of
from grantlint.reader.yaml.nodes import MappingNode, ScalarNode, span_of

_FOLDERS = ("pillar", "pillars", "srv/pillar")
_ENDINGS = (".sls",)
_GET = r"(?:salt\[['\"]pillar\.get['\"]\]|(?:salt\.)?pillar\.get)\(\s*['\"](?P<get>[\w:.-]+)['\"]\s*(?:,[^{}]*)?\)"
_ASKED = re.compile(rf"\{{\{{-?\s*(?:{_GET}|pillar(?P<parts>(?:\[['\"][\w.-]+['\"]\])+))\s*-?\}}\}}")
_PART = re.compile(r"['\"]([\w.-]+)['\"]")
_LEVELS = 8


def looked_up(source: Source, written: str) -> Located[str] | None:
    """Return the text that an expression of Jinja asks the pillar for.

    None where it is no such expression, and where no file has it, or several have.
    """
    asked = _ASKED.fullmatch(written.strip("'\""))
    if asked is None:
        return None
    key = asked["get"] or ":".join(_PART.findall(asked["parts"]))
    return told_by_one(files_above(source, _FOLDERS, _ENDINGS), _told, key)


@lru_cache(maxsize=128)
def _told(found: Found) -> Mapping[str, Located[str]]:
    """Return the texts of a pillar file by their keys, joined by colons."""
    told: dict[str, Located[str]] = {}
    for source, root in mappings_of(found):
        if "{{" in source.text or "{%" in source.text:
            break  # what stands there is told by a run
        _add(root, "", source, told)
    return told


def _add(node: MappingNode, before: str, source: Source, told: dict[str, Located[str]]) -> None:
    for key, value in pairs_of(node):
        name = f"{before}{key.value}"
        if isinstance(value, ScalarNode):
            told[name] = Located(value.value, *span_of(source, value))
        elif isinstance(value, MappingNode) and name.count(":") < _LEVELS:
            _add(value, f"{name}:", source, told)
