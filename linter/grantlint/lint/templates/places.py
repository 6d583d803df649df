"""Templates about where clients come from, and in which files accounts stand."""

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from ipaddress import IPv4Network, ip_network

from grantlint.access import HostValue, Server, ServerSettings, dotted, user_of
from grantlint.lint.finding import Problem
from grantlint.lint.rule import Check, across_accounts, each_account
from grantlint.lint.templates.parameters import Parameters, is_named
from grantlint.lint.templates.template import TEXTS, Parameter, Template
from grantlint.model import Account
from grantlint.model.location import Located
from grantlint.platform.errors import ConfigError

_OCTETS = re.compile(r"((?:\d{1,3}\.){1,3})%(?:\.%)*")


def _hosts_within(parameters: Parameters, message: str) -> Check:
    users = parameters.texts("users", ("*",))
    names, networks = _split(parameters.texts("hosts"), parameters.where)

    def check(server: Server) -> Iterator[Problem]:
        for account in server.accounts:
            host = account.host
            if not isinstance(host, Located) or account.is_locked or not is_named(user_of(account), users):
                continue
            value = server.host(host.value)
            if not any(fnmatchcase(value.folded, one) for one in names) and not _is_within(value, networks):
                yield Problem(message, host.span)

    return across_accounts(check, alike=True)


def _split(hosts: Sequence[str], where: str) -> tuple[list[str], list[IPv4Network]]:
    """Return the names among the hosts, in small letters, and the networks."""
    names: list[str] = []
    networks: list[IPv4Network] = []
    for host in hosts:
        if "/" not in host:
            names.append(host.lower())
            continue
        try:
            network = ip_network(host)
        except ValueError as error:
            raise ConfigError(f"{where}: hosts: {error}") from error
        if not isinstance(network, IPv4Network):
            raise ConfigError(f"{where}: hosts: {host} is no IPv4 network")
        networks.append(network)
    return names, networks


def _is_within(value: HostValue, networks: Sequence[IPv4Network]) -> bool:
    """Return whether every address that a value takes is in one of the networks; a name has no address here."""
    match = _OCTETS.fullmatch(value.text)
    if value.mask:
        taken = f"{dotted(value.network)}/{value.mask_length}"
    elif match:
        octets = match[1].rstrip(".").split(".")
        taken = f"{'.'.join([*octets, '0', '0', '0'][:4])}/{8 * len(octets)}"
    else:
        taken = value.text
    try:
        network = ip_network(taken)
    except ValueError:
        return False
    return isinstance(network, IPv4Network) and any(network.subnet_of(one) for one in networks)


def _not_in_files(parameters: Parameters, message: str) -> Check:
    users, files = parameters.texts("users"), parameters.texts("files")

    def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
        del settings
        user = account.user
        if isinstance(user, Located) and is_named(user.value, users) and is_named(account.span.source.path, files):
            yield Problem(message, user.span)

    return each_account(check)


PLACES = (
    Template(
        "hosts-within",
        "Networks and names that users come from: hosts, users (optional)",
        _hosts_within,
        (Parameter("hosts", TEXTS, required=True), Parameter("users", TEXTS)),
    ),
    Template(
        "not-in-files",
        "Users of one environment in files of another: users, files",
        _not_in_files,
        (Parameter("users", TEXTS, required=True), Parameter("files", TEXTS, required=True)),
    ),
)
