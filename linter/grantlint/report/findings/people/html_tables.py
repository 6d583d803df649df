"""Account tables as HTML: each server's rows in its order, a client that gets each, and what it may do."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from grantlint.access.accounts.reasons import place
from grantlint.access.server.listing import Listed, listing
from grantlint.access.server.server import Server
from grantlint.model import Account, Grant, GrantedPrivilege, Role
from grantlint.model.location import Located
from grantlint.model.privilege import is_words
from grantlint.report.places import declared_at
from grantlint.report.secrecy.elision import SIGN
from grantlint.report.visible import visible
from grantlint.servers.panel import Panel

_HEADS = ("place", "user", "host", "decided by", "a client that gets it", "may", "declared")
_DEAD = frozenset({"dead", "shut", "unreachable", "not loaded"})


def server_tables(panels: Iterable[Panel]) -> Iterator[str]:
    """Yield a heading and a table for each server.

    Products that decide its rows alike share a table.
    """
    for panel in panels:
        if not panel.declared.accounts and not panel.declared.roles:
            continue
        yield f"<h3>{safe(panel.declared.name)}</h3>"
        for server, labels in panel.alike:
            yield from _table(server, labels)


def _table(server: Server, labels: Sequence[str]) -> Iterator[str]:
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    yield f'<div class="scroll"><table><caption>as {safe(", ".join(labels))}</caption>'
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for one in listing(server):
        yield from _row(one, server)
    yield "</tbody></table></div>"
    left_out = len(server.declared.accounts) - len(server.accounts)
    if left_out:
        yield f'<p class="soft">{left_out:,} left out whose user or host only a run could know</p>'


def _row(one: Listed, server: Server) -> Iterator[str]:
    row = one.row
    number = ""
    if not row.dropped:
        number = f"{one.number}=" if one.shared else f"{one.number}"
    decided = "a role" if row.role else place(row.value).partition(": ")[0]
    client = str(one.witness) if one.witness else ""
    remarks = "".join(f"<br>{safe(remark)}" for remark in one.remarks(server))
    cells = (number, f"'{row.user}'", f"'{row.host}'", decided)
    dead = ' class="dead"' if one.outcome in _DEAD else ""
    yield (
        f"<tr{dead}>{''.join(f'<td>{safe(cell)}</td>' for cell in cells)}<td>{safe(client)}{remarks}</td>"
        f"<td>{'<br>'.join(safe(_told(grant)) for grant in _grants(one.entry))}</td>"
        f"<td>{safe(declared_at(one.entry))}</td></tr>"
    )


def _grants(entry: Account | Role) -> Sequence[Grant]:
    return entry.grants


def _told(grant: Grant) -> str:
    """Return a grant in SQL's words; of what only a run could know, the reference to it."""
    privileges = ", ".join(map(_privilege, grant.privileges))
    target = str(grant.target.value) if isinstance(grant.target, Located) else grant.target.reference
    option = " WITH GRANT OPTION" if grant.has_option else ""
    return f"{privileges} ON {target}{option}"


def _privilege(leaf: GrantedPrivilege) -> str:
    """Return a privilege as it may be shown.

    What cannot be the name of one may be anything, and is not shown.
    """
    if not isinstance(leaf, Located):
        return leaf.reference
    return str(leaf.value) if is_words(leaf.value.name) else SIGN


def safe(text: str) -> str:
    """Return a text made visible, and escaped for HTML."""
    return escape(visible(text))
