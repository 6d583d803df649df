"""As which servers a declaration is judged: the one it names, those asked for, or those assumed."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from grantlint.access import DEFAULT_PANEL, Census, Installation, Server, ServerSettings, Target, parse_target
from grantlint.access.server.kin import Allowance, Kin
from grantlint.model import DeclaredServer, Fault, NotChecked
from grantlint.model.location import Implied, Located, Span
from grantlint.model.server import NOT_REACHED
from grantlint.platform.deadline import Deadline, TimeIsUpError
from grantlint.platform.errors import TargetError
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that only files with steps need
    from grantlint.access.state.outcome import Outcome

_GLOB = frozenset("*?[")


class Panel(NamedTuple):
    """A declared server as each product that it is judged as.

    `assumed`: it may be each of them, as nobody says.
    """

    declared: DeclaredServer
    servers: tuple[Server, ...]
    settings: ServerSettings
    assumed: bool
    key: object  # equal for panels that treat every host value and grant alike
    kin: Kin

    @property
    def alike(self) -> tuple[tuple[Server, tuple[str, ...]], ...]:
        """One server for each way to decide.

        Rows, grants and logins are decided; each comes with the labels of all that decide them so.
        """
        return self.kin.alike

    def readings(self) -> list[tuple[Server, tuple[str, ...]]]:
        """Return one server for each way to read host values.

        Each comes with the labels of all that read them that way.
        """
        return [(self.servers[number], labels) for number, labels in _readings(tuple(map(_target, self.servers)))]

    @property
    def span(self) -> Span:
        """The place where the server is declared.

        It serves findings without a place of their own.
        """
        return _place(self.declared)


class Panels(NamedTuple):
    """The servers as their products.

    faults: of what the files say of them. late: those for which there was no time.
    """

    made: list[Panel]
    faults: list[Fault]
    late: list[NotChecked]


def _place(declared: DeclaredServer) -> Span:
    places: list[Span] = [fact.span for fact in declared.facts]
    places += [entry.span for entry in (*declared.accounts, *declared.grantees)]
    places += [role.span for role in declared.roles]
    places += [statement.span for statement in declared.statements]
    return places[0]


def _target(server: Server) -> Target:
    return server.installation.target


@lru_cache(maxsize=256)
def _readings(targets: tuple[Target, ...]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    alike: dict[object, tuple[int, list[str]]] = {}
    for number, target in enumerate(targets):
        alike.setdefault(target.traits.host_reading, (number, []))[1].append(target.label)
    return tuple((number, tuple(labels)) for number, labels in alike.values())


@lru_cache(maxsize=256)
def _installations(
    targets: tuple[Target, ...], settings: ServerSettings
) -> tuple[tuple[Installation, ...], tuple[object, ...]]:
    """Return the installations, and a key that tells them apart.

    It is one and the same for servers of which no file says more.
    """
    made = tuple(Installation(target, settings) for target in targets)
    return made, tuple(installation.key for installation in made)


def panel(
    declared: DeclaredServer,
    asked: Sequence[Target],
    administrators: Sequence[str] = (),
    otherwise: Sequence[Target] = (),
    allowance: Allowance | None = None,
) -> tuple[Panel, list[Fault]]:
    """Return the servers to judge by, and faults of their products.

    Those asked for, else the product that the files name, else `otherwise`. Where nothing is said at all, DEFAULT_PANEL
    is assumed, of which a product that is only implied leaves its own. `allowance`: what is left for proofs about all
    servers. A product that does not exist is a fault at its place, and the server is judged as if it had none.
    """
    faults = [*declared.faults]
    targets = list(asked)
    family: str | None = None
    for facts in declared.facts:
        product = facts.product
        if isinstance(product, Implied) and product.value in {"mysql", "mariadb"}:
            family = product.value
        elif isinstance(product, Located):
            try:
                named = parse_target(product.value)
            except TargetError as error:
                faults.append(Fault("unknown-server", str(error), product.span, "Name a product and a version."))
            else:
                targets = targets or [named]
    targets = targets or list(otherwise)
    assumed = not targets
    targets = targets or [one for one in map(parse_target, DEFAULT_PANEL) if family in {None, one.product}]
    settings = ServerSettings.of(declared.facts, _named(declared, administrators))
    installations, keys = _installations(tuple(targets), settings)
    servers = _servers(declared, installations)
    kin = Kin(servers, allowance)
    for server in servers:
        server.kin = kin
    return Panel(declared, servers, settings, assumed, (assumed, keys), kin), faults


def _named(declared: DeclaredServer, administrators: Sequence[str]) -> Sequence[str]:
    """Return the administrators, and the declared users that globs among them name, also those of files."""
    said = [leaf.value for fact in declared.facts for leaf in fact.administrators if isinstance(leaf, Located)]
    globs = [word for word in (*administrators, *said) if not _GLOB.isdisjoint(word)]
    if not globs:
        return administrators
    from fnmatch import fnmatchcase  # noqa: PLC0415 - imports re; only for who writes globs

    entries = (*declared.accounts, *declared.grantees)
    users = sorted({entry.user.value for entry in entries if isinstance(entry.user, Located)})
    return (*administrators, *[user for user in users if any(fnmatchcase(user, glob) for glob in globs)])


class _Held(NamedTuple):
    """What an installation holds after its steps."""

    declared: DeclaredServer
    census: Census
    outcomes: "Sequence[Outcome]" = ()


def _servers(declared: DeclaredServer, installations: Sequence[Installation]) -> tuple[Server, ...]:
    held = (_taken_in_turn if declared.steps else _as_declared)(declared, installations)
    return tuple(
        [
            Server(one.declared, installation, one.census, one.outcomes)
            for installation, one in zip(installations, held, strict=True)
        ]
    )


def _as_declared(declared: DeclaredServer, installations: Sequence[Installation]) -> Sequence[_Held]:
    return [_Held(declared, Census(declared))] * len(installations)


def _taken_in_turn(declared: DeclaredServer, installations: Sequence[Installation]) -> Sequence[_Held]:
    """Return what each installation holds after its steps.

    Those that hold the same share a census.
    """
    from grantlint.access.state.holding import Holdings  # noqa: PLC0415 - for files with steps alone

    holdings = Holdings(declared)
    censuses: dict[int, Census] = {}
    found: list[_Held] = []
    for installation in installations:
        left, outcomes = holdings.of(installation)
        if id(left) not in censuses:
            censuses[id(left)] = Census(left)
        found.append(_Held(left, censuses[id(left)], outcomes))
    return found


def panels(
    declared: Iterable[DeclaredServer],
    asked: Sequence[Target],
    administrators: Sequence[str] = (),
    otherwise: Sequence[Target] = (),
    deadline: Deadline | None = None,
) -> Panels:
    """Return the panel of each server, and the faults of all.

    administrators: beside those that the files name. deadline: when to make no more.
    """
    allowance = Allowance()
    found = Panels([], [], [])
    deadline = deadline or Deadline()
    for server in declared:
        try:
            one, faults = deadline.run(lambda: panel(server, asked, administrators, otherwise, allowance))  # noqa: B023 - called at once
        except TimeIsUpError:
            found.late.append(NotChecked("server", NOT_REACHED, _place(server)))
        else:
            found.made.append(one)
            found.faults.extend(faults)
    return found
