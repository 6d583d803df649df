"""Servers that a script starts as containers: `docker run` of an image, and the accounts that it makes."""

import re
from collections.abc import Iterator, Sequence

from grantlint.model import Container, Declarations, NotChecked, ServerFacts
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.shell.commands.start import Start, whole_words
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.script import Script, Word
from grantlint.reader.images.accounts import Accounts, given_passwords
from grantlint.reader.images.command import runs_entry_point, scripts_of, settings_of
from grantlint.reader.images.environment import ROOT_PASSWORD, Environment
from grantlint.reader.images.references import READ_BY_IMAGES, own_settings, recognised
from grantlint.reader.leaf.variables import Variables

_ENGINE = Pattern(r"(?:\S*/)?(?:docker|podman|nerdctl)\Z")
_BEFORE = Pattern(r"(?:sudo|exec|then|do|else|if|!|\{|time|\w+=.*)\Z", re.DOTALL)
_CAPTURED = Pattern(
    r"(?P<opens>\$\()[ \t]*(?:sudo[ \t]+)?(?:[\w./-]*/)?(?:docker|podman|nerdctl)[ \t]+(?:container[ \t]+)?"
    r"(?:run|create)\b"
)
_BRACKET = Pattern(r"[()]|'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.", re.DOTALL)
_RUNS = frozenset({"run", "create"})
_MOUNTED = "what is mounted there belongs to the server"


def containers(source: Source, script: Passage, variables: Variables) -> Iterator[tuple[int, Declarations | None]]:
    """Yield each command that starts a container, with its declarations.

    None where a client is what runs in it. What may be a server and is not known is left out.
    """
    if not any(word in source.text for word in ("docker", "podman", "nerdctl")):
        return
    scripts = [script, *_captured(script)]
    begun = filter(None, (_started(pipeline.words) for one in scripts for pipeline in Script(one)))
    for number, words in enumerate(begun, 1):
        command = Start(whole_words(words[1:], source), source, variables)
        place = Span(source, words[0].passage.at[0], words[0].passage.at[-1] + 1)
        if command.image is None or "<%" in script.text[words[0].start : words[-1].end]:
            continue
        if not runs_entry_point(command.entry_point, " ".join(word.passage.text for word in command.rest)):
            yield place.start, None
            continue
        found = _declared(command, command.image, place, command.name or str(number))
        if found is not None or not any(map(ROOT_PASSWORD.match, command.environment)):
            yield place.start, found


def _captured(script: Passage) -> Iterator[Passage]:
    """Yield the commands in `$(...)` that start a container: what is kept of them is its number."""
    end = 0
    for found in _CAPTURED.finditer(script.text):
        start = found.end("opens")
        if start < end:
            continue
        end = _closed(script.text, start)
        yield script.part(start, end)


def _closed(text: str, start: int) -> int:
    """Return where the parenthesis closes that opens before an offset: the end of the text where none does."""
    depth = 1
    for bracket in _BRACKET.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(bracket[0], 0)
        if not depth:
            return bracket.start()
    return len(text)


def _started(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a command that starts a container, from `run` on. () of any other."""
    at = next((number for number, word in enumerate(words) if not _BEFORE.match(word.passage.text)), len(words))
    if at == len(words) or not _ENGINE.match(words[at].passage.text):
        return ()
    at += 1
    if at < len(words) and words[at].passage.text == "container":
        at += 1
    return words[at:] if at < len(words) and words[at].passage.text in _RUNS else ()


def _declared(command: Start, image: Word, place: Span, name: str) -> Declarations | None:
    source = place.source
    named = command.text(image.passage)
    known = recognised(named, source.text[named.start : named.end])
    rest = [command.text(word.passage) for word in command.rest if word.passage.text]
    environment = Environment(command.environment, command.unread)
    declarations = Declarations("shell", source.path, unit=f"container:{source.path}:{name}")
    declarations.includes = ()
    container = Container(command.opened)
    declarations.server = ServerFacts(place, kept=command.kept, container=container)
    if known.image is None:
        if not known.why or not any(map(ROOT_PASSWORD.match, environment.names())):
            return None
        declarations.accounts += given_passwords(environment, known.why, place)
        if not declarations.accounts:
            declarations.not_checked.append(NotChecked("accounts", known.why, place))
        return declarations
    accounts = Accounts(known.image, environment, place)
    accounts.put_into(declarations)
    declarations.not_checked += scripts_of(rest)
    settings = own_settings(known.image, [target for target, _ in command.targets], named.span) | settings_of(rest)
    declarations.server = declarations.server._replace(product=known.product, settings=settings)
    declarations.not_checked += [
        NotChecked("files", _MOUNTED, at) for target, at in command.targets if READ_BY_IMAGES.match(target)
    ]
    return declarations if declarations.accounts or declarations.not_checked else None
