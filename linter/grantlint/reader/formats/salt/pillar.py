"""The pillars of mysql-formula and of salt-formulas' mysql and galera: `mysql:user`, `mysql:server`.

mysql-formula (pillar.example, mysql/user.sls, mysql/salt-user.sls): a user without a host is made at those that the
mine has, so at none that a file knows. salt-formulas (galera/server.sls): `mysql:server:users` and `database`, where an
absent host is `localhost` and an absent database every one. Databases of grants are escaped as the state does it.
"""

from collections.abc import Iterator

from grantlint.model import Account, Authentication, Credential, Secrecy
from grantlint.model.location import Implied, Located, Text, Unresolved
from grantlint.model.step.acts import AccountName
from grantlint.reader.formats.salt.leaves import Leaves
from grantlint.reader.formats.salt.steps import OF_PASSWORD, Order, Steps, privileges_of
from grantlint.reader.yaml.mapping import Entry, entries, is_null
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_FLAG_WITHOUT_VALUE = "noarg_present"
_NO_HOST = "hosts that only the mine knows"


def read_pillar(mysql: MappingNode, leaves: Leaves, steps: Steps) -> None:
    """Add the declarations of a pillar's key `mysql`."""
    found = entries(mysql)
    users = found.get("user")
    if users and isinstance(users.value, MappingNode):
        for name, body in users.value.value:
            if isinstance(name, ScalarNode):
                _user(name, body, leaves, steps)
    elif users and not is_null(users.value):
        steps.not_checked("accounts", "users that only a run knows", leaves.span(users.key))
    server = found.get("server")
    if server:
        _server(server, leaves, steps)


def _user(name: ScalarNode, body: Node, leaves: Leaves, steps: Steps) -> None:
    found = entries(body)
    leaves.hide_secrets(found)
    user, span = leaves.text(name), leaves.span(name)
    present = leaves.flag(found.get("present"))
    if isinstance(present, Located) and not present.value:
        steps.removal()
        return
    hosts = _hosts(found, leaves) or [Unresolved(_NO_HOST, *span)]
    for host in hosts:
        authentication = _authentication(found, leaves)
        steps.account(Account(user, host, span, authentication))
        if "grants" in found:
            _grant((user, host), found, Implied("*.*", *span), leaves, steps)
        databases = found.get("databases")
        for item in databases.value.value if databases and isinstance(databases.value, SequenceNode) else ():
            inner = entries(item)
            if inner:
                _grant((user, host), inner, _database(inner, leaves, item), leaves, steps)


def _users_of_server(server: dict[str, Entry], leaves: Leaves, steps: Steps) -> None:
    """Add the users of salt-formulas' pillar: of the server, and of each of its databases."""
    for item in _items(server.get("users")):
        found = entries(item)
        for user, host in _listed(item, found, leaves, steps):
            if "grants" in found:
                database = leaves.optional(found.get("database")) or Implied("*.*", *user.span)
                _grant((user, host), found, database, leaves, steps)
            for each in _items(found.get("databases")):
                inner = entries(each)
                _grant((user, host), inner, _database(inner, leaves, each), leaves, steps)
    databases = server.get("database")
    named = databases.value.value if databases and isinstance(databases.value, MappingNode) else ()
    for name, body in named:
        for item in _items(entries(body).get("users")):
            found = entries(item)
            for user, host in _listed(item, found, leaves, steps):
                rights = {**found, "grants": found["rights"]} if "rights" in found else found
                _grant((user, host), rights, _all_of(name, found, leaves), leaves, steps)


def _items(entry: Entry | None) -> list[Node]:
    return [*entry.value.value] if entry and isinstance(entry.value, SequenceNode) else []


def _listed(item: Node, found: dict[str, Entry], leaves: Leaves, steps: Steps) -> Iterator[tuple[Text, Text]]:
    """Yield an item's user at each of its hosts, as they are made. Without a password none is asked for."""
    leaves.hide_secrets(found)
    user = leaves.optional(found.get("name"))
    if user is None:
        return
    span = leaves.span(item)
    secret = next((found[name] for name in ("password_hash", "password") if name in found), None)
    credential = leaves.credential(secret, is_hash="password_hash" in found) if secret else None
    authentication = Authentication(None, credential or Credential(Secrecy.EMPTY, user.span), OF_PASSWORD)
    for host in _hosts(found, leaves) or [Implied("localhost", *user.span)]:
        steps.account(Account(user, host, span, authentication))
        yield user, host


def _all_of(name: Node, found: dict[str, Entry], leaves: Leaves) -> Text:
    """Return what a user of a database is granted: the database that it names, or all of that one."""
    written, of = leaves.optional(found.get("database")), leaves.text(name)
    if written is not None or not isinstance(of, Located):
        return written or of
    return Located(f"{of.value}.*", *of.span)


def _hosts(found: dict[str, Entry], leaves: Leaves) -> list[Text]:
    host = leaves.optional(found.get("host"))
    if host is not None and not (isinstance(host, Located) and not host.value):
        return [host]
    hosts = found.get("hosts")
    return leaves.texts(hosts.value) if hosts and not is_null(hosts.value) else []


def _authentication(found: dict[str, Entry], leaves: Leaves) -> Authentication | None:
    """Return what the formula tells the state: the hash goes first, and without all of them there is no password."""
    for name in ("password_hash", "password"):
        if name in found:
            credential = leaves.credential(found[name], is_hash=name == "password_hash")
            if credential:
                return Authentication(None, credential, OF_PASSWORD)
    socket = found.get("unix_socket")
    if socket and not is_null(socket.value):
        span = leaves.span(socket.value)
        return Authentication(Unresolved("unix_socket or auth_socket, as the server has it", *span))
    place = found.get("password")
    return Authentication(None, Credential(Secrecy.EMPTY, leaves.span(place.key))) if place else None


def _database(found: dict[str, Entry], leaves: Leaves, item: Node) -> Text:
    """Return `database.table`, as the formula puts it together."""
    database = leaves.optional(found.get("database"))
    table = leaves.optional(found.get("table"))
    if database is None:
        return Unresolved("the grant does not name a database", *leaves.span(item))
    if isinstance(database, Unresolved) or isinstance(table, Unresolved):
        return database if isinstance(database, Unresolved) else table or database
    return Located(f"{database.value}.{table.value if table else '*'}", *database.span)


def _grant(to: tuple[Text, Text], found: dict[str, Entry], database: Text, leaves: Leaves, steps: Steps) -> None:
    grants = found.get("grants")
    span = database.span
    privileges = privileges_of(leaves.texts(grants.value)) if grants else (Unresolved("no grants are named", *span),)
    option = leaves.flag(found.get("grant_option"))
    if isinstance(option, Located) and not option.value:
        option = None
    if privileges:
        order = Order(privileges, database, option, leaves.flag(found.get("escape")))
        steps.grant(AccountName(*to, span), order)


def _server(server: Entry, leaves: Leaves, steps: Steps) -> None:
    """Add the administrator's account, users and the settings; a server that is elsewhere is only a client here."""
    found = entries(server.value)
    leaves.hide_secrets(found)
    _users_of_server(found, leaves, steps)
    host = leaves.optional(found.get("host"))
    here = host is None or (isinstance(host, Located) and host.value in {"localhost", "127.0.0.1"})
    entry = found.get("root_password_hash") or found.get("root_password")
    if here and entry:
        span = leaves.span(entry.key)
        user = leaves.optional(found.get("root_user")) or Implied("root", *span)
        credential = leaves.credential(entry, is_hash=entry.key.value == "root_password_hash")
        if credential and isinstance(entry.value, ScalarNode) and entry.value.value in {"False", "false"}:
            credential = Credential(Secrecy.EMPTY, credential.span)
        authentication = Authentication(None, credential) if credential else None
        steps.account(Account(user, Implied("localhost", *span), span, authentication))
    options = found.get("mysqld")
    for name, each in entries(options.value).items() if options else ():
        value = leaves.optional(each)
        if value is not None and isinstance(each.value, ScalarNode):
            if isinstance(value, Located) and value.value == _FLAG_WITHOUT_VALUE:
                value = Located("ON", *value.span)
            steps.setting(name, value, leaves.span(server.key))
