r"""The one way from words to what is printed: lines in which nothing acts, whoever wrote what stands in them.

What goes to standard output or error is a Page, and a Page is made here. A line break or a colour is the renderer's
own or none: a line of `page` is one line, and its colours are `Ink`. Continuous integration reads what is printed, too:
words that it would obey (`::error::`, `##vso[`, `section_start:`) lose the character that they are known by.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import NewType
from grantlint.report.visible import escape, is_plain, visible

Page = NewType("Page", str)


class Ink(NamedTuple):
    """Words in a colour, by its code for a terminal.

    link: the address of a page that they lead to, ours alone.
    """

    words: str
    colour: str
    link: str = ""


_LINK, _END = "\x1b]8;;", "\x1b\\"  # OSC 8: what stands between two of them is a link

Line = str | Ink | tuple[str | Ink, ...]

_ANYWHERE = r"##(?=[\w.-]*\[)"  # GitHub's older form, Azure Pipelines, TeamCity
_OPENINGS = ("::", "section_start:", "section_end:", "travis_", "--- ", "+++ ", "~~~ ", "^^^ ")
"""GitHub, GitLab, Travis; the last four fold a log of Buildkite."""
_SIGNS = (*_OPENINGS, "##")
"""Without any of these in it nothing is obeyed, wherever it stands."""


def page(lines: Iterable[Line], *, colour: bool = False, links: bool = False) -> Page:
    """Return lines as they may be printed, one each."""
    if colour or links:
        return Page("".join(f"{_line(line, colour=colour, links=links)}\n" for line in lines))
    every = iter(lines)
    return Page("".join([_block(block) for block in iter(lambda: [*islice(every, _LINES)], [])]))


_LINES = 256  # that are looked at together: most have nothing in them that acts, and a look at each is half of a page


def _block(lines: Sequence[Line]) -> str:
    """Return lines without colours, one each."""
    words = [line if isinstance(line, str) else _words(line) for line in lines]
    text = "\n".join(words)
    is_of_lines = text.count("\n") == len(words) - 1
    if is_of_lines and is_plain(text.replace("\n", "")) and not _may_act(text, words):
        return f"{text}\n"
    return "".join([f"{_line(line, colour=False, links=False)}\n" for line in lines])


def _may_act(text: str, lines: Sequence[str]) -> bool:
    """Return whether something in these lines may be obeyed. A `::` in an address is not, as it begins none of them."""
    if not any(sign in text for sign in _SIGNS):
        return False
    return "##" in text or any(line.lstrip(" ").startswith(_OPENINGS) for line in lines)


def document(text: str) -> Page:
    """Return a text of several lines as it may be printed.

    Each of its line breaks is its own.
    """
    return page(text.removesuffix("\n").split("\n"))


def patch(lines: Iterable[Line], *, colour: bool = False) -> Page:
    """Return the lines of a diff as they may be printed.

    Each begins with its sign; tabs and a carriage return at the end stay.
    """
    return Page("".join(f"{_patched(line, colour=colour)}\n" for line in lines))


def _patched(line: Line, *, colour: bool) -> str:
    made: list[str] = []
    for part in (line,) if isinstance(line, str | Ink) else line:
        words = part.words if isinstance(part, Ink) else part
        end = "\r" if words.endswith("\r") else ""
        shown = "\t".join(map(_harmless, words.removesuffix(end).split("\t")))
        made.append(_inked(part, shown + end, colour=colour))
    return "".join(made)


def apart(blocks: Iterable[Sequence[Line]]) -> Iterator[Line]:
    """Yield the lines of blocks with a blank one between.

    An empty block is left out.
    """
    begun = False
    for block in filter(None, blocks):
        if begun:
            yield ""
        begun = True
        yield from block


def named(path: str) -> str:
    """Return a path as it begins a line.

    One that could be taken for a command begins with `./`.
    """
    return f"./{path}" if path.lstrip().startswith(_SIGNS) or path[:1].isspace() else path


def _words(line: Ink | tuple[str | Ink, ...]) -> str:
    if isinstance(line, Ink):
        return line.words
    return "".join([part if isinstance(part, str) else part.words for part in line])


def _line(line: Line, *, colour: bool, links: bool) -> str:
    if isinstance(line, str):
        return _first(_harmless(line))
    if isinstance(line, Ink):
        line = (line,)
    if not colour and not links:
        words = _words(line)
        if _is_harmless(words):
            return words
    shown: list[str] = []
    begun = False
    for part in line:
        words = _harmless(part.words if isinstance(part, Ink) else part)
        words = words if begun else _first(words)
        begun = begun or bool(words.strip())
        if isinstance(part, Ink):
            words = f"\x1b[{part.colour}m{words}\x1b[0m" if colour else words
            words = f"{_LINK}{part.link}{_END}{words}{_LINK}{_END}" if links and part.link else words
        shown.append(words)
    return "".join(shown)


def _is_harmless(words: str) -> bool:
    """Return whether words may be printed as they are, as those of most lines: one look, not one for each part."""
    return is_plain(words) and "##" not in words and not words.lstrip(" ").startswith(_OPENINGS)


def _inked(part: str | Ink, words: str, *, colour: bool) -> str:
    return f"\x1b[{part.colour}m{words}\x1b[0m" if colour and isinstance(part, Ink) else words


def _harmless(words: str) -> str:
    shown = visible(words)
    if "##" not in shown:
        return shown
    from re import sub  # noqa: PLC0415 - few lines need it, and the shortest runs do without

    return sub(_ANYWHERE, lambda _: f"#{escape('#')}", shown)


def _first(words: str) -> str:
    """Return the words that begin a line, the first character of a command as its escape."""
    bare = words.lstrip(" ")
    if not bare.startswith(_OPENINGS):
        return words
    return words[: len(words) - len(bare)] + escape(bare[0]) + bare[1:]
