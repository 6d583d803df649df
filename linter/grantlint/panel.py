"""As which servers a declaration is judged: the one it names, those asked for, or those assumed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grantlint.access import DEFAULT_PANEL, Census, Installation, Server, ServerSettings, Target, parse_target
from grantlint.errors import TargetError
from grantlint.location import Located, Span
from grantlint.model import DeclaredServer, Fault


class Panel(NamedTuple):
    """A declared server as each product that it is, or may be where nobody says (`assumed`)."""

    declared: DeclaredServer
    servers: tuple[Server, ...]
    settings: ServerSettings
    assumed: bool
    key: object  # equal for panels that treat every host value and grant alike

    def readings(self) -> list[tuple[Server, tuple[str, ...]]]:
        """Return one server for each way to read host values, with the labels of all that read them that way."""
        alike: dict[object, tuple[Server, list[str]]] = {}
        for server in self.servers:
            target = server.installation.target
            alike.setdefault(target.traits.host_reading, (server, []))[1].append(target.label)
        return [(server, tuple(labels)) for server, labels in alike.values()]

    @property
    def span(self) -> Span:
        """Where the server is declared: the place of what has no place of its own."""
        declared = self.declared
        places: list[Span] = [fact.span for fact in declared.facts]
        places += [entry.span for entry in (*declared.accounts, *declared.grantees)]
        places += [role.span for role in declared.roles]
        places += [statement.span for statement in declared.statements]
        return places[0]


def panel(
    declared: DeclaredServer,
    asked: Sequence[Target],
    administrators: Sequence[str] = (),
    otherwise: Sequence[Target] = (),
) -> tuple[Panel, list[Fault]]:
    """Return the servers to judge by: those asked for, else the product that the files name, else `otherwise`.

    Where nothing is said at all, DEFAULT_PANEL is assumed.

    A product that does not exist is a fault at its place, and the server is judged as if it had none.
    """
    faults: list[Fault] = []
    targets = list(asked)
    for facts in declared.facts:
        product = facts.product
        if isinstance(product, Located):
            try:
                named = parse_target(product.value)
            except TargetError as error:
                faults.append(Fault("unknown-server", str(error), product.span, "Name a product and a version."))
            else:
                targets = targets or [named]
    targets = targets or list(otherwise)
    assumed = not targets
    targets = targets or [parse_target(name) for name in DEFAULT_PANEL]
    settings = ServerSettings.of(declared.facts, administrators)
    census = Census(declared)
    servers = tuple(Server(declared, Installation(target, settings), census) for target in targets)
    key = (assumed, tuple(server.installation.key for server in servers))
    return Panel(declared, servers, settings, assumed, key), faults


def panels(
    declared: Iterable[DeclaredServer],
    asked: Sequence[Target],
    administrators: Sequence[str] = (),
    otherwise: Sequence[Target] = (),
) -> tuple[list[Panel], list[Fault]]:
    """Return the panel of each server, and the faults of all; administrators: beside those that the files name."""
    made = [panel(server, asked, administrators, otherwise) for server in declared]
    return [one for one, _ in made], [fault for _, faults in made for fault in faults]
