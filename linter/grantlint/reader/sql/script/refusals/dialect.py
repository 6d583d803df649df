"""What to write in place of a clause that a server lacks, for who has a statement that it does not parse."""

from collections.abc import Iterator

from grantlint.access.product.grammar import CLAUSES, Grammar
from grantlint.access.product.traits import Product, Version
from grantlint.access.product.words import Interval
from grantlint.platform.record import NamedTuple

_NAMES: dict[Product, str] = {"mysql": "MySQL", "mariadb": "MariaDB"}
_LEAVE = "leave it out"


class Instead(NamedTuple):
    """A clause by name, and what replaces it by product."""

    what: str
    mysql: str = _LEAVE
    mariadb: str = _LEAVE


_BY_GRANT = "use SET PASSWORD for a password, and GRANT USAGE ON *.* TO the account for REQUIRE and limits"
_NO_ROLES = "grant the privileges to each account"
INSTEAD = {
    "if_exists": Instead("IF EXISTS and IF NOT EXISTS"),
    "or_replace": Instead("OR REPLACE", mysql="write IF NOT EXISTS, and ALTER USER for the rest"),
    "roles": Instead("Roles", _NO_ROLES, _NO_ROLES),
    "role_hosts": Instead(
        "A host at a role, and several roles in one statement",
        _NO_ROLES,
        "write the name alone, and a statement for each role",
    ),
    "role_admin": Instead("WITH ADMIN, ADMIN OPTION FOR and CURRENT_ROLE", "write GRANT ... WITH ADMIN OPTION"),
    "default_role_clause": Instead(
        "DEFAULT ROLE in CREATE and ALTER USER", _NO_ROLES, "write GRANT role TO the account and SET DEFAULT ROLE"
    ),
    "alter_user": Instead("ALTER USER", _BY_GRANT, _BY_GRANT),
    "user_options": Instead("REQUIRE and WITH in CREATE USER", _BY_GRANT, _BY_GRANT),
    "account_lock": Instead("ACCOUNT LOCK", "give it a password that nobody has", "give it a password that nobody has"),
    "password_expire": Instead("PASSWORD EXPIRE"),
    "options_repeat": Instead(
        "An option twice, or in any order", mariadb="write each once: REQUIRE, then WITH, then the others"
    ),
    "password_history": Instead("PASSWORD HISTORY and PASSWORD REUSE"),
    "require_current": Instead("PASSWORD REQUIRE CURRENT"),
    "failed_logins": Instead(
        "FAILED_LOGIN_ATTEMPTS and PASSWORD_LOCK_TIME",
        mariadb="leave it out, or set max_password_errors, which counts for every account",
    ),
    "comment": Instead("COMMENT and ATTRIBUTE", "write a comment of SQL", "write a comment of SQL"),
    "statement_time": Instead("MAX_STATEMENT_TIME"),
    "identified_with": Instead("IDENTIFIED WITH"),
    "with_by": Instead(
        "IDENTIFIED WITH plugin BY",
        "write IDENTIFIED BY, or IDENTIFIED WITH plugin AS and a hash",
        "write IDENTIFIED BY, or IDENTIFIED VIA plugin USING PASSWORD(...)",
    ),
    "via": Instead("IDENTIFIED VIA", "write IDENTIFIED WITH plugin"),
    "or_plugin": Instead("OR plugin, and USING PASSWORD(...)", "write one plugin, and a hash", "write one plugin"),
    "by_password_hash": Instead("IDENTIFIED BY PASSWORD and a hash", "write IDENTIFIED WITH plugin AS and the hash"),
    "random_password": Instead("IDENTIFIED BY RANDOM PASSWORD", "write a password", "write a password"),
    "hex_literals": Instead("A hash as 0x... or x'...'", "write it in quotes", "write it in quotes"),
    "factors": Instead("Several factors", "write the first alone", "write the first alone"),
    "replace_password": Instead("REPLACE and the current password"),
    "retain_password": Instead("RETAIN CURRENT PASSWORD and DISCARD OLD PASSWORD"),
    "grant_identified": Instead("GRANT with IDENTIFIED, REQUIRE or limits", "use CREATE USER or ALTER USER"),
    "grant_as": Instead("GRANT ... AS"),
    "revoke_if_exists": Instead("REVOKE IF EXISTS and IGNORE UNKNOWN USER"),
    "dynamic_privileges": Instead(
        "Privileges of MySQL 8.0 and later, and names that are none", "leave them out", "leave them out"
    ),
    "library": Instead("ON LIBRARY"),
    "package": Instead("ON PACKAGE"),
    "deny": Instead("DENY", mysql="use SET GLOBAL partial_revokes = ON and REVOKE ON the database"),
    "leading_dot": Instead("A table without a database, as in .t", "write the database before it"),
    "password_function": Instead("PASSWORD()", "write the password itself, or a hash with ALTER USER"),
    "old_password_function": Instead("OLD_PASSWORD()", "write a password of today"),
    "set_password_list": Instead("SET PASSWORD beside other variables", "write a statement for each"),
}
"""By clause, but for those of numbers, quotes, comments and SHOW, and what a product never lacks again."""


def clauses_lacking(grammar: Grammar) -> list[str]:
    """Return the clauses that a server lacks, by trait."""
    return [name for name in INSTEAD if not getattr(grammar, name)]


def in_place_of(clauses: list[str], product: Product, version: Version) -> str:
    """Return what to write in place of clauses, as sentences."""
    return " ".join(_sentences(clauses, product, version))


def _sentences(clauses: list[str], product: Product, version: Version) -> Iterator[str]:
    intervals = {clause.trait: clause.mysql if product == "mysql" else clause.mariadb for clause in CLAUSES}
    for name in clauses:
        told = INSTEAD[name]
        write = told.mysql if product == "mysql" else told.mariadb
        yield f"{told.what}: {_absence(intervals[name], product, version)}; {write}."


def _absence(interval: Interval | None, product: Product, version: Version) -> str:
    """Return where a clause is not, with the version that brought it or took it away."""
    if interval is None:
        return f"not in {_NAMES[product]}"
    if version < interval.first:
        return f"not in {_NAMES[product]} before {_dotted(interval.first)}"
    return f"no longer in {_NAMES[product]} since {_dotted(interval.last)}"


def _dotted(version: Version) -> str:
    return ".".join(map(str, version if len(version) > 1 else (*version, 0)))
