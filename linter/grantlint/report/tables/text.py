"""The account table of a server as a person reads it: in the server's order, with what decided each place."""

import re
from collections.abc import Iterator, Sequence

from grantlint.access.accounts.reasons import place
from grantlint.access.server.listing import Listed, listing
from grantlint.access.server.server import Server
from grantlint.platform.record import NamedTuple
from grantlint.report.answers.footnotes import footnotes
from grantlint.report.answers.steps import not_done
from grantlint.report.columns import columns
from grantlint.report.page import Page, apart, page
from grantlint.report.places import declared_at

_HEADS = ("place", "user", "host", "decided by", "declared")
_NUMBER = re.compile(r"\d+")


class Listing(NamedTuple):
    """A server's table by the server's name."""

    name: str
    server: Server
    rows: Sequence[Listed]
    assumed: bool = False  # nobody says which product the server is
    now: "Listing | None" = None  # before FLUSH PRIVILEGES or a restart, where that is another table


def listed(name: str, server: Server, *, assumed: bool = False) -> Listing:
    """Return the table of a server, and that of now if different.

    Its clients end at what it refuses.
    """
    held = server.stopped or server
    rows = listing(held)
    memory = held.in_memory
    now = None if memory is None else Listing(name, memory, listing(memory), assumed)
    if now is not None and [_shown(one) for one in now.rows] == [_shown(one) for one in rows]:
        now = None
    return Listing(name, held, rows, assumed, now)


def _shown(one: Listed) -> object:
    return one.number, one.row.user, one.row.host


def text(listings: Sequence[Listing]) -> Page:
    """Return the tables, one block each.

    Products that sort one server alike share a block.
    """
    blocks: dict[tuple[str, ...], list[str]] = {}
    for one in listings:
        blocks.setdefault((one.name, *_body(one)), []).append(one.server.installation.target.label)
    tables = [[f"{name} as {', '.join(labels)}", "", *body] for (name, *body), labels in blocks.items()]
    tables.append([*footnotes((one.server for one in listings), (one.name for one in listings if one.assumed))])
    return page(apart(tables))


def _body(listing: Listing) -> Iterator[str]:
    if listing.now is not None:
        yield "now:"
        yield from _table(listing.now)
        yield ""
        yield "after FLUSH PRIVILEGES or a restart:"
    yield from _table(listing)
    yield ""
    yield from _legend(listing.rows)
    left_out = len(listing.server.declared.accounts) - len(listing.server.accounts)
    if left_out:
        accounts = "account" if left_out == 1 else "accounts"
        yield f"left out: {left_out:,} {accounts} whose user or host only a run could know"
    if listing.server.outcomes:
        yield from not_done(listing.server.outcomes)


def _table(listing: Listing) -> Iterator[str]:
    lines = columns([_HEADS, *(_cells(one) for one in listing.rows)])
    yield next(lines)
    for one, line in zip(listing.rows, lines, strict=True):
        yield line
        for remark in one.remarks(listing.server):
            yield f"       {remark}"


def _cells(one: Listed) -> tuple[str, ...]:
    row = one.row
    if row.role and row.dropped:  # MariaDB keeps roles beside the accounts, without a host
        return "    -", f"'{row.user}'", "", "a role", declared_at(one.entry)
    decided = place(row.value).partition(": ")[0]
    if row.anonymous:
        decided += "; anonymous"
    elif row.role:
        decided += "; a role"
    number = f"{one.number}=" if one.shared else f"{one.number}"
    if row.dropped:
        number = "-"
    return f"{number:>5}", f"'{row.user}'", f"'{row.host}'", decided, declared_at(one.entry)


def _legend(rows: Sequence[Listed]) -> Iterator[str]:
    """Yield each kind of place once with its meaning; N stands for its numbers."""
    meanings: dict[str, str] = {}
    for one in (one for one in rows if not (one.row.role and one.row.dropped)):
        kind, _, meaning = place(one.row.value).partition(": ")
        meanings.setdefault(meaning, _NUMBER.sub("N", kind))
    if any(one.row.anonymous for one in rows):
        meanings["behind named rows of the same rank"] = "anonymous"
    if any(one.shared for one in rows):
        meanings["rows of one rank; where one client fits two of them, which comes first is not settled"] = "="
    for meaning, kind in meanings.items():
        yield f"{kind}: {meaning}"
