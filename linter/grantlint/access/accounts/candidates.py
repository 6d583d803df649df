"""Rows, of accounts or of grants, at hand by what they can match: a client need not be tried on all of them.

Literal values by their text, networks by mask and network, patterns by the literal text before their first
or behind their last wildcard. What comes out may still not match; nothing that matches is left out.
"""

from collections.abc import Iterable, Iterator

from grantlint.access.host.address import client_number
from grantlint.access.host.client import Client
from grantlint.access.host.glob import ANY, STAR
from grantlint.access.host.value import HostValue
from grantlint.platform.typed import Generic, Protocol, TypeVar


class Placed(Protocol):
    """What of a row is looked at."""

    @property
    def value(self) -> HostValue:
        """Its host value."""
        ...


SomeRow = TypeVar("SomeRow", bound=Placed)


class Candidates(Generic[SomeRow]):
    """Some rows of a table, found by a client that may match."""

    __slots__ = ("_lengths", "_literal", "_networks", "_numbers", "_prefixes", "_rest", "_suffixes")

    def __init__(self, rows: Iterable[SomeRow]) -> None:
        self._literal: dict[str, list[SomeRow]] = {}
        self._networks: dict[int, dict[int, list[SomeRow]]] = {}
        self._numbers: list[SomeRow] = []
        self._prefixes: dict[str, list[SomeRow]] = {}
        self._suffixes: dict[str, list[SomeRow]] = {}
        self._rest: list[SomeRow] = []
        for row in rows:
            self._add(row)
        self._lengths = ({len(text) for text in self._prefixes}, {len(text) for text in self._suffixes})

    def _add(self, row: SomeRow) -> None:
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

    def _add_pattern(self, row: SomeRow) -> None:
        parts = row.value.name_glob.tokens
        wild = [at for at, part in enumerate(parts) if part in (ANY, STAR)] or [len(parts)]
        prefix, suffix = "".join(parts[: wild[0]]), "".join(parts[wild[-1] + 1 :])
        if not prefix and not suffix:
            self._rest.append(row)
        elif len(prefix) >= len(suffix):
            self._prefixes.setdefault(prefix, []).append(row)
        else:
            self._suffixes.setdefault(suffix, []).append(row)

    def near(self, client: Client) -> Iterator[SomeRow]:
        """Yield the rows that may match a client.

        They come in no order; one may come twice.
        """
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
