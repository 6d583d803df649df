"""Why a host value has its place in the order, and does or does not match one client: in words."""

from grantlint.access.accounts.order import NO_WILDCARD, census, prefix_value
from grantlint.access.host.client import LOOPBACK, Client, has_digits_dot
from grantlint.access.host.dead import ADDRESS_CHARACTERS, matches_nobody
from grantlint.access.host.glob import ANY, STAR, tokens
from grantlint.access.host.value import HostValue


def place(value: HostValue) -> str:
    """Return why a host value has its place in the order."""
    order = value.traits.sort_order
    if not value.text:
        return "empty: behind every other host value"
    if order == "magic":
        return _magic_place(value)
    if order == "ip823" and value.network:
        return _number_place(value)
    return _prefix_place(value)


def _prefix_place(value: HostValue) -> str:
    order = value.traits.sort_order
    weight = prefix_value(value.text, percent_is_last=order != "prefix55")
    if weight == 1 and order != "prefix55":
        return "exactly %: behind every other pattern"
    if weight < NO_WILDCARD:
        position = next(at for at, character in enumerate(_raw(value.text), 1) if character in "%_")
        return f"first wildcard at character {position}: later goes first"
    if order == "ip823":
        return "a name or text without wildcard: behind addresses and networks, before every pattern"
    return "no wildcard: before every pattern"


def _raw(text: str) -> list[str]:
    """Return the characters of a pattern, escaped wildcards blotted out."""
    found: list[str] = []
    escaped = False
    for character in text:
        found.append("." if escaped else character)
        escaped = character == "\\" and not escaped
    return found


def _magic_place(value: HostValue) -> str:
    literal, ones, manys, _ = census(value.text)
    if not ones and not manys:
        return "no wildcard: before every pattern; among equals by the text, descending"
    shape = ", ".join(
        f"{count} {what}" for count, what in ((literal, "other characters"), (ones, "_"), (manys, "%")) if count
    )
    if not manys:
        return f"{shape}: behind values without wildcard, before those with %; fewer _ first"
    return f"{shape}: more characters other than % go first, then fewer %, then fewer _"


def _number_place(value: HostValue) -> str:
    if value.kind == "cidr":
        bits = value.mask_length
        which = "shorter" if value.traits.cidr_mask_bits == 64 else "longer"  # noqa: PLR2004 - the faulty width
        return f"prefix of {bits} bits: behind addresses, before netmasks and names; {which} prefixes first"
    if value.kind == "netmask":
        return f"netmask of {value.mask_length} bits: behind addresses and CIDR, before names; longer masks first"
    if value.mask:
        return "an address: before networks, names and patterns"
    return "begins with a whole address: right behind addresses, before networks and names"


def explain(  # noqa: PLR0911 - one return for each reason
    value: HostValue, client: Client, told: str | None, *, skip_name_resolve: bool
) -> str:
    """Return why a host value matches a client or not.

    `client` is as the server sees it; `told` is its name before the server had a say in it.
    """
    if value.matches(client):
        return _why(value, client)
    reason = matches_nobody(value)
    if reason is not None:
        return f"no client ever matches it: {reason}"
    ip, name = client
    if ip is None and (value.mask or _looks_like_address(value)):
        return "the local socket has no address, only the name localhost"
    if value.folded == "localhost" and ip not in LOOPBACK:
        return f"localhost is the socket, 127.0.0.1 and ::1, and {ip} is none of them"
    if name is None and not value.mask and not _looks_like_address(value):
        return _no_name(ip or "", told, skip_name_resolve=skip_name_resolve)
    if value.kind in {"netmask", "cidr"}:
        return f"{ip} lies outside {value.text}"
    shown = f"{name} ({ip})" if name and ip and not value.mask else ip or name
    return f"{shown} does not fit it" if value.kind == "pattern" else f"{shown} is someone else"


def _why(value: HostValue, client: Client) -> str:
    ip, name = client
    if value.kind == "any":
        return "it stands for every client"
    if value.kind in {"netmask", "cidr"}:
        return f"{ip} lies in {value.text}"
    by_name = name is not None and value.matches(Client(None, name))
    if value.kind == "pattern":
        return f"the {'name' if by_name else 'address'} {name if by_name else ip} fits it"
    return f"{ip or 'the local socket'} is called {name}" if by_name else f"{ip} is that address"


def _looks_like_address(value: HostValue) -> bool:
    literal = "".join(part for part in tokens(value.text) if part not in (ANY, STAR))
    return bool(literal) and literal[0] in "0123456789:" and ADDRESS_CHARACTERS.issuperset(literal)


def _no_name(where: str, told: str | None, *, skip_name_resolve: bool) -> str:
    if skip_name_resolve:
        local = "; 127.0.0.1 and ::1 are not localhost then" if where in LOOPBACK else ""
        return f"skip_name_resolve: names are not looked up, {where} has none{local}"
    if told and has_digits_dot(told):
        return f"{told} begins with digits and a dot, so the server throws the name away and knows only {where}"
    if told:
        return f"{told} is taken for a number by the resolver and thrown away: the server knows only {where}"
    return f"{where} has no name that look-ups in both directions agree on"
