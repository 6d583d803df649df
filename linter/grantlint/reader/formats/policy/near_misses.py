"""Keys that people write from habit, and what a policy says instead."""

from collections.abc import Collection
from difflib import get_close_matches

from grantlint.platform.record import NamedTuple


class Suggestion(NamedTuple):
    """The known key that was meant, and what to write. `is_slip`: that key with a letter or sign wrong."""

    key: str
    remedy: str
    is_slip: bool = False


_SECRET = "Write `authentication: {secret: env:NAME}`, or `{password: '...'}` if it must stand here."  # noqa: S105 - words
_HASH = "Write `authentication: {hash: '...'}`."
_LIMIT = "Write it under `limits`."
_REQUIRE = "Write `require: SSL`, X509, NONE, or a mapping of subject, issuer and cipher."
_GRANTS = "Write `grants: [{privileges: [SELECT], target: 'db.*'}]`."
_ABSENT = "A policy lists what shall be there: take the entry out instead."

_INSTEAD: dict[str, tuple[Suggestion, ...]] = {
    "name": (Suggestion("user", "Write `user`."), Suggestion("role", "Write `role`.")),
    "username": (Suggestion("user", "Write `user`."),),
    "account": (Suggestion("user", "Write `user` and `host`."),),
    "rolename": (Suggestion("role", "Write `role`."),),
    "from": (Suggestion("host", "Write `host`."), Suggestion("addresses", "Write `addresses: [...]`.")),
    "host_all": (Suggestion("hosts", "Write each host value under `hosts`."),),
    "ip": (Suggestion("addresses", "Write `addresses: [...]`."), Suggestion("host", "Write `host`.")),
    "address": (Suggestion("addresses", "Write `addresses: [...]`."), Suggestion("host", "Write `host`.")),
    "network": (Suggestion("addresses", "Write `addresses: [...]`."), Suggestion("host", "Write `host`.")),
    "networks": (Suggestion("addresses", "Write `addresses: [...]`."), Suggestion("hosts", "Write `hosts`.")),
    "hostname": (Suggestion("dns_names", "Write `dns_names: [...]`."), Suggestion("host", "Write `host`.")),
    "dns": (Suggestion("dns_names", "Write `dns_names: [...]`."),),
    "password": (Suggestion("authentication", _SECRET),),
    "secret": (Suggestion("authentication", _SECRET),),
    "identified_by": (Suggestion("authentication", _SECRET), Suggestion("password", "Write `password` or `secret`.")),
    "hash": (Suggestion("authentication", _HASH),),
    "password_hash": (Suggestion("authentication", _HASH), Suggestion("hash", "Write `hash`.")),
    "auth_string": (Suggestion("authentication", _HASH), Suggestion("hash", "Write `hash`.")),
    "plugin_hash_string": (Suggestion("authentication", _HASH), Suggestion("hash", "Write `hash`.")),
    "encrypted": (Suggestion("authentication", "Write `authentication: {hash: '...'}` for a hashed password."),),
    "plugin": (Suggestion("authentication", "Write `authentication: {plugin: ...}`."),),
    "auth_plugin": (
        Suggestion("authentication", "Write `authentication: {plugin: ...}`."),
        Suggestion("plugin", "Write `plugin`."),
    ),
    "priv": (Suggestion("grants", _GRANTS), Suggestion("privileges", "Write `privileges`.")),
    "privs": (Suggestion("grants", _GRANTS), Suggestion("privileges", "Write `privileges`.")),
    "privilege": (Suggestion("grants", _GRANTS), Suggestion("privileges", "Write `privileges`.")),
    "privileges": (Suggestion("grants", _GRANTS),),
    "permissions": (Suggestion("grants", _GRANTS), Suggestion("privileges", "Write `privileges`.")),
    "on": (Suggestion("target", "Write `target`: `on` is the value true to many YAML readers."),),
    "object": (Suggestion("target", "Write `target`."),),
    "database": (Suggestion("target", "Write `target: 'db.*'`."),),
    "db": (Suggestion("target", "Write `target: 'db.*'`."),),
    "table": (Suggestion("target", "Write `target: 'db.table'`."),),
    "schema": (Suggestion("target", "Write `target: 'db.*'`."),),
    "with_grant_option": (Suggestion("grant_option", "Write `grant_option: true`."),),
    "grant": (Suggestion("grant_option", "Write `grant_option: true`."), Suggestion("grants", _GRANTS)),
    "tls_requires": (Suggestion("require", _REQUIRE),),
    "ssl": (Suggestion("require", _REQUIRE),),
    "require_ssl": (Suggestion("require", _REQUIRE),),
    "tls": (Suggestion("require", _REQUIRE),),
    "resource_limits": (Suggestion("limits", "Write `limits`."),),
    "max_user_connections": (Suggestion("limits", _LIMIT),),
    "max_queries_per_hour": (Suggestion("limits", _LIMIT),),
    "max_updates_per_hour": (Suggestion("limits", _LIMIT),),
    "max_connections_per_hour": (Suggestion("limits", _LIMIT),),
    "account_locked": (Suggestion("locked", "Write `locked: true`."),),
    "password_expire": (Suggestion("expired", "Write `expired: true`."),),
    "password_expired": (Suggestion("expired", "Write `expired: true`."),),
    "state": (Suggestion("", _ABSENT),),
    "ensure": (Suggestion("", _ABSENT),),
    "version": (Suggestion("product", "Write it with the product: `product: mysql-8.4`."),),
    "flavor": (Suggestion("product", "Write `product: mariadb-11.4`."),),
    "variables": (Suggestion("settings", "Write `settings`."),),
    "admins": (Suggestion("administrators", "Write `administrators`."),),
    "accounts": (Suggestion("users", "Write `users`."),),
    "mysql_users": (Suggestion("users", "Write `users`."),),
    "mariadb_users": (Suggestion("users", "Write `users`."),),
    "databases": (Suggestion("", "A policy declares no databases."),),
}


def suggestion(key: str, known: Collection[str]) -> Suggestion:
    """Return a suggestion for an unknown key. `known`: the keys that may stand there."""
    word = key.lower().replace("-", "_").strip()
    if word != key and word in known:
        return Suggestion(word, f"Write `{word}`.", is_slip=True)
    for instead in _INSTEAD.get(word, ()):
        if not instead.key or instead.key in known:
            return instead
    habits = {habit: instead for habit, several in _INSTEAD.items() for instead in several if instead.key in known}
    for near in get_close_matches(word, {*known, *habits}, 1, 0.7):
        return Suggestion(near, f"Did you mean `{near}`?", is_slip=True) if near in known else habits[near]
    return Suggestion("", f"Known here: {', '.join(known)}.")
