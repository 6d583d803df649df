"""The words of a command that starts a container: its image, its variables, its ports and mounts.

Source: the references of docker run and podman run: which options take no value, that the first word behind them is the
image, and that `-e NAME` takes the value of whoever runs the script.
"""

import re
from collections.abc import Sequence

from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.script import Word
from grantlint.reader.images.environment import Variable, is_secret
from grantlint.reader.leaf.variables import Variables, put_in, whole

_FLAG = Pattern(
    r"-[ditPq]+\Z|--(?:detach|init|interactive|no-healthcheck|oom-kill-disable|privileged|publish-all|quiet|read-only|replace"
    r"|rm|sig-proxy|tls-verify|tty)(?:=(?:true|false))?\Z"
)
_LETTERS = Pattern(r"-[ditPq]*(?P<letter>[a-zA-Z])(?P<rest>.*)", re.DOTALL)
_NAMES = {"e": "env", "p": "publish", "v": "volume", "net": "network"}
_OWN = Pattern(r"(?:127\.|\[::1\]|::1:|localhost:)")
_DATA = Pattern(r":(?:/var/lib/mysql|/bitnami/(?:mysql|mariadb))(?:/data)?/?(?::[\w,]+)?\Z")
_TARGET = Pattern(r"(?:\A|,)(?:target|dst|destination)=([^,]+)")
_VARIABLE = Pattern(r"[$`]|\{\{|<%")
_OF_SHELL = "a variable of the shell"
_OF_CALLER = "a variable of whoever runs the script"
_OF_FILE = "the file of --env-file is not read"


class Start:
    """What the options of one command say of its container."""

    def __init__(self, words: Sequence[Word], source: Source, variables: Variables) -> None:
        self._source = source
        self._variables = variables
        self.image: Word | None = None
        self.rest: Sequence[Word] = ()
        self.environment: dict[str, Variable] = {}
        self.unread = ""
        self.entry_point = ""
        self.name = ""
        self.opened: Span | None = None
        self.kept: Span | None = None
        self.targets: list[tuple[str, Span]] = []
        self._take(words)

    def _take(self, words: Sequence[Word]) -> None:
        at = 0
        while at < len(words):
            said = words[at].passage
            if not said.text.startswith("-"):
                if said.text and not (
                    _may_be_options(words[at]) and words[at + 1 :] and isinstance(self.text(said), Unresolved)
                ):
                    self.image, self.rest = words[at], words[at + 1 :]
                return
            if _FLAG.match(said.text):
                if "P" in said.text or "publish-all" in said.text:
                    self.opened = self._place(said)
                at += 1
                continue
            name, value = _option(said)
            at += 1
            if value is None and at < len(words):
                value = words[at].passage
                at += 1
            if value is not None and value.text:
                self._note(_NAMES.get(name, name), value)

    def _note(self, name: str, value: Passage) -> None:
        if name == "env":
            self._variable(value)
        elif name == "env-file":
            self.unread = _OF_FILE
        elif name == "entrypoint":
            self.entry_point = value.text
        elif name == "name" and "$" not in value.text:
            self.name = value.text
        elif (name == "publish" and not _OWN.match(value.text)) or (name == "network" and value.text == "host"):
            self.opened = self.opened or self._place(value)
        elif name in {"volume", "mount"}:
            inside = _TARGET.search(value.text)
            target = inside[1] if inside is not None else value.text.partition(":")[2].partition(":")[0]
            self.targets.append((target, self._place(value)))
            if _DATA.search(f":{target}"):
                self.kept = self._place(value)

    def _variable(self, said: Passage) -> None:
        name, sign, value = said.text.partition("=")
        line = self._place(said)
        text: Text = Unresolved(_OF_CALLER, *line)
        if sign:
            text = self.text(said.part(len(name) + 1, len(said.text))) if value else Located("", *line)
        if is_secret(name):
            self._source.hide(text.start, text.end)
        self.environment[name] = Variable(text, line)

    def text(self, said: Passage) -> Text:
        """Return a part of a word with known variables put in."""
        place = self._place(said)
        written = self._source.text[place.start : place.end]
        if _VARIABLE.search(written) is None:
            return Located(said.text, *place)
        binding = self._variables.at(place.start, written)[0]
        value = whole(written, binding)
        if value is not None:
            return value
        known = put_in(said.text, written, binding)
        return Located(known, *place) if known is not None else Unresolved(_OF_SHELL, *place)

    def _place(self, said: Passage) -> Span:
        return Span(self._source, said.at[0], said.at[-1] + 1)


def whole_words(words: Sequence[Word], source: Source) -> list[Word]:
    """Return words with each template in one. The shell never sees its blanks."""
    kept: list[Word] = []
    first: Word | None = None
    for word in words:
        begun = first or word
        start, end = begun.passage.at[:1], word.passage.at[-1:]
        text = source.text[start[0] : end[0] + 1] if start and end else word.passage.text
        first = begun if text.count("{{") > text.count("}}") or text.count("<%") > text.count("%>") else None
        if first is None:
            passage = word.passage if begun is word else Passage(text, range(start[0], start[0] + len(text)))
            kept.append(Word(passage, begun.start, word.end, word.quoted))
    return kept


def _option(said: Passage) -> tuple[str, Passage | None]:
    """Return the name of an option, and the value that stands in the same word."""
    text = said.text
    if text.startswith("--"):
        name, sign, _ = text[2:].partition("=")
        return name, said.part(len(name) + 3, len(text)) if sign else None
    found = _LETTERS.match(text)
    if found is None:
        return text, None
    if text.startswith("-net="):
        return "network", said.part(len("-net="), len(text))
    start = found.start("rest") + found["rest"].startswith("=")
    return found["letter"], said.part(start, len(text)) if found["rest"] else None


def _may_be_options(word: Word) -> bool:
    """Whether a word is a variable that may hold several: `$OPTIONS`, `"$@"`, `"${ARGS[@]}"`."""
    text = word.passage.text
    return text.startswith("$") and (not word.quoted or "@" in text or text == "$A")
