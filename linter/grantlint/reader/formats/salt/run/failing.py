"""At which states Salt fails by itself, whatever server it meets (salt/states/mysql_user.py, salt/modules/mysql.py).

Asked of Salt 3006.29 and of 3008.4 with saltext-mysql 1.1.0; facts: Q1, Q3, Q4, Q5.
"""

from collections.abc import Iterable, Iterator

from grantlint.model.location import Flag, Located, Text, Unresolved
from grantlint.model.privilege import is_words, split_privileges
from grantlint.model.step import Hindrance
from grantlint.platform.pattern import Pattern
from grantlint.reader.yaml.mapping import Entry
from grantlint.reader.yaml.nodes import ScalarNode

_NAMED = (
    "ALL PRIVILEGES|ALTER|ALTER ROUTINE|BACKUP_ADMIN|BINLOG_ADMIN|BINLOG ADMIN|BINLOG MONITOR|BINLOG REPLAY"
    "|CONNECTION_ADMIN|CONNECTION ADMIN|CREATE|CREATE ROLE|CREATE ROUTINE|CREATE TABLESPACE|CREATE TEMPORARY TABLES"
    "|CREATE USER|CREATE VIEW|DELETE|DELETE HISTORY|DROP|DROP ROLE|ENCRYPTION_KEY_ADMIN|EVENT|EXECUTE|FEDERATED ADMIN"
    "|FILE|GRANT OPTION|GROUP_REPLICATION_ADMIN|INDEX|INSERT|LOCK TABLES|PERSIST_RO_VARIABLES_ADMIN|PROCESS"
    "|READ_ONLY ADMIN|REFERENCES|RELOAD|REPLICA MONITOR|REPLICATION CLIENT|REPLICATION MASTER ADMIN"
    "|REPLICATION REPLICA|REPLICATION SLAVE|REPLICATION_SLAVE_ADMIN|REPLICATION SLAVE ADMIN|RESOURCE_GROUP_ADMIN"
    "|RESOURCE_GROUP_USER|ROLE_ADMIN|SELECT|SET USER|SET_USER_ID|SERVICE_CONNECTION_ADMIN|SHOW DATABASES|SHOW VIEW"
    "|SHUTDOWN|SLAVE MONITOR|SUPER|SYSTEM_VARIABLES_ADMIN|TRIGGER|UPDATE|USAGE|XA_RECOVER_ADMIN"
)
_KNOWN = frozenset(_NAMED.split("|"))
"""The privileges that Salt's module lets pass, in any of its releases: `__grants__`."""

_COLUMNS = Pattern(r"\([^()]*\)")
NO_PASSWORD = Hindrance(
    "Salt fails at this state and makes no account: it has neither a password nor a hash",
    "Write password or password_hash, or allow_passwordless: True for an account without.",
)
NOT_LOCAL = Hindrance(
    "Salt fails at this state and makes no account: it sets unix_socket at the host localhost alone",
    "Write host: localhost, or a password instead of unix_socket.",
)
MADE_OPEN = "Salt makes this account without its password, since allow_passwordless is set beside it"
MADE_OPEN_HELP = "Leave allow_passwordless out: at best a second run sets the password, on MySQL 8 and later none does."
UNVERIFIED = Hindrance(
    "Salt fails at this state: it takes over 'Unable to verify password.' from the one before it, at each run",
    "Put a state between them that finds what it wants, or write password_hash with a hash that begins with $A$.",
    since=(8, 0, 11),
)
_NO_TLS_IN_GRANT = Hindrance(
    "You have an error in your SQL syntax: Salt sends ssl_option as GRANT ... REQUIRE",
    "Leave ssl_option out, and write ALTER USER ... REQUIRE by mysql_query.run.",
    since=(8, 0),
    errno=1064,
)
_TLS_ALONE = Hindrance(
    "You have an error in your SQL syntax: Salt joins SSL and X509 with AND, and with what else is in ssl_option",
    "Write one of SSL and X509, alone.",
    errno=1064,
)


def of_account(host: Text, socket: Flag | None, *, proved: bool) -> Hindrance | None:
    """Return why Salt makes no account. `proved`: it has a password or may have, or needs none."""
    if isinstance(socket, Located) and socket.value:
        return NOT_LOCAL if isinstance(host, Located) and host.value != "localhost" else None
    return None if proved or isinstance(socket, Unresolved) else NO_PASSWORD


def of_grant(entry: Entry | None, texts: Iterable[Text], *, named: bool) -> Hindrance | None:
    """Return why Salt sends no GRANT. `named`: the state has a user and a database."""
    if entry is None or not named:
        return Hindrance("Salt fails at this state: it wants grant, database and user", "Write all three.")
    if not isinstance(entry.value, ScalarNode):
        said = "Write one text with commas: grant: select,insert."
        return Hindrance("Salt fails at this state: grant is a list, and Salt takes a text", said)
    for text in texts:
        unknown = next(_unknown(text.value), None) if isinstance(text, Located) else None
        if unknown is not None:
            said = "Write the privileges that Salt knows, with commas, or the GRANT by mysql_query.run."
            shown = f"'{unknown}'" if is_words(unknown) else "what grant names"
            return Hindrance(f"Salt fails at this state: to it {shown} is no privilege", said)
    return None


def of_tls(required: Iterable[Text]) -> Hindrance | None:
    """Return why a GRANT with ssl_option is refused. None where there is none."""
    words = [text.value for text in required if isinstance(text, Located)]
    if len(words) > 1 and not {"SSL", "X509"}.isdisjoint(words):
        return _TLS_ALONE
    return _NO_TLS_IN_GRANT if words else None


def _unknown(written: str) -> Iterator[str]:
    pieces = split_privileges(written)
    if len(pieces) == 1 and pieces[0].strip().upper() == "ALL":
        return
    for piece in pieces:
        word = " ".join(_COLUMNS.sub("", piece).upper().split())
        if word not in _KNOWN:
            yield word
