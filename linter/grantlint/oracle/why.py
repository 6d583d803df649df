"""Who gets each client of each account table in a file of cases."""

from collections.abc import Iterable, Iterator, Mapping

from grantlint.access import AccountTable, Client, Target, parse_target
from grantlint.access.accounts.creation import made
from grantlint.access.accounts.rows import RowsMadeBy
from grantlint.oracle.lines import cases_in
from grantlint.platform.errors import TargetError, UsageError
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.report.strict_json import encoded

_MADE_BY: dict[object, RowsMadeBy] = {"create": "create", "create_flush": "create_flush", "insert": "insert"}


class Case(NamedTuple):
    """One account table and the connections to decide."""

    id: object
    target: Target
    accounts: list[tuple[str, str]]
    clients: list[tuple[str, Client]]
    skip_name_resolve: bool
    rows_made_by: RowsMadeBy


def answers(path: str, server: Target | None) -> Iterator[str]:
    """Yield a line for each case of a file.

    Raises UsageError for a line that is no case.
    """
    for found, where in cases_in(path):
        yield _answer(_case(found, where, server))


def _answer(case: Case) -> str:
    table = AccountTable(
        case.target,
        made(case.accounts, case.target, by_statement=case.rows_made_by != "insert"),
        skip_name_resolve=case.skip_name_resolve,
        rows_made_by=case.rows_made_by,
    )
    decisions = [table.decide(user, client) for user, client in case.clients]
    winner = [
        decision.error or list(dict.fromkeys(f"{row.user}@{row.host}" for row in decision.rows))
        for decision in decisions
    ]
    return encoded({"id": case.id, "winner": winner}, spaced=True)


def _case(case: Mapping[str, object], where: str, target: Target | None) -> Case:
    written = case.get("rows_made_by", "create")
    made_by = _MADE_BY.get(written) if isinstance(written, str) else None
    if made_by is None:
        raise UsageError(f"{where}: rows_made_by is {written!r}, and must be one of create, create_flush, insert")
    skip = case.get("skip_name_resolve", False)
    if not isinstance(skip, bool):
        raise UsageError(f"{where}: skip_name_resolve is {skip!r}, and must be true or false")
    names = case.get("names", {})
    if not isinstance(names, dict):
        raise UsageError(f"{where}: names is no object from addresses to names")
    return Case(
        case.get("id"),
        target or _target(case.get("server"), where),
        _pairs(case, "accounts", "[user, host value]", where),
        _clients(
            _pairs(case, "clients", "[user, address or socket]", where), cast("Mapping[str, object]", names), where
        ),
        skip,
        made_by,
    )


def _target(server: object, where: str) -> Target:
    if not isinstance(server, str):
        raise UsageError(f"{where}: which server is asked? --server says it for all cases, `server` for one")
    try:
        return parse_target(server)
    except TargetError as error:
        raise UsageError(f"{where}: {error}") from None


def _pairs(case: Mapping[str, object], key: str, what: str, where: str) -> list[tuple[str, str]]:
    found = case.get(key)
    if not isinstance(found, list):
        raise UsageError(f"{where}: {key} is missing, or no list of {what}")
    pairs: list[tuple[str, str]] = []
    for number, entry in enumerate(cast("Iterable[object]", found)):
        pair: list[object] = cast("list[object]", entry) if isinstance(entry, list) else []
        if len(pair) != 2 or not isinstance(pair[0], str) or not isinstance(pair[1], str):  # noqa: PLR2004 - a pair
            raise UsageError(f"{where}: {key}[{number}] is no {what}")
        pairs.append((pair[0], pair[1]))
    return pairs


def _clients(pairs: Iterable[tuple[str, str]], names: Mapping[str, object], where: str) -> list[tuple[str, Client]]:
    clients: list[tuple[str, Client]] = []
    for user, source in pairs:
        name = names.get(source)
        if name is not None and not isinstance(name, str):
            raise UsageError(f"{where}: the name of {source} is no text")
        try:
            clients.append((user, Client.socket() if source == "socket" else Client.tcp(source, name)))
        except ValueError as error:
            raise UsageError(f"{where}: {error}, nor `socket`") from None
    return clients
