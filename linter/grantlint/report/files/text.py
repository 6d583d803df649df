"""Which files were taken as what: a line a file, for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from grantlint.model import Account, Declarations
from grantlint.model.location import Implied, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.report.columns import columns
from grantlint.report.page import Page, named, page

_WIDEST = 72  # a path as long as most; a longer one pushes its line to the right


class Taken(NamedTuple):
    """A file that was read, and how many of each it holds.

    unresolved: values that only a run could know, and what the reader saw and could not read. removals: accounts and
    roles that it takes away. faults: places that are wrong in themselves.
    """

    path: str
    format: str
    accounts: int
    grants: int
    roles: int
    settings: int
    removals: int
    unresolved: int
    faults: int


class PassedOver(NamedTuple):
    """A file or folder that was not read, and why."""

    path: str
    why: str


class Inventory(NamedTuple):
    """All files that were looked at. remarks: sentences about how."""

    taken: Sequence[Taken]
    passed_over: Sequence[PassedOver]
    remarks: Sequence[str] = ()


def taken(path: str, format_name: str, parts: Iterable[Declarations]) -> Taken:
    """Return how many of each kind a file declares."""
    parts = [*parts]
    accounts = [account for part in parts for account in part.accounts]
    granted_apart = [grant for part in parts for grant in part.grants]
    roles = [role for part in parts for role in part.roles]
    settings = [
        value
        for part in parts
        for value in (part.server.settings.values() if part.server else ())
        if not isinstance(value, Implied)
    ]
    grants = [grant for account in accounts for grant in account.grants]
    grants += [grant for role in roles for grant in role.grants] + [one.grant for one in granted_apart]
    leaves: list[object] = [leaf for account in accounts for leaf in _leaves(account)]
    leaves += [leaf for one in granted_apart for leaf in (one.user, one.host)]
    leaves += [leaf for role in roles for leaf in (role.name, role.host)]
    leaves += [leaf for grant in grants for leaf in (grant.target, grant.option, *grant.privileges)]
    leaves += settings
    unresolved = {id(leaf) for leaf in leaves if isinstance(leaf, Unresolved)}
    return Taken(
        path,
        format_name,
        accounts=len(accounts),
        grants=len(grants),
        roles=len(roles),
        settings=len(settings),
        removals=sum(part.removals for part in parts),
        unresolved=len(unresolved) + sum(len(part.not_checked) for part in parts),
        faults=sum(len(part.faults) for part in parts),
    )


def _leaves(account: Account) -> tuple[object, ...]:
    return account.user, account.host, account.locked, account.comment, *account.require


def text(inventory: Inventory) -> Page:
    """Return a line for each file by path, and a summary."""
    rows = [(named(one.path), one.format, ", ".join(_counts(one)) or "no declarations") for one in inventory.taken]
    rows += [(named(one.path), "-", one.why) for one in inventory.passed_over]
    listed = [*columns(sorted(rows), _WIDEST), ""] if rows else []
    return page([*listed, _summary(inventory), *inventory.remarks])


def _counts(one: Taken) -> Iterator[str]:
    for many in ("accounts", "grants", "roles", "settings", "removals"):
        number: int = getattr(one, many)
        if number:
            yield _counted(number, many)
    if one.unresolved:
        yield f"{one.unresolved:,} unresolved"
    if one.faults:
        yield _counted(one.faults, "faults")


def _summary(inventory: Inventory) -> str:
    formats = Counter(one.format for one in inventory.taken)
    kinds = ", ".join(f"{name} {number:,}" for name, number in sorted(formats.items()))
    totals = [
        _counted(sum(one.accounts for one in inventory.taken), "accounts"),
        _counted(sum(one.grants for one in inventory.taken), "grants"),
        f"{sum(one.unresolved for one in inventory.taken):,} unresolved",
    ]
    read = _counted(len(inventory.taken), "files") + " taken" + (f" ({kinds})" if kinds else "")
    return f"{read}, {len(inventory.passed_over):,} passed over: {', '.join(totals)}"


def _counted(number: int, many: str) -> str:
    return f"{number:,} {many if number != 1 else many.removesuffix('s')}"
