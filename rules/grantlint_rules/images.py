"""What to do about a host that an image gives to an account, where a variable says another one."""

from grantlint import Implied, Located


def of_image(host: Located[str]) -> str:
    """Return the help that names an implied host's variable.

    '' for one that is written, that the format says, or that no variable changes.
    """
    if not isinstance(host, Implied) or not host.key:
        return ""
    return f"Set {host.key} to the hosts it comes from, such as 10.0.3.%; localhost is the container alone."
