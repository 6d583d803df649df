"""The account table of a server for a machine: one JSON object, versioned."""

from collections.abc import Sequence

from grantlint.access.accounts.rows import Row
from grantlint.access.host.client import Client
from grantlint.access.server.listing import Listed
from grantlint.report.answers.json import Json, client_of, declared, step_not_done
from grantlint.report.page import Page, document
from grantlint.report.strict_json import encoded
from grantlint.report.tables.text import Listing

VERSION = 1


def json(listings: Sequence[Listing]) -> Page:
    """Return the tables as JSON, in ASCII, a row a line."""
    servers = ",\n".join(_server(one) for one in listings)
    return document(f'{{"version":{VERSION},"servers":[\n{servers}\n]}}\n')


def _server(one: Listing) -> str:
    installation = one.server.installation
    head = {
        "server": one.name,
        "judged_as": installation.target.label,
        "note": installation.target.note,
        "measured": installation.target.measured,
        "assumed": one.assumed,
        "skip_name_resolve": installation.skip_name_resolve,
        "accounts_left_out": len(one.server.declared.accounts) - len(one.server.accounts),
        "now": None if one.now is None else [_row(row, one.now) for row in one.now.rows],
        "not_done": [step_not_done(outcome) for outcome in one.server.outcomes],
    }
    rows = ",\n".join(encoded(_row(row, one)) for row in one.rows)
    return f'{encoded(head)[:-1]},"rows":[\n{rows}\n]}}'


def _row(one: Listed, listing: Listing) -> Json:
    row = one.row
    return {
        "place": one.number,
        "shared": one.shared,
        "user": row.user,
        "host": row.host,
        "anonymous": row.anonymous,
        "role": row.role,
        "loaded": not row.dropped,
        "why": row.place,
        "outcome": one.outcome,
        "remarks": one.remarks(listing.server),
        "witness": client_of(one.witness) if one.witness else None,
        "takers": [_other(*taker) for taker in one.takers],
        "tied": [_other(*tie) for tie in one.tied],
        **declared(one.entry),
    }


def _other(row: Row, client: Client) -> Json:
    return {"user": row.user, "host": row.host, "client": client_of(client)}
