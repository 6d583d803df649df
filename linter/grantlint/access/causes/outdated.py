"""What old pages on ERROR 1130 and on account rows say that is not, or no longer, true."""

from grantlint.access.product.target import Target
from grantlint.platform.record import NamedTuple


class Claim(NamedTuple):
    """A claim of old pages, and how things are."""

    claim: str
    today: str


def outdated(target: Target) -> list[Claim]:
    """Return the claims of old pages that a server refutes.

    They make people look in the wrong place. The sources are the manual of MySQL 4.0 with its readers' comments and
    common pages on ERROR 1130; each claim was tried on servers (facts: C4, G2, J1, J2).
    """
    return [
        Claim(
            "FLUSH PRIVILEGES after CREATE USER or GRANT", "not needed; only after writing to the mysql tables oneself"
        ),
        Claim("GRANT ... TO 'user'@'new-host' opens a host", _GRANT_ALONE[target.traits.grant_to_nobody]),
        Claim("bind-address as a remedy for ERROR 1130", "a server that does not listen gives ERROR 2003, never 1130"),
        Claim("'www%.com' does not work", "it does: % may stand anywhere in a host value"),
        Claim("addresses need an entry in /etc/hosts", "they do not: an account by address needs no look-up"),
    ]


_GRANT_ALONE = {
    0: "it makes an account without a password, unless sql_mode has NO_AUTO_CREATE_USER",
    1133: "ERROR 1133 where there is no such account, unless IDENTIFIED BY makes it",
    1410: "ERROR 1410 where there is no such account: CREATE USER comes first",
}
