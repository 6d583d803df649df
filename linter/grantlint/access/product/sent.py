"""Which plugin a server is sent for an account: the file's, or the one that the tool names of its own accord."""

from grantlint.access.product.target import Target
from grantlint.model.account import Account, Sending
from grantlint.model.location import Implied, Text


def plugin_sent(account: Account, target: Target) -> Text | None:
    """Return the plugin that an account is made with.

    None where it is the server's default.
    """
    said = account.authentication
    if said is None or said.sending is None:
        return said and said.plugin
    if said.plugin is not None:
        return None if said.sending.as_named and not _meets(said.sending, target) else said.plugin
    plugin = plugin_named(said.sending, target)
    span = said.credential.span if said.credential else account.span
    return Implied(plugin, *span) if plugin else None


def plugin_named(sending: Sending, target: Target) -> str:
    """Return the plugin that a tool names to a server.

    '' where it leaves that to the server.
    """
    if target.product == "mariadb":
        return sending.to_mariadb
    old = sending.changed is None or target.version < sending.changed
    return sending.plugin if old and _meets(sending, target) else ""


def is_open(account: Account, target: Target) -> bool:
    """Return whether the plugin depends on the tool's release.

    No file tells that release.
    """
    said = account.authentication
    if said is None or said.plugin is not None or said.sending is None:
        return False
    return _meets(said.sending, target) and not plugin_named(said.sending, target)


def _meets(sending: Sending, target: Target) -> bool:
    return target.product == "mysql" and target.version >= sending.since
