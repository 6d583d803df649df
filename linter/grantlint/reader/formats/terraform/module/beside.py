"""What stands beside a file of Terraform in its folder: listed and opened within limits, parsed by who asks.

Override files are told by their names alone: what they write is merged into the blocks of the others
(developer.hashicorp.com/terraform/language/files/override).
"""

import os
import re
from collections.abc import Callable

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import TypeVar
from grantlint.reader.tree.surroundings import Found, UnreadError, read, surroundings_of

MAX_FILES = 200
MAX_BYTES = 1 << 19

T = TypeVar("T")

OVERRIDES = tuple(f"override{suffix}" for suffix in (".tf", ".tofu", ".tf.json", ".tofu.json"))
"""What the names of override files end with."""

_OVERRIDE = Pattern(r"(?:.*_)?override\.(?:tf|tofu)(?:\.json)?\Z")


def is_override(path: str) -> bool:
    """Whether a file is named as an override file: `override.tf`, `dev_override.tf.json`."""
    return _OVERRIDE.match(os.path.basename(path)) is not None


def listed(
    source: Source, suffixes: tuple[str, ...], parse: Callable[[Found], T]
) -> tuple[list[tuple[str, T]], dict[str, str]]:
    """Return the other files of a folder, and the unread ones. By name; an unread one with the reason."""
    around, own = surroundings_of(source), os.path.basename(source.path)
    files: list[tuple[str, T]] = []
    unread: dict[str, str] = {}
    try:
        place = around.place()
        names = () if place is None else around.names(around.folder, suffixes)
    except UnreadError as error:
        return [], {os.path.join(around.folder, ""): str(error)}
    for name in names:
        if name == own:
            continue
        if len(files) == MAX_FILES:
            unread[name] = f"is not read, as more than {MAX_FILES} files belong here"
            break
        try:
            found = around.find_at(place or "", name, MAX_BYTES)
            if found is not None:
                files.append((name, parse(found)))
        except UnreadError as error:
            unread[name] = str(error)
    return files, unread


def changed_by(source: Source, kind: str, name: str, suffixes: tuple[str, ...] = OVERRIDES) -> str:
    """Return the override file that names a resource, or ''. What it changes is not looked up.

    One that cannot be read may change any.
    """
    texts, unread = listed(source, suffixes, lambda found: read(found).text)
    near = [(each, text) for each, text in texts if is_override(each) and kind in text and name in text]
    if near:  # an expression for each resource, where there is something to look for
        named = re.compile(rf'"?{re.escape(kind)}"?[\s:{{"]+{re.escape(name)}\b|"{re.escape(name)}"')
        near = [one for one in near if named.search(one[1])]
    return near[0][0] if near else next(filter(is_override, unread), "")
