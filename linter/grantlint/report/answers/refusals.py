"""The statements of some files that get an error, for who has that error and no client."""

from collections.abc import Iterator, Sequence

from grantlint.access.server.server import Server
from grantlint.model import DeclaredServer
from grantlint.report.columns import columns
from grantlint.report.page import Page, page
from grantlint.report.places import line_of
from grantlint.report.visible import visible

ERRORS = frozenset({
    1046, 1054, 1064, 1133, 1141, 1144, 1147, 1149, 1221, 1269, 1290, 1356, 1364, 1372, 1396, 1403, 1410, 1470, 1959,
    1960, 3523, 3530, 3619,
})  # fmt: skip
"""What a server answers to an account statement, and to no client that connects."""


def refusals(errno: int, servers: Sequence[tuple[DeclaredServer, Server]]) -> tuple[Page, bool]:
    """Return the statements that get an error, and whether any does.

    Each server comes with what files declare of it. Servers that say the same share a block.
    """
    blocks: dict[tuple[str, ...], list[str]] = {}
    for declared, server in servers:
        said = (*_of(server, errno, declared),)
        blocks.setdefault((declared.name, *said), []).append(server.installation.target.label)
    lines: list[str] = []
    for (name, *found), labels in blocks.items():
        title = f"these files give ERROR {errno}:" if found else f"no statement of these files gets ERROR {errno}"
        lines += ["", f"{name} as {', '.join(dict.fromkeys(labels))}: {title}", *found]
    return page(lines[1:]), any(found for _, *found in blocks)


def _of(server: Server, errno: int, declared: DeclaredServer) -> Iterator[str]:
    told = [one for one in server.refused if one.errno == errno]
    if errno == server.installation.target.traits.grant_to_nobody and not told:
        yield from _undeclared(declared)
    yield from columns([(f"  {line_of(one.span)}", visible(one.message)) for one in told])
    for help_ in dict.fromkeys(one.help for one in told if one.help):
        yield f"       change: {help_}"


def _undeclared(declared: DeclaredServer) -> Iterator[str]:
    """Yield the grants to accounts that no file makes: they get the error where nobody has made those."""
    named = [*declared.grantees, *(one for one in declared.accounts if one.named_alone)]
    yield from columns([(f"  {line_of(one.span)}", f"if {one} is not there: no file makes it") for one in named])
    for one in named[:1]:
        yield f"       change: CREATE USER {visible(str(one))} IDENTIFIED BY '...', and then GRANT, without IDENTIFIED"
