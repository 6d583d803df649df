"""What `python -m grantlint` sees: not the modules and packs that lie in the current folder, which may be a stranger's.

Python puts that folder first on its path before it looks for any module, so what it needs to get here, and a package
named grantlint in it, it takes from there all the same. The console script and `python -P` do not look there at all.
"""

import os
import sys


def leave_current_folder() -> None:
    """Take the current folder off the import path.

    It stays where the program itself lies in it.
    """
    if not _is_run_as_module() or sys.flags.safe_path or not sys.path:
        return
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    if os.path.realpath(sys.path[0]) != here:
        del sys.path[0]


def _is_run_as_module() -> bool:
    """Whether Python is about to run this package by -m; sys.argv says so as long as it looks for it."""
    words = sys.orig_argv
    return sys.argv[:1] == ["-m"] and any(
        word.endswith("mgrantlint") or (word.endswith("m") and after == "grantlint")
        for word, after in zip(words, [*words[1:], ""], strict=True)
        if word.startswith("-")
    )
