"""What a repository says that its files are for: by the title of its README, and by a Vagrantfile that runs them."""

import os
import re
from collections.abc import Callable, Iterator

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.reader.tree.surroundings import Surroundings, UnreadError, surroundings_of

_MAX_BYTES = 1 << 18
_FIRST_LINES = 20
_OPENING = 1500  # characters
_FIRST_WORDS = 400  # characters
_SAID = Pattern(
    r"(?i)"
    r"\b(?:files|code|repo(?:sitory)?|project|material|solutions?|labs?|exercises?)\b[^.\n]{0,40}\b(?:for|of|from|in)"
    r"\b[^.\n]{0,60}\b(?:course|class|workshop|bootcamp|tutorial|training|udemy)\b"
    r"|\b(?:home ?work|coursework|(?:school|student|study|university|group|college) project)\b"
    r"|\bfor (?:learning|educational|demonstration|teaching|study) purposes\b|\bbuilt to showcase\b"
    r"|\bhands[- ]on (?:project|lab|exercise)|\b(?:security|hardening|coding|training) exercise\b"
    r"|\bmade (?:of|by) (?:two|three|four|five|\d) [^.\n]{0,20}students?\b|\bhaute [eé]cole\b|\bl.atelier\b"
    r"|\b(?:bachelor|master|diploma)(?:.?s)? thesis\b|\bdiplomarbeit\b|\bbakalářsk|\btravaux pratiques\b"
    r"|\bcollection of quick ?starts\b|\bprojet (?:étudiant|scolaire)|\basignatura\b|\btrabajo práctico\b|домашн"
    r"|学习研究|供学习|学习项目|毕业设计|课程设计|为例"
    r"|\brun (?:this|these) examples?\b|\bcompanion (?:piece|repo(?:sitory)?|code|project) (?:to|for|of)\b"
    r"|(?:\A|[\n.>])\s*(?:an? )?(?:simple )?example (?:of an? (?:<\w+>)?\w+ )?"
    r"(?:app(?:lication)?|module|project|cluster)\b"
    r"|\b(?:intentionally|deliberately) (?:vulnerable|insecure)\b|\bcyber ?ranges?\b"
    r"|\bthis (?:project|repo(?:sitory)?|module|chart|role|collection) (?:is|has been) (?:no longer"
    r" (?:supported|maintained|used)|deprecated|archived|decommissioned|unmaintained|abandoned)\b"
)
"""What is said at the beginning of the README of what is for teaching, an example, or looked after by nobody."""
_DEVELOPS = (
    r"(?:\b(?:dev|development)\b[ -]*(?:env|environment|machine|vm|box|stack)s?\b|\blocal (?:dev|development)\b"
    r"|środowisk\w+ deweloperski|\benvironnement de développement\b|\bentorno de desarrollo\b"
    r"|\bambiente de desenvolvimento\b|\bentwicklungsumgebung\b)"
)
_IS_FOR = (
    r"\b(?:contains?|provides?|is (?:an?|the|my|our|for)|sets? up|states (?:to|for)|creates?|zawiera|contient|contiene"
    r"|contém|enthält)\b[^.\n]{0,60}"
)
_WORKPLACE = Pattern(rf"(?i)\A[^\n]*{_DEVELOPS}|{_IS_FOR}{_DEVELOPS}")
_RUNS = Pattern(r"(?i)\b(?:prod|production|live|staging)\b")
_WORD = Pattern(r"[a-z]+")
_TAG = Pattern(r"<[^<>]*>|!?\[[^\[\]]*\]\([^()]*\)")
_ANYWHERE = frozenset({
    "demo", "demos", "demonstration", "tutorial", "tutorials", "example", "examples", "homework", "bootcamp",
})  # fmt: skip
_AT_THE_END = frozenset({
    "assignment", "assignments", "course", "exercise", "exercises", "lab", "labs", "playground", "poc", "sandbox",
    "workshop", "workshops",
})  # fmt: skip
"""Words that end a title of such a thing, and elsewhere name products: `Course Management System`."""
_ABANDONED = frozenset({"abandoned", "decommissioned", "deprecated", "unmaintained"})
"""Words that begin or end a title of what nobody looks after."""


class Around:
    """What the files around those with findings say; each is read once.

    then: what a file held at the revision that decides, where one does; '' for a file that was not there.
    """

    def __init__(self, then: Callable[[str], str] | None = None) -> None:
        self._then = then
        self._titles: dict[tuple[str, ...], str] = {}
        self._machines: dict[str, str] = {}

    def says(self, source: Source, below_root: str) -> str:
        """Return which file says that this one is an example.

        For teaching, or for a machine of Vagrant. '' where none does.
        """
        around = surroundings_of(source)
        if not around.roots:
            return ""
        return self._by_readme(around) or self._by_vagrant(around, source.path, below_root)

    def _by_readme(self, around: Surroundings) -> str:
        if around.roots not in self._titles:
            self._titles[around.roots] = ""
            for root in around.roots[:1]:
                for name in _names(around, root):
                    is_readme = name.lower().startswith("readme")
                    text = self._text(around, os.path.join(root, name)) if is_readme else ""
                    if text and (says_example(title_of(text)) or is_taught(text) or is_workplace(text)):
                        self._titles[around.roots] = f"what {name} calls an example"
        return self._titles[around.roots]

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


def title_of(text: str) -> str:
    r"""Return the title of a README.

    It is the first line that is more than badges and tags.

    >>> title_of("[![build](x.svg)](y)\n\n# Ansible workshop\n")
    'ansible workshop'
    """
    for line in text.splitlines()[:_FIRST_LINES]:
        words = _WORD.findall(_TAG.compiled.sub("", _TAG.compiled.sub("", line)).lower())
        if words:
            return " ".join(words)
    return ""


def is_taught(text: str) -> bool:
    """Return whether a README begins with words of teaching or leaving.

    >>> is_taught("Files for the Salt course of 2020"), is_taught("A course manager for schools.")
    (True, False)
    """
    return _SAID.search(text[:_OPENING]) is not None


def is_workplace(text: str) -> bool:
    r"""Return whether a README begins with a machine for development.

    Words of another that runs for others keep it from being one.

    >>> is_workplace("# Shop\nStates for your development machines."), is_workplace("# Shop\nDevelopment follows.")
    (True, False)
    """
    first, *_ = re.split(r"\n##", text.lstrip()[:_FIRST_WORDS], maxsplit=1)
    return _WORKPLACE.search(first) is not None and _RUNS.search(first) is None


def says_example(title: str) -> bool:
    """Return whether a title is that of an example.

    >>> says_example("mysql ha lab"), says_example("lab inventory")
    (True, False)
    """
    words = title.split()
    if not _ABANDONED.isdisjoint((*words[:1], *words[-1:])):
        return True
    return not _ANYWHERE.isdisjoint(words) or (len(words) > 1 and words[-1] in _AT_THE_END)
