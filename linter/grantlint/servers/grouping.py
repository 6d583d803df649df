"""Which declarations make one server: those of one server name, else those of one unit, else those of one file."""

import os
from collections.abc import Iterable, Sequence
from itertools import takewhile

from grantlint.model import Account, Before, Declarations, DeclaredServer, Fault, Grant, GrantTo
from grantlint.model.account import identity
from grantlint.model.location import Located
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.servers.option_files import Settings, settings_of
from grantlint.servers.taking_in import together

if TYPE_CHECKING:  # as in model/declarations.py
    from grantlint.model.step import Step

_NO_SETTINGS = Settings()


class Gathered(NamedTuple):
    """A declared server and the parts of files that make it.

    Option files are left out.
    """

    parts: tuple[Declarations, ...]
    declared: DeclaredServer


def group(declarations: Iterable[Declarations]) -> list[DeclaredServer]:
    """Return the servers that declarations make, as first seen.

    There is one for each name, each unit, and each file that has neither. Files of different formats never share a
    server by name alone: each format has names of its own. A name or a unit is shared by all parts that say it, also
    those that only tell facts, such as a server's settings or hosts. What a server includes belongs to it, and to each
    of several that include the same. Option files tell the settings of the servers of their scope; what a server's own
    files say goes before.
    """
    return [one.declared for one in gathered(declarations)]


def gathered(declarations: Iterable[Declarations]) -> list[Gathered]:
    """Return the servers of `group`, each with its parts."""
    every_part = [*declarations]
    option_files = [part for part in every_part if part.only_settings and part.server]
    numbered = _apart((_key(part, number), part) for number, part in enumerate(every_part) if not part.only_settings)
    homes = _homes(numbered)
    parts, faults = together(numbered, homes)
    servers = {key: of_server for key, of_server in parts.items() if any(map(_declares, of_server))}
    said: Iterable[Settings] = [_NO_SETTINGS] * len(servers)
    if option_files:
        said = settings_of([*servers.values()], option_files)
    return [
        Gathered(tuple(of_server), _server(key[0], of_server, more, [faults[key]] if key in faults else []))
        for (key, of_server), more in zip(servers.items(), said, strict=True)
    ]


def _key(part: Declarations, number: int) -> tuple[str, ...]:
    """Return the key that parts of one server share.

    The server's name counts first.
    """
    name = part.server.name if part.server else None
    if isinstance(name, Located):
        return (name.value, part.format)
    return (part.unit,) if part.unit else (part.path, part.format, str(number))


def _apart(numbered: Iterable[tuple[tuple[str, ...], Declarations]]) -> list[tuple[tuple[str, ...], Declarations]]:
    """Return the parts with their keys, apart where objects repeat.

    Parts that have the same object are the same manifests for another cluster. A part goes to the nearest folder of
    those that do not have its objects yet.
    """
    told: list[tuple[tuple[str, ...], Declarations]] = []
    installed: dict[tuple[str, ...], list[tuple[str, set[str]]]] = {}
    for key, part in numbered:
        number = 0
        if part.objects:
            folder, there = os.path.dirname(part.path), installed.setdefault(key, [])
            free = [at for at, (_, objects) in enumerate(there) if objects.isdisjoint(part.objects)]
            near = {at: _shared_folders(there[at][0], folder) for at in free}
            number = max(near, key=near.__getitem__, default=len(there))
            if number == len(there):
                there.append((folder, set()))
            there[number][1].update(part.objects)
        told.append(((*key, str(number)) if number else key, part))
    return told


def _shared_folders(one: str, other: str) -> int:
    pairs = zip(one.split(os.sep), other.split(os.sep), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _homes(numbered: Iterable[tuple[tuple[str, ...], Declarations]]) -> dict[str, list[tuple[str, ...]]]:
    """Return the servers to which included files and folders belong."""
    homes: dict[str, list[tuple[str, ...]]] = {}
    for key, part in numbered:
        for path in part.includes or ():
            homes.setdefault(os.path.normpath(path), []).append(key)
    return homes


def _declares(part: Declarations) -> bool:
    return bool(part.accounts or part.grants or part.roles or part.statements or part.steps)


def _server(name: str, parts: list[Declarations], settings: Settings, faults: Sequence[Fault]) -> DeclaredServer:
    accounts, grantees = _joined(
        [account for part in sorted(parts, key=_comes_after) for account in part.accounts],
        [grant for part in parts for grant in part.grants],
    )
    declared = DeclaredServer(
        name=name,
        facts=(*settings.facts, *(part.server for part in parts if part.server)),
        accounts=tuple(accounts),
        grantees=tuple(grantees),
        roles=tuple(role for part in parts for role in part.roles),
        memberships=tuple(member for part in parts for member in part.memberships),
        hosts=tuple(host for part in parts for host in part.hosts),
        statements=tuple(statement for part in parts for statement in part.statements),
        not_checked=settings.not_checked,
        default_roles=tuple(one for part in parts for one in part.default_roles),
        every_role=tuple(one for part in parts for one in part.every_role),
        revoked=tuple(one for part in parts for one in part.revoked),
        denied=tuple(one for part in parts for one in part.denied),
        before=_before(parts),
        steps=tuple(_steps(name, parts)),
        glimpses=tuple([part.glimpse for part in parts if part.glimpse is not None]),
        logins=tuple(credential for part in parts for credential in part.logins),
        faults=tuple(faults),
        begins_empty=_begins_empty(parts, settings),
    )
    if len(parts) == 1 or not declared.steps:
        return declared
    from grantlint.access.state.holding import at_its_word  # noqa: PLC0415 - few servers have steps

    return at_its_word(declared)


def _steps(name: str, parts: list[Declarations]) -> "list[Step]":
    """Return the steps of all files in turn; an image's entry point runs what is mounted, and then starts anew."""
    steps = [step for part in sorted(parts, key=_comes_after) for step in part.steps]
    if not steps or all(part.includes is None for part in parts):
        return steps
    from grantlint.model.step import ENTRY_POINT, Call, Step  # noqa: PLC0415 - few servers have steps
    from grantlint.model.step.acts import FlushPrivileges  # noqa: PLC0415 - as above

    call = Call(ENTRY_POINT, name)
    mounted = [step if step.call is None else step._replace(call=call) for step in steps]
    return [*mounted, Step(FlushPrivileges(), steps[-1].span)]


def _begins_empty(parts: list[Declarations], settings: Settings) -> bool:
    """Return whether all is known that an image runs at its first start."""
    if not any(part.server is not None and part.server.runs is not None for part in parts):
        return False
    return not settings.not_checked and not any(part.not_checked for part in parts)


def _before(parts: list[Declarations]) -> Before:
    """Return what is declared without steps.

    Nothing where there are no steps, since nothing has to be told apart then.
    """
    if not any(part.steps for part in parts):
        return Before()
    stepped = {id(one) for part in parts for one in part.by_steps}
    return Before(
        tuple([one for part in parts for one in part.accounts if id(one) not in stepped]),
        tuple([one for part in parts for one in part.grants if id(one) not in stepped]),
        tuple([one for part in parts for one in part.roles if id(one) not in stepped]),
        tuple([one for part in parts for one in part.memberships if id(one) not in stepped]),
        tuple([one for part in parts for one in part.revoked if id(one) not in stepped]),
        tuple([one for part in parts for one in part.denied if id(one) not in stepped]),
    )


def _comes_after(part: Declarations) -> bool:
    """Return whether a file may be included by others, which come first."""
    return part.includes is None


def _joined(accounts: list[Account], grants: list[GrantTo]) -> tuple[list[Account], list[Account]]:
    """Give each account the grants that name it.

    What is left makes grantees, one for each account named.
    """
    if not grants:
        return accounts, []
    by_account: dict[tuple[object, ...], list[Grant]] = {}
    first: dict[tuple[object, ...], GrantTo] = {}
    for grant in grants:
        key = identity(grant.user, grant.host)
        by_account.setdefault(key, []).append(grant.grant)
        first.setdefault(key, grant)
    joined: list[Account] = []
    for account in accounts:
        more = by_account.pop(account.identity, None)
        joined.append(account._replace(grants=(*account.grants, *more)) if more else account)
    return joined, [
        Account(first[key].user, first[key].host, more[0].span, grants=tuple(more), named_alone=True)
        for key, more in by_account.items()
    ]
