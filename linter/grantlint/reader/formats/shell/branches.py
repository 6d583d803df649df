"""Which statements of a script are run together: the branches of its `if` and `case` that exclude each other.

Source: POSIX.1-2024, Shell Command Language, 2.9.4.3 Case Conditional Construct, 2.9.4.4 The if Conditional Construct.
What stands under an `if` without an `else` is read as if it were run, unless it asks which server it is.
"""

import re
from bisect import bisect_right
from functools import cached_property

from grantlint.model.location import Source
from grantlint.model.step import Branch, Path
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.script import Pipeline, Script, Word
from grantlint.reader.leaf.stretches import Stretches
from grantlint.reader.leaf.versions import asks_for_version

_HINT = Pattern(r"^[ \t]*(?:el(?:if|se)|case|if)\b|;[ \t]*(?:el(?:if|se)|then)\b", re.MULTILINE)
_LITERAL = Pattern(r"(?:\b(?:true|false)\b|(?<![\w$])\[\[?[ \t]|(?<![\w:]):[ \t])")
_WORD = r"""(?:'[^'\n]*'|"[^"\n$`\\]*"|[\w.-]+)"""
_TEST = Pattern(
    rf"(?:\[\[?[ \t]+|test[ \t]+)(?P<left>{_WORD})[ \t]+(?P<sign>==?|!=|-eq)[ \t]+(?P<right>{_WORD})(?:[ \t]+\]\]?)?\Z"
)
_FIRST = Pattern(r"[ \t]*(?P<said>[^;&|]+?)[ \t]*(?P<sign>&&|\|\|)(?!.*(?:;|&&|\|\|))")
_NO_COMMAND = Pattern(  # a here-document for the command that does nothing, which makes a comment of it
    r"^[ \t]*:[ \t]*<<-?[ \t]*(?P<quote>['\"])(?P<end>\w+)(?P=quote)[ \t]*\n"
    r"(?P<body>.{0,20000}?)^[ \t]*(?P=end)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_LEADING = frozenset({"then", "do", "else", "elif", "!", "{"})
_OTHERS = frozenset({"else", "elif"})
_ENDS = {"fi": "if", "esac": "case"}
_DEEPEST = 50  # conditions in conditions


class _Open:
    """An `if` or `case` that is not closed yet: where its condition begins, and which of its branches is at hand."""

    __slots__ = ("asks", "condition", "is_within_never", "kind", "never", "number", "said", "taken")

    def __init__(self, kind: str, condition: int, said: int, *, is_within_never: bool) -> None:
        self.kind = kind
        self.is_within_never = is_within_never  # whether it stands in a branch that never runs
        self.condition = condition
        self.number = 0
        self.said: int | None = said  # where the condition at hand begins, until its `then` or `in`
        self.asks = False
        self.taken = False  # whether an earlier branch surely runs
        self.never = False  # whether the branch at hand never does


class Alternatives:
    """The branches of a script in a source, by place.

    They are found when they are first asked for.
    """

    def __init__(self, source: Source, script: Passage) -> None:
        self._source = source
        self._script = script

    def around(self, place: int) -> Path:
        """Return the conditions around an offset of the source, outermost first."""
        return self._stretches.around(place)

    def never_runs(self, place: int) -> bool:
        """Return whether literals keep what stands at an offset from running."""
        if not self._has_literals:
            return False
        at = bisect_right(self._never, (place, True)) - 1
        if at >= 0 and self._never[at][1]:
            return True
        text = self._script.text
        line = text[text.rfind("\n", 0, place) + 1 : place]
        first = _FIRST.match(line)
        holds = holds_in_shell(first["said"]) if first is not None else None
        if first is not None and holds is not None and holds is (first["sign"] == "||"):
            return True
        return any(start <= place < end for start, end in self._comments)

    @cached_property
    def _has_literals(self) -> bool:
        return _LITERAL.search(self._script.text) is not None

    @cached_property
    def _comments(self) -> list[tuple[int, int]]:
        return [found.span("body") for found in _NO_COMMAND.finditer(self._script.text)]

    @cached_property
    def _reading(self) -> "_Reading":
        reading = _Reading(self._source, self._script)
        if _HINT.search(self._script.text) is not None:
            for pipeline in Script(self._script):
                if not pipeline.captured and pipeline.words:
                    reading.take(pipeline)
        return reading

    @cached_property
    def _never(self) -> list[tuple[int, bool]]:
        return sorted(self._reading.never)

    @cached_property
    def _stretches(self) -> Stretches:
        stretches = Stretches()
        several = self._reading.several
        for start, path in self._reading.noted:
            stretches.begin(start, tuple([one for one in path if one.condition in several or one.by_version]))
        return stretches


class _Reading:
    """The conditions of a script as they open and close; `several`: those that have more than one branch."""

    def __init__(self, source: Source, script: Passage) -> None:
        self._source = source
        self._script = script
        self._open: list[_Open] = []
        self._before = 0  # where the words before have ended
        self.several: set[int] = set()
        self.noted: list[tuple[int, Path]] = []
        self.never: list[tuple[int, bool]] = []

    def take(self, pipeline: Pipeline) -> None:
        """Take the words that a pipeline begins with."""
        first = pipeline.words[0]
        if self._is_in("case") and ";;" in self._script.text[self._before : first.start]:
            self._next()
            self._note(first.start)
        for word in pipeline.words:
            if word.quoted or not self._takes(word, word.passage.text):
                break
        if self._is_in("case") and self._open[-1].said is not None:
            self._close_condition(pipeline.words[-1].end)  # with the pattern of the first branch
            self._note(pipeline.words[-1].end)
        self._before = max(self._before, pipeline.words[-1].end)

    def _takes(self, word: Word, said: str) -> bool:
        """Take one word; return whether a command may begin behind it."""
        if said in {"if", "case"}:
            self._open.append(_Open(said, word.start, word.end, is_within_never=self._is_never()))
            return said == "if"
        if said in _ENDS and self._is_in(_ENDS[said]):
            self._open.pop()
            self._note(word.end)
            return False
        if said == "then" and self._is_in("if"):
            self._close_condition(word.start)
            self._note(word.end)
        elif said in _OTHERS and self._is_in("if"):
            self._next()
            self._open[-1].said = word.end if said == "elif" else None
            self._open[-1].never = self._open[-1].taken
            self._note(word.start)
        return said in _LEADING

    def _is_never(self) -> bool:
        return bool(self._open) and (self._open[-1].is_within_never or self._open[-1].never)

    def _is_in(self, kind: str) -> bool:
        return bool(self._open) and self._open[-1].kind == kind

    def _next(self) -> None:
        one = self._open[-1]
        one.number += 1
        self.several.add(one.condition)

    def _close_condition(self, end: int) -> None:
        one = self._open[-1]
        if one.said is not None:
            said = self._script.text[one.said : end]
            one.asks = one.asks or asks_for_version(said)
            one.said = None
            holds = holds_in_shell(said) if one.kind == "if" else None
            one.never = one.taken or holds is False
            one.taken = one.taken or holds is True

    def _note(self, place: int) -> None:
        """Note what is around from a place of the script on."""
        at = self._script.at
        start = at[place] if place < len(at) else len(self._source.text)
        path = [Branch(self._source, one.condition, one.number, one.asks) for one in self._open[:_DEEPEST]]
        if len(self._open) > _DEEPEST:  # told from all else, and never taken to be run together with it
            condition = -1 - len(self.noted)
            self.several.add(condition)
            path.append(Branch(self._source, condition, 0))
        self.noted.append((start, tuple(path)))
        self.never.append((start, self._is_never()))


def holds_in_shell(condition: str) -> bool | None:
    """Return whether a command of literals succeeds.

    None where only a run can tell.

    >>> holds_in_shell("false;"), holds_in_shell("[ 1 = 2 ]"), holds_in_shell('[ -n "$X" ]')
    (False, False, None)
    """
    text = condition.strip().rstrip(";").strip()
    negated = text.startswith("! ")
    text = text.removeprefix("! ").strip()
    name = text.rpartition("/")[2]
    found: bool | None = {"true": True, ":": True, "false": False}.get(name) if " " not in text else None
    tested = _TEST.match(text)
    if tested is not None:
        equal = tested["left"].strip("'\"") == tested["right"].strip("'\"")
        found = equal is (tested["sign"] != "!=")
    return None if found is None else found is not negated
