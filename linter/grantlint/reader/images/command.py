"""What a container runs: the server, with which options, or something else in the same image."""

import re
from collections.abc import Iterable, Sequence

from grantlint.model import NotChecked
from grantlint.model.location import Located, Text, Unresolved
from grantlint.reader.leaf.server_option import RUN_AT_START, names_script, option

_ENTRY_POINT = re.compile(r"(?:entrypoint|ps-entry|run)\.sh\b")
_SERVER = re.compile(rf"(?:^|[\s/;&\"'])(?:mysqld(?:_safe)?|mariadbd(?:-safe)?|(?:docker-)?{_ENTRY_POINT.pattern})\b")


def runs_entry_point(entry_point: str, command: str) -> bool:
    """Return whether a container seems to start by its image's entry point. The entry point makes accounts.

    Both are '' where the image's own is kept. A server that is started without it has the accounts of its data folder.
    """
    if entry_point and not _ENTRY_POINT.search(entry_point):
        return False
    return not command or command.startswith(("-", "$", "{")) or _SERVER.search(command) is not None


OWN_START = "it starts by a file of its own"


def is_mounted(start: str, targets: Iterable[str]) -> bool:
    """Return whether a container starts by a mounted file. Nobody knows what that makes."""
    return not {*start.split()}.isdisjoint(targets)


def settings_of(words: Sequence[Text]) -> dict[str, Text]:
    """Return the server settings in a command's options. The last of two counts."""
    settings: dict[str, Text] = {}
    for index, word in enumerate(words):
        if not isinstance(word, Located) or not word.value.startswith("--"):
            continue
        name, sign, value = word.value[2:].partition("=")
        found = option(name, value if sign else None)
        if found is None:
            continue
        following = words[index + 1] if index + 1 < len(words) else None
        if not sign and found.name == "bind_address" and following is not None:
            settings[found.name] = following  # the one setting here whose value may be a word of its own
        else:
            settings[found.name] = Located(found.value, *word.span)
    for word in words:
        if isinstance(word, Unresolved):
            text = word.source.text[word.start : word.end]
            found = option(text.strip("\"' -").partition("=")[0], "")
            if found is not None and found.name not in settings:
                settings[found.name] = word
    return settings


def scripts_of(words: Sequence[Text]) -> list[NotChecked]:
    """Return the options of a command that name a file of statements."""
    written = [(word, word.source.text[word.start : word.end].strip("\"' ")) for word in words]
    return [
        NotChecked(*RUN_AT_START, word.span)
        for word, said in written
        if said.startswith("--") and names_script(said.partition("=")[0])
    ]
