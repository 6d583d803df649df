"""Why the account that a client gets does not let it in, and what to change: never another row.

Source: the manuals, ALTER USER, and the pages of each error number; facts: H1, H5, H6.
"""

from grantlint.access.accounts.admission import ACCESS_DENIED, EXPIRED, LIMIT, NOT_BY_PASSWORD, UNKNOWN_PLUGIN, Refusal
from grantlint.access.accounts.rows import Row
from grantlint.access.causes.cause import Cause, yes
from grantlint.access.product.target import Target

_LOCKED = frozenset({3118, 4151})
_INSECURE = 3159


def barred(refusal: Refusal, row: Row, target: Target) -> Cause:
    """Return the cause of a login that the account refuses."""
    change = way_in(refusal, str(row), target)
    if row.role:
        change = f"log in as an account that has the role: GRANT {row} TO it"
    return yes("login", "the account does not let this client in", refusal.cause, change)


def way_in(refusal: Refusal, account: str, target: Target) -> str:
    """Return what to change so that an account lets a client in."""
    error, cause = refusal.error, refusal.cause
    tls = "TLS (--ssl)" if target.product == "mariadb" else "TLS (--ssl-mode=REQUIRED)"
    by_password = f"ALTER USER {account} IDENTIFIED WITH {target.traits.default_plugin} BY '...'"
    if target.product == "mariadb":
        by_password = f"ALTER USER {account} IDENTIFIED BY '...'"
    ways = {
        UNKNOWN_PLUGIN: f"{by_password}, or turn the plugin on",
        NOT_BY_PASSWORD: f"log in at the local socket as that user of the operating system, or {by_password}",
        EXPIRED: f"ALTER USER {account} IDENTIFIED BY '...' by an administrator, or do it in the mysql client",
        LIMIT: f"fewer of them, or ALTER USER {account} WITH {cause.partition(' is ')[0]} 0",
        _INSECURE: f"connect with {tls}",
    } | dict.fromkeys(_LOCKED, f"ALTER USER {account} ACCOUNT UNLOCK")
    if error == ACCESS_DENIED and cause.startswith("REQUIRE"):
        way = "a certificate that fits (--ssl-cert, --ssl-key)" if "certificate" in cause else tls
        return f"connect with {way}, or ALTER USER {account} REQUIRE NONE"
    if error == ACCESS_DENIED and cause.startswith("require_secure_transport"):
        return ways[_INSECURE]
    return ways.get(error, by_password)


def reset(target: Target) -> str:
    """Return the statement by which a session changes its expired password."""
    return "SET PASSWORD = PASSWORD('...')" if target.product == "mariadb" else "ALTER USER USER() IDENTIFIED BY '...'"
