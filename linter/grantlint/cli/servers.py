"""The servers that files declare, each as the products that it may be: for the commands that answer questions."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import NamedTuple

from grantlint.access import parse_target
from grantlint.cli.loading import Loaded, load
from grantlint.cli.options import paths_in, settings_of, words_of
from grantlint.cli.terminal import complain
from grantlint.errors import NothingToCheck
from grantlint.grouping import group
from grantlint.panel import Panel, panels


class Served(NamedTuple):
    """A declared server and the name that it goes by: its own, else its file's."""

    name: str
    panel: Panel


def servers_of(paths: Sequence[str], options: SimpleNamespace) -> list[Served]:
    """Return the servers that the paths declare, raising NothingToCheck where there are none."""
    settings = settings_of(options)
    paths = paths_in(paths, options)
    asked = [parse_target(name) for name in words_of(options.server)]
    otherwise = [parse_target(name) for name in settings.servers]
    loaded = load(paths, settings, stdin_filename=options.stdin_filename)
    found, faults = panels(group(loaded.declarations), asked, settings.administrators, otherwise)
    _warn(loaded, len(faults))
    if not any(panel.declared.accounts or panel.declared.roles for panel in found):
        raise NothingToCheck(f"nothing to answer from: no account declaration in {' '.join(paths)}")
    return [Served(panel.declared.name, panel) for panel in found]


def _warn(loaded: Loaded, unknown_servers: int) -> None:
    """Say on standard error that files could not be read as they should: what they hide is in no table."""
    for remark in loaded.search.remarks:
        complain(remark)
    number = len(loaded.faults) + unknown_servers
    if number:
        many = "fault" if number == 1 else "faults"
        complain(f"the files have {number:,} {many}, and what those hide is not in the answer: run grantlint on them")
