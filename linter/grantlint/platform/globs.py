"""Globs of paths, as a file names them: relative to the folder that it stands in, whatever the current folder is."""

import os

from grantlint.platform.record import NamedTuple


class Globs(NamedTuple):
    """Patterns of paths, relative to a folder.

    They are such as `legacy/*.sql`, the folder is '' for the current one; a folder is all that is in it.
    """

    patterns: tuple[str, ...] = ()
    folder: str = ""

    def match(self, path: str) -> bool:
        """Return whether a path is one of these.

        It is relative to the current folder or absolute.
        """
        if not self.patterns:
            return False
        from fnmatch import fnmatchcase  # noqa: PLC0415 - imports re; only where there are patterns

        here = os.path.relpath(path, self.folder or ".")
        wanted = [os.path.normpath(pattern) for pattern in self.patterns]
        return any(one == "." or fnmatchcase(here, one) or fnmatchcase(here, os.path.join(one, "*")) for one in wanted)
