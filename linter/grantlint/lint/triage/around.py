"""What a repository says that its files are for: by its README, and by a Vagrantfile that runs them."""

import os
import re
from collections.abc import Callable, Iterator

from grantlint.lint.triage.instructions import COMPOSE_FILES, runs_cluster_locally, runs_compose_locally
from grantlint.lint.triage.readme import is_no_production
from grantlint.model.location import Source
from grantlint.reader.tree.surroundings import Surroundings, UnreadError, surroundings_of

_MAX_BYTES = 1 << 18


class Around:
    """What the files around those with findings say; each is read once.

    then: what a file held at the revision that decides, where one does; '' for a file that was not there.
    """

    def __init__(self, then: Callable[[str], str] | None = None) -> None:
        self._then = then
        self._titles: dict[tuple[str, ...], str] = {}
        self._texts: dict[tuple[str, ...], dict[str, str]] = {}
        self._machines: dict[str, str] = {}

    def says(self, source: Source, below_root: str) -> str:
        """Return which file says that this one is an example.

        For teaching, for developers' own machines, or for a machine of Vagrant. '' where none does.
        """
        around = surroundings_of(source)
        if not around.roots:
            return ""
        return (
            self._by_readme(around)
            or self._by_instructions(around, source, below_root)
            or self._by_vagrant(around, source.path, below_root)
        )

    def _by_readme(self, around: Surroundings) -> str:
        if around.roots not in self._titles:
            names = [name for name, text in self._readmes(around).items() if is_no_production(text)]
            self._titles[around.roots] = f"what {names[0]} calls an example" if names else ""
        return self._titles[around.roots]

    def _readmes(self, around: Surroundings) -> dict[str, str]:
        """Return the texts of a repository's READMEs by their names."""
        if around.roots not in self._texts:
            named = [(root, name) for root in around.roots[:1] for name in _names(around, root)]
            found = {name: os.path.join(root, name) for root, name in named if name.lower().startswith("readme")}
            self._texts[around.roots] = {name: self._text(around, path) for name, path in found.items()}
        return self._texts[around.roots]

    def _by_instructions(self, around: Surroundings, source: Source, below_root: str) -> str:
        """Return which README has what this file starts on machines of developers alone."""
        if below_root in COMPOSE_FILES:
            runs = runs_compose_locally
        elif source.format == "kubernetes":
            runs = runs_cluster_locally
        else:
            return ""
        name = next((name for name, text in self._readmes(around).items() if runs(text)), "")
        return f"what {name} starts for developers" if name else ""

    def _by_vagrant(self, around: Surroundings, path: str, below_root: str) -> str:
        *folders, name = below_root.split(os.sep)
        folder, inside = os.path.dirname(path), name
        for above in (*reversed(folders), ""):
            text = self._machine(around, os.path.join(folder, "Vagrantfile"))
            if text and _names_it(text, inside):
                return os.path.join(folder, "Vagrantfile")
            folder, inside = os.path.dirname(folder), os.path.join(above, inside)
        return ""

    def _machine(self, around: Surroundings, path: str) -> str:
        if path not in self._machines:
            self._machines[path] = self._text(around, path)
        return self._machines[path]

    def _text(self, around: Surroundings, path: str) -> str:
        if self._then is not None:
            return self._then(path)
        try:
            found = around.source(path, _MAX_BYTES)
        except UnreadError:
            return ""
        return found.text if found is not None else ""


def _names(around: Surroundings, folder: str) -> Iterator[str]:
    try:
        yield from [entry.name for entry in around.listed(folder) if not entry.is_folder]
    except UnreadError:
        return


def _names_it(text: str, path: str) -> bool:
    """Return whether a Vagrantfile names a path, or a folder that it is in, as a whole text in quotes."""
    while path:
        if re.search(rf"[\"'](?:\./)?{re.escape(path)}/?[\"']", text):
            return True
        path = os.path.dirname(path)
    return False
