"""Accounts that a script makes without SQL of its own, and nobody reads: those of a container that it starts."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from grantlint.model import NotChecked
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.reader.files.other.commands import (
    CHART,
    CONTAINER_VARIABLE,
    ENV_FILE,
    INIT_FILE,
    SERVER_IMAGE,
)
from grantlint.reader.files.other.decoding import decoded_for_a_client
from grantlint.reader.leaf.server_option import RUN_AT_START

_STARTS = Pattern(r"\b(?:docker|podman|nerdctl)[ \t]+(?:container[ \t]+)?(?:run|create)\b")
_HANDS_ON = Pattern(  # what a function is called with, and what is kept in a variable
    r"\b(?:docker|podman|nerdctl)[ \t]+(?:container[ \t]+)?(?:run|create)\b(?:[^\n]|\\\n)*\$(?:[@*]|\{?\w)"
)
_WORDS = ("docker", "podman", "nerdctl", "helm")
"""Without any of them in it a script starts no container and installs no chart."""
_WHY = "a container that the script starts makes them of its variables"
_BY_FILE = "a container that the script starts makes them of a file of variables"
_BY_CHART = "a chart that the script installs makes them of its values"


def unseen(source: Source, seen: Sequence[int] = ()) -> Iterator[NotChecked]:
    """Yield a script's commands about accounts that no reader follows. Each command once; comments do nothing.

    `seen`: where commands stand whose containers are read, in order.
    """
    if not (any(word in source.text for word in _WORDS) or INIT_FILE.in_a_line_of(source.text)):
        return
    hands_on = "$" in source.text and _STARTS.search(source.text) and _HANDS_ON.search(source.text) is not None
    at = 0
    while at < len(source.text):
        end = _end_of_command(source.text, at)
        command = source.text[at:end]
        if not command.lstrip().startswith("#"):
            start = at + len(command) - len(command.lstrip())
            place = Span(source, start, start + len(command.strip().partition("\n")[0]))
            if bisect_left(seen, at) < bisect_left(seen, end):
                pass
            elif CONTAINER_VARIABLE.in_a_line_of(command) and (hands_on or _STARTS.search(command)):
                yield NotChecked("accounts", _WHY, place)
            elif _STARTS.search(command) and ENV_FILE.in_a_line_of(command) and SERVER_IMAGE.search(command):
                yield NotChecked("accounts", _BY_FILE, place)
            elif "helm" in command and CHART.search(command):
                yield NotChecked("accounts", _BY_CHART, place)
            elif INIT_FILE.in_a_line_of(command):
                yield NotChecked(*RUN_AT_START, place)
        at = end


def decoded(source: Source) -> Iterator[NotChecked]:
    """Yield each command that decodes text for a server's client."""
    for start, end in decoded_for_a_client(source.text):
        yield NotChecked("statements", "a command decodes what the client gets", Span(source, start, end))


def _end_of_command(text: str, start: int) -> int:
    """Return where a line ends that a backslash at its end may continue."""
    end = text.find("\n", start) + 1
    while end and text.endswith(("\\\n", "\\\r\n"), 0, end):
        end = text.find("\n", end) + 1
    return end or len(text)
