"""Rows at hand by what they can match, so that a client need not be tried on all of them.

Literal values by their text, networks by mask and network, patterns by the literal text before their first
or behind their last wildcard. What comes out may still not match; nothing that matches is left out.
"""

from collections.abc import Iterable, Iterator

from grantlint.access.address import client_number
from grantlint.access.client import Client
from grantlint.access.glob import ANY, STAR
from grantlint.access.rows import Row

_ByText = dict[str, list[Row]]


class Candidates:
    """Some rows of a table, each found by the clients that it may match."""

    __slots__ = ("_lengths", "_literal", "_networks", "_numbers", "_prefixes", "_rest", "_suffixes")

    def __init__(self, rows: Iterable[Row]) -> None:
        self._literal: _ByText = {}
        self._networks: dict[int, dict[int, list[Row]]] = {}
        self._numbers: list[Row] = []
        self._prefixes: _ByText = {}
        self._suffixes: _ByText = {}
        self._rest: list[Row] = []
        for row in rows:
            self._add(row)
        self._lengths = ({len(text) for text in self._prefixes}, {len(text) for text in self._suffixes})

    def _add(self, row: Row) -> None:
        value = row.value
        if value.kind == "literal" and (not value.mask or value.is_address):
            self._literal.setdefault(value.folded, []).append(row)
        elif value.mask:
            self._networks.setdefault(value.mask, {}).setdefault(value.network, []).append(row)
            self._numbers.append(row)
        elif value.kind == "any":
            self._rest.append(row)
        else:
            self._add_pattern(row)

    def _add_pattern(self, row: Row) -> None:
        parts = row.value.name_glob.tokens
        wild = [at for at, part in enumerate(parts) if part in (ANY, STAR)] or [len(parts)]
        prefix, suffix = "".join(parts[: wild[0]]), "".join(parts[wild[-1] + 1 :])
        if not prefix and not suffix:
            self._rest.append(row)
        elif len(prefix) >= len(suffix):
            self._prefixes.setdefault(prefix, []).append(row)
        else:
            self._suffixes.setdefault(suffix, []).append(row)

    def near(self, client: Client) -> Iterator[Row]:
        """Yield the rows that may match `client`, in no order."""
        ip, name = client
        yield from self._rest
        for text in (ip, name.lower() if name else None):
            if text:
                yield from self._literal.get(text, ())
                for length in self._lengths[0]:
                    yield from self._prefixes.get(text[:length], ())
                for length in self._lengths[1]:
                    yield from self._suffixes.get(text[-length:], ())
        number = client_number(ip) if ip is not None else None
        if number is None:
            yield from self._numbers  # compared as text with a name that looks like a number: next to never
            return
        for mask, networks in self._networks.items():
            yield from networks.get(number & mask, ())

    def best(self, client: Client) -> list[Row]:
        """Return the rows of least rank that match `client`."""
        found: list[Row] = []
        for row in self.near(client):
            if (not found or row.rank <= found[0].rank) and row.value.matches(client):
                if found and row.rank < found[0].rank:
                    found.clear()
                if row not in found:
                    found.append(row)
        return found
