"""What Hiera tells of a parameter of a class, or of a key that a manifest looks up: texts in the data of a project.

Source: Puppet's manual, Automatic lookup of class parameters: a parameter is looked up by `class::parameter`, and its
default counts where no data has that key. Which of several files counts is told by a node: only what one alone says
is known.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.reader.formats.puppet.language.values import String, Unknown
from grantlint.reader.leaf.project_data import files_above, mappings_of, told_by_one
from grantlint.reader.tree.surroundings import Found
from grantlint.reader.yaml.mapping import pairs_of
from grantlint.reader.yaml.nodes import ScalarNode, span_of

_FOLDERS = ("data", "hieradata", "hiera", "hiera/data", "hiera/hieradata")
_ENDINGS = (".yaml", ".yml", ".eyaml")
CALL = re.compile(r"(?:lookup|hiera)\(\s*(['\"])(?:::)?(?P<key>[\w:]+)\1")
_CLASS = re.compile(r"class\s+(?:::)?(?P<name>[\w:]+)")
_VARIABLE = re.compile(r"\$\{?(?P<name>[a-z_]\w*)\}?(?!\w|::)")


def key_of(value: Unknown) -> str:
    """Return the key that a value is looked up by, or ''."""
    call = CALL.search(value.span.text)
    if call is not None:
        return call["key"]
    scope, _, _ = value.same.partition("\0")
    named = _VARIABLE.search(value.span.text)
    if named is None or not scope.startswith("class"):
        return ""
    of = _CLASS.match(value.span.source.text, int(scope.removeprefix("class")))
    return f"{of['name']}::{named['name']}" if of is not None else ""


def looked_up(source: Source, key: str) -> String | None:
    """Return the text of a key in the data around a manifest.

    None where there is none, or several.
    """
    return told_by_one(files_above(source, _FOLDERS, _ENDINGS), _told, key) if key else None


@lru_cache(maxsize=128)
def _told(found: Found) -> Mapping[str, String]:
    """Return the texts of a data file by their keys."""
    told: dict[str, String] = {}
    for source, root in mappings_of(found):
        for key, value in pairs_of(root):
            if isinstance(value, ScalarNode) and "::" in key.value:
                span = span_of(source, value)
                told[key.value.removeprefix("::")] = String(value.value, span, range(span.start, span.end + 1))
    return told
