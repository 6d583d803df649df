"""What can be said of a host value without knowing the server."""

from grantlint.access.host.value import HostValue

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What a host value of names has some of, for `each_host(check, having=LETTERS)`."""
_DIGITS = "0123456789"
_OF_NAMES = frozenset(LETTERS + _DIGITS + ".-_")
_OF_IPV4 = frozenset(_DIGITS + ".")
_OF_IPV6 = frozenset(_DIGITS + "abcdef:")


def is_any_host(text: str) -> bool:
    """Return whether a host value matches every IPv4 address.

    That is `%`, the empty one, `%%`, `%.%`, `_%` and the like.

    >>> is_any_host("%"), is_any_host("%.%.%.%"), is_any_host("10.%")
    (True, True, False)
    """
    if text in {"", "%"}:
        return True
    if text.strip("%_.") or "%" not in text:
        return False
    # The shortest and the longest address decide: between them a pattern of %, _ and dots takes all or has holes.
    parts = text.split(".")
    return len(parts) <= 4 and text.count("_") <= 1 and all("%" in part for part in parts)  # noqa: PLR2004 - octets


def needs_name(host: HostValue) -> bool:
    """Return whether a host value matches clients only by name.

    Without look-ups it matches nobody then. True for names and for patterns of names; false for what no client can have
    as a name either.
    """
    if host.mask or host.kind == "any":
        return False
    literal = {token.lower() for token in host.name_glob.tokens if len(token) == 1}
    return (
        literal <= _OF_NAMES
        and any(character.isalpha() for character in literal)
        and not literal <= _OF_IPV4
        and not literal <= _OF_IPV6
    )
