"""Why the account that a client gets does not let it in, and what to change: never another row.

Source: the manuals, ALTER USER, and the pages of each error number; facts: H1, H5, H6.
"""

from grantlint.access.accounts.admission import Bar, Refusal
from grantlint.access.accounts.rows import Row
from grantlint.access.causes.cause import Cause, yes
from grantlint.access.product.target import Target


def barred(refusal: Refusal, row: Row, target: Target) -> Cause:
    """Return the cause of a login that the account refuses."""
    change = way_in(refusal, str(row), target)
    if row.role:
        change = f"log in as an account that has the role: GRANT {row} TO it"
    return yes("login", "the account does not let this client in", refusal.cause, change)


def way_in(refusal: Refusal, account: str, target: Target) -> str:
    """Return what to change so that an account lets a client in."""
    tls = "TLS (--ssl)" if target.product == "mariadb" else "TLS (--ssl-mode=REQUIRED)"
    by_password = f"ALTER USER {account} IDENTIFIED WITH {target.traits.default_plugin} BY '...'"
    if target.product == "mariadb":
        by_password = f"ALTER USER {account} IDENTIFIED BY '...'"
    fewer = f"fewer of them, or ALTER USER {account} WITH"
    unasked = f"or ALTER USER {account} REQUIRE NONE"
    ways = {
        Bar.PLUGIN: f"{by_password}, or turn the plugin on",
        Bar.NO_LOGIN: by_password,
        Bar.SOCKET: f"log in at the local socket as that user of the operating system, or {by_password}",
        Bar.ENCRYPTION: f"connect with {tls}, {unasked}",
        Bar.CERTIFICATE: f"connect with a certificate that fits (--ssl-cert, --ssl-key), {unasked}",
        Bar.TRANSPORT: f"connect with {tls}",
        Bar.LOCKED: f"ALTER USER {account} ACCOUNT UNLOCK",
        Bar.EXPIRED: f"ALTER USER {account} IDENTIFIED BY '...' by an administrator, or do it in the mysql client",
        Bar.SESSIONS: f"{fewer} MAX_USER_CONNECTIONS 0",
        Bar.CONNECTIONS: f"{fewer} MAX_CONNECTIONS_PER_HOUR 0",
    }
    return ways[refusal.bar]


def reset(target: Target) -> str:
    """Return the statement by which a session changes its expired password."""
    return "SET PASSWORD = PASSWORD('...')" if target.product == "mariadb" else "ALTER USER USER() IDENTIFIED BY '...'"
