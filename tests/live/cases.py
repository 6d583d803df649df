"""Random account tables and clients, with every spelling of host values that is known to be treated specially.

A case has the shape that `python -m grantlint.oracle why` reads.
"""

from random import Random
from typing import TypedDict

from grantlint.access import RowsMadeBy

ADMINISTRATOR = ("root", "localhost")
"""The first account of every case: what stands for the system accounts that each server has."""

_USERS = ("a", "a", "a", "b", "b", "", "", "A", "a%", "a_", "c ")
_ASKING = ("a", "a", "b", "", "A", "zz", "a%", "c")
_MADE: tuple[RowsMadeBy, ...] = ("create", "create_flush", "insert")
_NAMES = (
    "web1.example.com", "web2.example.com", "db.example.com", "thomas.loc.gov", "host.x.y", "host.x.y.com", "web",
    "1foo.com", "12a.foo.com", "1-2.foo.com", "12.foo", "1.2.foo.com", "144.155.166.somewhere.com", "9.foo.com",
    "10.0.3.evil.com", "12345", "WEB3.Example.COM", "a_b.example.com", "-x.foo", "_srv.foo", "xn--mnchen-3ya.de",
    "localhost.localdomain", "l" * 62 + ".example.com", "a" * 60, "x.y", "x.y.net", "0a.b", "localhost",
)  # fmt: skip
_EVERYWHERE = (
    "%", "%", "%", "", "%%", "%_", "_%", "_", "%.%", "%:%", "%-%", "localhost", "localhost", "LOCALHOST", "local%",
    "_ocalhost", "%host", "%.com", "%.example.com", "127.0.0.1", "127.%", "127.0.0.1%", "127.0.0.0/8",
    "127.0.0.0/255.0.0.0", "::1", "::%", "*", "%.*", "0.0.0.0", "0.0.0.0/0", "0.0.0.0/0.0.0.0", "0.0.0.0/1",
    "0.0.0.0/128.0.0.0", "128.0.0.0/1", "128.0.0.0/128.0.0.0", "%/24", "%/255.255.255.0", "web1.example.com/24",
    "::/0", "2001:db8::/32", "fe80::%", "\\%", "\\", "%\\", "\\_%", "1%", "%1", "12.foo", "12.%", "1.2.%", "1__.%",
    "10/8", "10.0.3", "10.0.3.", "10.0.3.*", "10.0.3.%/24", "0x0a000307", "http://example.com", "[::1]", "/", "/8",
    "/255.255.255.0", "%.gov", "%gov", "t%", "%m", "_eb1.example.com", "web_.example.com", "www%.com", "w%w%",
)  # fmt: skip


class Case(TypedDict):
    """One account table and the connections to try."""

    id: str
    skip_name_resolve: bool
    rows_made_by: RowsMadeBy
    names: dict[str, str]
    accounts: list[tuple[str, str]]
    clients: list[tuple[str, str]]


def random_case(name: str, random: Random, *, skip_name_resolve: bool, ipv6: bool, loopback: bool) -> Case:
    """Return a case; `loopback`: all clients are at 127.0.x.y, and nobody can give them names."""
    addresses = _loopback(random) if loopback else _addresses(random, ipv6=ipv6)
    names: dict[str, str] = {}
    if not loopback:
        named = [address for address in addresses if address not in ("127.0.0.1", "::1") and random.random() < 0.7]
        names = {address: _name(random) for address in named}
    texts = [*addresses, *names.values()]
    size = random.choice((2, 3, 4, 6, 8, 12, 20))
    rows = [(random.choice(_USERS), _host(random, texts)) for _ in range(size)]
    sources = [*addresses, "socket"]
    clients = [(user, source) for source in sources for user in dict.fromkeys(random.choices(_ASKING, k=4))]
    accounts = [ADMINISTRATOR, *dict.fromkeys(rows)]
    made = random.choice(_MADE)
    return Case(
        id=name,
        skip_name_resolve=skip_name_resolve,
        rows_made_by=made,
        names=names,
        accounts=accounts,
        clients=clients,
    )


# -- clients -------------------------------------------------------------------------------------------


def _loopback(random: Random) -> list[str]:
    near = [f"127.0.{random.randint(0, 3)}.{random.randint(1, 20)}" for _ in range(5)]
    far = [f"127.{random.randint(0, 255)}.{random.randint(0, 255)}.{random.randint(1, 254)}" for _ in range(2)]
    return list(dict.fromkeys(["127.0.0.1", "127.0.0.2", *near, *far]))


def _addresses(random: Random, *, ipv6: bool) -> list[str]:
    first, second, third = random.choice(((10, 0, 3), (144, 155, 166), (192, 168, 0), (random.randint(1, 126), 1, 1)))
    stem = f"{first}.{second}"
    found = ["127.0.0.1", *(f"{stem}.{third}.{random.choice((1, 5, 7, 8, 17, 77, 177, 254))}" for _ in range(4))]
    found.append(f"{stem}.{random.randint(0, 255)}.{random.randint(0, 255)}")
    found.append(f"{random.choice((1, 9, 100, 126, 172, 223))}.{random.randint(0, 255)}.3.{random.randint(0, 255)}")
    if random.random() < 0.3:
        found.append("127.0.0.2")
    if ipv6 and random.random() < 0.5:
        found += [random.choice(("::1", "2001:db8::5")), f"2001:db8::{random.choice(('5', 'a:1', '10:0:0:1', 'ff'))}"]
    return list(dict.fromkeys(found))


def _name(random: Random) -> str:
    if random.random() < 0.7:
        return random.choice(_NAMES)
    return ".".join("".join(random.choices("ab1", k=random.randint(1, 3))) for _ in range(random.randint(1, 3)))


# -- host values ---------------------------------------------------------------------------------------


def _host(random: Random, texts: list[str]) -> str:
    """Return a host value: about one of the clients' addresses or names, or one that is special by itself."""
    if random.random() < 0.2:
        return random.choice(_EVERYWHERE)
    text = random.choice(texts)
    numeric = text.count(".") == 3 and text.replace(".", "").isdigit()
    if numeric and random.random() < 0.45:
        return _network(random, text)
    if ":" in text and random.random() < 0.3:
        return _spelled_ipv6(random, text)
    return _spelled(random, _pattern(random, text))


def _pattern(random: Random, text: str) -> str:
    """Return `text`, or parts of it with wildcards for the others."""
    begin, end = sorted(random.choices(range(len(text) + 1), k=2))
    wild = random.choice(("%", "%", "%", "%", "%%", "%_", "_%", "%_%", "_", "__", "%%_"))
    match random.randrange(8):
        case 0 | 1:
            return text
        case 2:
            return text[:begin] + wild
        case 3:
            return wild + text[end:]
        case 4:
            return text[:begin] + wild + text[end:]
        case 5:
            return text[:-1] + random.choice(("_", "%"))
        case 6:
            return "".join("_" if random.random() < 0.15 else character for character in text)
        case _:
            return text + wild


def _spelled(random: Random, text: str) -> str:
    """Return `text`, seldom with an escape, another case, a dot or a blank that changes or kills it."""
    place = random.randint(0, len(text))
    match random.randrange(40):
        case 0 | 1:
            return text[:place] + "\\" + text[place:]
        case 2:
            return text.replace("_", "\\_").replace("%", "\\%")
        case 3:
            return text.upper()
        case 4:
            return text + "."
        case 5:
            return text + random.choice((" ", "\\", "%", ":3306", "\t"))
        case 6:
            return random.choice((" ", "+", "0", "%")) + text
        case _:
            return text


def _network(random: Random, text: str) -> str:
    """Return a row about numbers: a mask, a prefix length, padded or cut quads."""
    quads = [int(quad) for quad in text.split(".")]
    bits = random.choice((1, 4, 8, 12, 15, 16, 20, 23, 24, 25, 28, 30, 31, 32))
    mask = [(0xFFFFFFFF << (32 - bits) >> shift) & 255 for shift in (24, 16, 8, 0)]
    if random.random() < 0.15:
        mask = random.choice(([255, 0, 255, 0], [255, 0, 0, 255], [0, 0, 0, 255], [255, 255, 255, 1], [0, 0, 0, 0]))
    network = quads if random.random() < 0.1 else [quad & part for quad, part in zip(quads, mask, strict=True)]
    base, masked = _dotted(network), _dotted(mask)
    match random.randrange(12):
        case 0 | 1 | 2 | 3:
            return f"{base}/{masked}"
        case 4 | 5 | 6:
            return f"{base}/{bits}"
        case 7:
            return base + "/" + random.choice(("024", "+24", " 24", "24 ", "33", "-1", "2x", "0", "", "0xffffff00"))
        case 8:
            return base + "/" + random.choice(("255.255.255", "255.255.255.256", "0.0.0.0", "255.255.255.0 ", "255"))
        case 9:
            return ".".join(f"{quad:03}" if random.random() < 0.5 else str(quad) for quad in quads)
        case 10:
            return text + random.choice(("%", "_", "/32", "/255.255.255.255", "%%", "%_"))
        case _:
            return ".".join(f"{part:03}" for part in network) + f"/{masked}"


def _spelled_ipv6(random: Random, text: str) -> str:
    head = text.rsplit(":", 1)[0]
    long = text.replace("::", ":0:0:0:0:0:0:")
    return random.choice((f"{head}:%", text.upper(), text + "/128", f"{head}:/32", long, f"0{text}", f"{text}%"))


def _dotted(quads: list[int]) -> str:
    return ".".join(map(str, quads))
