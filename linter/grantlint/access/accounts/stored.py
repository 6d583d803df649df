"""What becomes of a written user and host: after the statement, after a restart, and read from the table.

Manual, account names; facts G3, G4, G5: host values in lower case everywhere, users never; MySQL trims blanks,
on MariaDB they stay in memory until FLUSH PRIVILEGES or a restart and the columns lose the trailing ones;
MariaDB makes `%` of an empty host value.
"""

from grantlint.access.host.client import Client
from grantlint.access.host.value import host_value
from grantlint.access.product.target import Target

BLANKS = " \t\n\v\f\r"
"""What servers trim around names; str.strip takes more, such as U+00A0, which is part of a name."""


def created_host(text: str, target: Target) -> str:
    """Return the host value that CREATE USER leaves in the server's memory."""
    traits = target.traits
    made = text.lower()
    if traits.trims_blanks:
        made = made.strip(BLANKS)
    if traits.ascii_host and not made.isascii():
        made = "".join(character if character.isascii() else "?" for character in made)
    return "%" if not made and traits.empty_host_is_percent else made


def stored_host(text: str, target: Target) -> str:
    """Return the host value that CREATE USER leaves after a restart.

    The same is left after FLUSH PRIVILEGES.

    >>> from grantlint.access.product.target import parse_target
    >>> stored_host("Web1.Example.COM", parse_target("mysql-8.4"))
    'web1.example.com'
    >>> stored_host("", parse_target("mariadb-10.11"))
    '%'
    """
    return inserted_host(created_host(text, target), target)


def takes_client(host: str, client: Client, target: Target) -> bool:
    """Return whether the host of a CREATE USER takes a client."""
    return host_value(stored_host(host, target), target.traits).matches(client)


def inserted_host(text: str, target: Target) -> str:
    """Return the host value that the server reads from a table row.

    `text` is what the row of the grant table holds.
    """
    read = text.rstrip(" ")
    return "%" if not read and target.traits.empty_host_is_percent else read


def created_user(text: str, target: Target) -> str:
    """Return the user name that CREATE USER leaves in the server's memory."""
    return text.strip(BLANKS) if target.traits.trims_blanks else text


def stored_user(text: str, target: Target) -> str:
    """Return the user name that CREATE USER leaves after a restart.

    The same is left after FLUSH PRIVILEGES.
    """
    return inserted_user(created_user(text, target), target)


def inserted_user(text: str, target: Target) -> str:  # noqa: ARG001 - one shape for all of them
    """Return the user name that the server reads from a table row.

    `text` is what the row of the grant table holds.
    """
    return text.rstrip(" ")
