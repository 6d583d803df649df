"""Whether all scripts that an image runs at its first start were looked at in this run."""

import os
from collections.abc import Iterable

from grantlint.model import Declarations
from grantlint.reader.files.discovery import Search
from grantlint.reader.files.recognition import EMPTY, NO_WORDS


def forget_unread(declarations: Iterable[Declarations], search: Search) -> None:
    """Take back which scripts images run, where one was not looked at."""
    every = [*declarations]
    nothing = [path for why in (EMPTY, NO_WORDS) for path in search.passed_over.get(why, ())]
    looked_at = {os.path.normpath(path) for path in (*nothing, *(part.path for part in every))}
    for part in every:
        server = part.server
        if server is not None and server.runs and not all(os.path.normpath(path) in looked_at for path in server.runs):
            part.server = server._replace(runs=None)
