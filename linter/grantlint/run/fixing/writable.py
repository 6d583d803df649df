"""Which files a fix may change: those of the tree that hold what was read of them."""

import os

from grantlint.model.location import Source
from grantlint.platform.opening import TooLargeError, open_file, read_opened
from grantlint.reader.tree.contents import NotTextError, decode, encode_like
from grantlint.reader.tree.git_files import ask_git
from grantlint.reader.tree.git_program import Refusal
from grantlint.reader.tree.listing import repository_of
from grantlint.reader.tree.surroundings import is_inside

ANOTHER_TEXT = "it holds another text than was read"
_MOST = 1 << 28  # bytes; what is larger was not read


def bytes_of(source: Source) -> bytes | str:
    """Return the bytes of a source's file, or why not.

    The reason for which the file is not changed is a clause.
    """
    path = source.path
    if not os.path.lexists(path):
        return "it is no file"  # standard input, or a text within another file
    outside = _is_outside(path, source.roots)
    if outside:
        return outside
    try:
        opened = open_file(path, follow=True)
        try:
            data = read_opened(opened, _MOST)
        finally:
            os.close(opened.handle)
        if decode(data) != source.text:
            return ANOTHER_TEXT
    except (OSError, TooLargeError, NotTextError) as error:
        return f"it cannot be read again: {error}"
    return data if encode_like(source.text, data) == data else "its encoding cannot be written back"


def _is_outside(path: str, roots: tuple[str, ...]) -> str:
    """Return why a path leads to what is none of the tree's own files, '' where it is one."""
    real = os.path.realpath(path)
    folder, name = os.path.split(os.path.abspath(path))
    own = os.path.join(os.path.realpath(folder), name)
    if not is_inside(real, roots) or not is_inside(own, roots):
        return "it lies outside of the tree"
    return "" if real == own or _are_tracked(own, real) else "it is a symbolic link that no repository knows"


def _are_tracked(*paths: str) -> bool:
    root = repository_of(os.path.dirname(paths[0]))
    if root is None or not all(is_inside(path, (root,)) for path in paths):
        return False
    names = [os.path.relpath(path, root) for path in paths]
    for name in names:
        said = ask_git(root, name)
        if isinstance(said, Refusal) or name not in said.tracked:
            return False
    return True
