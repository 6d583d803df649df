"""Which of several grant rows comes first: the order over host, database and user that each version has.

Less is tried first; equal is a tie, whose winner depends on the order of the statements, on FLUSH and on
restarts. Facts: I2; read in MySQL's sql_auth_cache.cc (ACL_compare, get_sort) and MariaDB's sql_acl.cc
(acl_db_compare, get_magic_sort "hdu").
"""

from functools import lru_cache

from grantlint.access.accounts.order import host_key, magic_value, prefix_value
from grantlint.access.host.value import HostValue

Key = tuple[int, ...]
_DATABASE_LENGTH = 64


@lru_cache(maxsize=1 << 14)
def database_key(value: HostValue, database: str, user: str) -> Key:
    """Return the sort key of a row of mysql.db.

    The host counts first, then the database, then the user: a row for more specific hosts hides one for a
    more specific database, and an anonymous row at a more specific host or database hides a named one.
    """
    traits = value.traits
    if traits.sort_order == "magic":
        pattern = magic_value(database, _DATABASE_LENGTH, traits.magic_cap)
        return (host_key(value), pattern, not user)
    by_text = (-_weight(value.text, value), -_weight(database, value), -_weight(user, value))
    if traits.sort_order == "ip823" and value.network:
        return (host_key(value), *by_text) if traits.equal_networks_sorted else (host_key(value), 0, 0, 0)
    return (host_key(value), *by_text)


def object_key(value: HostValue) -> int:
    """Return the sort key of a table or routine row.

    It orders rows for the same user, database and name, so that only the host differs. MySQL has no numeric addresses
    here: `table_hash_search` compares the plain sort number.
    """
    if value.traits.sort_order == "magic":
        return host_key(value)
    return -_weight(value.text, value)


def _weight(text: str, value: HostValue) -> int:
    return prefix_value(text, percent_is_last=value.traits.sort_order != "prefix55")
