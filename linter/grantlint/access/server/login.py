"""What follows once the row is chosen, told from the account's declaration: who may come in as it, and how."""

from collections.abc import Iterator

from grantlint.access.accounts.admission import (
    UNKNOWN_PLUGIN,
    Admission,
    Approach,
    Bar,
    ConnectionSettings,
    Refusal,
    Standing,
    admit,
)
from grantlint.access.host.client import Client
from grantlint.access.product.installation import Installation
from grantlint.access.product.platforms import plugins_on, wants_tls
from grantlint.access.product.sent import is_open, plugin_sent
from grantlint.access.product.target import Target
from grantlint.access.server.server import Server
from grantlint.model import Account, Role
from grantlint.model.location import Located, Text, text_of
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal

_MANY = 1 << 40  # connections within an hour, or at a time
_SOMEBODY_ELSE = "someone else"  # no operating system has a user of that name


class Condition(NamedTuple):
    """A way to come that the account refuses, and the error."""

    how: str
    refusal: Refusal


class Login(NamedTuple):
    """An account's answer to a client with the right password.

    `conditions`: ways to come that get another error first.
    """

    admission: Admission
    conditions: tuple[Condition, ...]


def login(server: Server, entry: Account | Role, user: str, client: Client) -> Login:
    """Return what a row's declaration says of a client given it."""
    target = server.installation.target
    standing = standing_of(entry, target)
    settings = connection_settings(server.installation, entry)
    sure = admit(target, standing, user, client, settings=settings)

    conditions: list[Condition] = []
    for how, approach in _approaches(standing):
        found = admit(target, standing, user, client, approach, settings).refusals
        known = (*sure.refusals, *(condition.refusal for condition in conditions))
        if found and found[0] not in known:
            conditions.append(Condition(how, found[0]))
    if isinstance(entry, Account) and (no := _by_older_tool(entry, target)) is not None:
        conditions.append(no)
    return Login(sure, tuple(conditions))


def _by_older_tool(account: Account, target: Target) -> Condition | None:
    """Return the error that an account of an older tool gets.

    It names a plugin that the server has no more; None otherwise.
    """
    said = account.authentication
    if said is None or said.sending is None or not is_open(account, target):
        return None
    plugin = said.sending.plugin
    if plugin in target.traits.plugins - target.traits.plugins_off:
        return None
    message = f"Plugin '{plugin}' is not loaded"
    how = f"as an older release of the tool makes it: {said.sending.tool} named {plugin}"
    return Condition(how, Refusal(Bar.PLUGIN, UNKNOWN_PLUGIN, message, "the server has this plugin no more"))


def fate(server: Server, entry: Account | Role, user: str, client: Client) -> str:
    """Return what becomes of a client that was given a row.

    It is the end of a sentence about the client.
    """
    refusals = _refusals(server, entry, user, client)
    if refusals:
        return f"gets ERROR {refusals[0].error} as {entry}: {refusals[0].cause}"
    return f"is logged in as {entry}"


def has_sure_session(server: Server, account: Account, client: Client) -> bool:
    """Return whether the client gets a session with all grants known."""
    user = server.user_of(account)
    sure = server.certainty.of_winner(user, client) and server.certainty.of_grants(user)
    return sure and not _refusals(server, account, user, client)


def _refusals(server: Server, entry: Account | Role, user: str, client: Client) -> tuple[Refusal, ...]:
    """Return what refuses the client however it comes."""
    installation = server.installation
    settings = connection_settings(installation, entry)
    return admit(installation.target, standing_of(entry, installation.target), user, client, settings=settings).refusals


def _approaches(standing: Standing) -> Iterator[tuple[str, Approach]]:
    yield "without TLS", Approach(tls=False, certificate=False)
    yield "without a certificate that fits", Approach(tls=True, certificate=False)
    yield f"as another operating system user than {standing.user!r}", Approach(os_user=_SOMEBODY_ELSE)
    yield f"beside {standing.user_connections} open sessions", Approach(sessions=_MANY)
    yield f"after {standing.connections_per_hour} connections within an hour", Approach(connections=_MANY)


def standing_of(entry: Account | Role, target: Target) -> Standing:
    """Return what a declaration demands once its row is chosen.

    What is not known demands nothing.
    """
    if isinstance(entry, Role):
        return Standing.role(text_of(entry.name))
    said = plugin_sent(entry, target)
    plugin = text_of(said) if said is not None else ""
    limits = {limit.name.value.upper(): text_of(limit.value) for limit in entry.limits}
    return Standing(
        text_of(entry.user),
        plugin=plugin or None,
        locked=entry.is_locked,
        expired=entry.is_expired,
        require=_requirement(entry.require),
        connections_per_hour=_number(limits.get("MAX_CONNECTIONS_PER_HOUR", "")),
        user_connections=_number(limits.get("MAX_USER_CONNECTIONS", "")),
    )


def _number(limit: str) -> int:
    return int(limit[:19]) if limit.isdecimal() else 0  # Python reads no number of thousands of digits


def connection_settings(installation: Installation, entry: Account | Role) -> ConnectionSettings:
    """Return the server variables that matter to a login.

    They are taken as far as the files state them.
    """
    settings = installation.settings
    stated = settings.value("require_secure_transport") is not None
    disconnect = settings.value("disconnect_on_expired_password")
    said = plugin_sent(entry, installation.target) if isinstance(entry, Account) else None
    own = {said.value} if isinstance(said, Located) and installation.loads(said) else set[str]()
    return ConnectionSettings(
        settings.is_on("require_secure_transport") if stated else wants_tls(installation.target),
        None if disconnect is None else settings.is_on("disconnect_on_expired_password"),
        settings.plugins | own | plugins_on(installation.target),
    )


def _requirement(require: tuple[Text, ...]) -> Literal["", "SSL", "X509", "SPECIFIED"]:
    words = {text_of(leaf).split(None, 1)[0].upper() for leaf in require if text_of(leaf)}
    if words & {"SUBJECT", "ISSUER", "CIPHER"}:
        return "SPECIFIED"
    if "X509" in words:
        return "X509"
    return "SSL" if "SSL" in words else ""
