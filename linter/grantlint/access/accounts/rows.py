"""The rows of an account table, sorted as the server sorts them."""

from collections.abc import Callable, Container, Iterable

from grantlint.access.accounts.order import host_key
from grantlint.access.accounts.reasons import place
from grantlint.access.accounts.stored import (
    created_host,
    created_user,
    inserted_host,
    inserted_user,
    stored_host,
    stored_user,
)
from grantlint.access.host.value import HostValue, host_value, resolves
from grantlint.access.product.target import Target
from grantlint.model.sql import account
from grantlint.platform.typed import Literal

RowsMadeBy = Literal["create", "create_flush", "insert"]
_AS_MADE: dict[RowsMadeBy, tuple[Callable[[str, Target], str], Callable[[str, Target], str]]] = {
    "create": (created_host, created_user),
    "create_flush": (stored_host, stored_user),
    "insert": (inserted_host, inserted_user),
}


class Row:
    """One account row at its place in the server's order.

    `index` is its position in the input. `rank` orders rows: a row of smaller rank is tried first, equal
    ranks are a tie. `dropped`: the server does not use the row at all.
    """

    __slots__ = ("anonymous", "dropped", "host", "index", "rank", "role", "user", "value")

    def __init__(self, user: str, value: HostValue, index: int, rank: int, *, dropped: bool, role: bool) -> None:
        self.user = user
        self.host = value.text
        self.value = value
        self.index = index
        self.rank = rank
        self.anonymous = not user
        self.dropped = dropped
        self.role = role

    @property
    def place(self) -> str:
        """What decides its place in the order."""
        return f"{place(self.value)}; anonymous: behind named rows of its rank" if self.anonymous else place(self.value)

    def __str__(self) -> str:
        return account(self.user, self.host)

    def __repr__(self) -> str:
        return f"<{self} rank {self.rank}>"


def sorted_rows(
    target: Target,
    accounts: Iterable[tuple[str, str]],
    roles: Container[int],
    *,
    skip_name_resolve: bool,
    made_by: RowsMadeBy,
) -> tuple[Row, ...]:
    """Return the rows of accounts, best first.

    The parameters are those of `AccountTable`.
    """
    traits = target.traits
    values: dict[str, HostValue] = {}
    keys: dict[str, int] = {}
    host_of, user_of = _AS_MADE[made_by]
    rows: list[Row] = []
    for index, (written_user, written_host) in enumerate(accounts):
        value = values.get(written_host)
        if value is None:
            value = values[written_host] = host_value(host_of(written_host, target), traits)
            keys[written_host] = host_key(value) << 1
        user = written_user if written_user.isalnum() else user_of(written_user, target)  # a third of the time
        key = keys[written_host] | (not user)
        role = index in roles
        dropped = role and not traits.roles_match
        rows.append(Row(user, value, index, key, dropped=dropped, role=role))
    if skip_name_resolve and made_by != "create" and traits.drops_unresolvable:
        for row in rows:
            row.dropped = row.dropped or resolves(row.host)
    by_text = traits.sort_order == "magic"
    if by_text:
        rows.sort(key=_text, reverse=True)
    rows.sort(key=by_rank)
    _number(rows, by_text=by_text)
    return tuple(rows)


def _number(rows: list[Row], *, by_text: bool) -> None:
    """Turn sort keys into ranks: 0, 1, 2 ...; equal only where the server holds rows to be equal."""
    rank = -1
    key, text = -1, ""
    for row in rows:
        if row.rank != key or (by_text and row.host != text):
            rank += 1
            key, text = row.rank, row.host
        row.rank = rank


def by_rank(row: Row) -> int:
    """Return the sort key of rows."""
    return row.rank


def _text(row: Row) -> str:
    return row.host
