"""The scripts of one object: all for one server, or alternatives, of which a server is given one."""

from collections.abc import Sequence

from grantlint.model import Declarations
from grantlint.model.account import Identity
from grantlint.model.location import Source
from grantlint.reader.formats.shell.document import read_found
from grantlint.reader.formats.shell.statements import Found


def alternatives(files: Sequence[Sequence[Found]], source: Source) -> list[list[Found]]:
    """Return the SQL of an object's files, server by server.

    Two files that make the same account are not for one server: its second CREATE USER would be refused.
    """
    if len(files) < 2:  # noqa: PLR2004 - one cannot be another's alternative
        return [[*one] for one in files]
    found: list[tuple[set[Identity], list[Found]]] = []
    for file in files:
        declared = Declarations("kubernetes", source.path)
        read_found(source, file, declared)
        made = {account.identity for account in declared.accounts}
        fitting = next((one for one in found if one[0].isdisjoint(made)), None)
        if fitting is None:
            found.append((made, [*file]))
        else:
            fitting[0].update(made)
            fitting[1].extend(file)
    return [scripts for _, scripts in found]
