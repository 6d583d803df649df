"""What to do about a host that an image gives to an account."""

from grantlint import Implied, Located

_FIXED = (
    "The image makes this account at '%', and no variable of it changes that: let only the network of its clients "
    "reach the port, or make the account in a script of /docker-entrypoint-initdb.d."
)


def of_image(host: Located[str]) -> str:
    """Return the help for a host that an image implies.

    '' for one that is written or that the format says.
    """
    if not isinstance(host, Implied) or host.key is None:
        return ""
    return f"Set {host.key} to the hosts it comes from, such as localhost or 10.0.3.%." if host.key else _FIXED
