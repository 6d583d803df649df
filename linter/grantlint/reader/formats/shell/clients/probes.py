"""Passwords of clients in the commands by which a container is asked whether it is well."""

from collections.abc import Iterator

from grantlint.model import Credential
from grantlint.model.location import Source
from grantlint.reader.formats.shell.clients.logins import logins_in
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.leaf.variables import Variables
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode
from grantlint.reader.yaml.offsets import offsets


def logins_of(command: Node, source: Source) -> Iterator[Credential]:
    """Yield the passwords in a command.

    It is a text or a list of words, in which Compose takes `$$` for a `$`.
    """
    text: list[str] = []
    at: list[int] = []
    for word in command.value if isinstance(command, SequenceNode) else (command,):
        places = offsets(source, word) if isinstance(word, ScalarNode) else None
        if not places:
            continue
        for character, place in zip(word.value, places, strict=True):
            if character == "$" and text and text[-1] == "$" and at[-1] == place - 1:
                at[-1] = place
            else:
                text.append(" " if character == "\n" else character)
                at.append(place)
        text.append(" ")
        at.append(at[-1] if at else 0)
    if "p" in text:
        yield from logins_in(source, Passage("".join(text), at), Variables())
