"""What a server has of the accounts that random cases make, and what is read of the files that made them."""

from grantlint.model import DeclaredServer
from live.scripts import USERS, Held, has_roles, held_by, names, shown
from live.servers import LiveServer

_NO_ACCOUNT = 1141
_DEFAULTS = (
    "SELECT group_concat(quote(default_role_user), '@', quote(default_role_host)), user, host FROM mysql.default_roles"
    " JOIN mysql.role_edges"
    " ON (from_user, from_host, to_user, to_host) = (default_role_user, default_role_host, user, host)"
    " GROUP BY user, host"
)

Logins = dict[tuple[str, str], str]


def grants_left(server: LiveServer) -> dict[tuple[str, str], list[str]]:
    """Return what SHOW GRANTS says of each account and role that is there."""
    every = names(server.target)
    asked = [f"SHOW GRANTS FOR '{user}'@'{host}'" if host else f"SHOW GRANTS FOR {user}" for user, host in every]
    numbers, _ = server.ask(asked)
    there = [one for one, number in enumerate(numbers) if number != _NO_ACCOUNT]
    rows = server.read(asked[one] for one in there)
    found = {every[one]: [line for (line,) in lines] for one, lines in zip(there, rows, strict=True)}
    if server.target.product == "mysql" and has_roles(server.target):  # MariaDB shows them among the grants
        for roles, user, host in server.read([_DEFAULTS])[0]:
            if (user, host) in found:
                found[user, host].append(f"SET DEFAULT ROLE {roles} TO '{user}'@'{host}'")
    return found


def left(server: LiveServer) -> tuple[Held, Logins]:
    """Return what a server holds, and how its accounts log in."""
    grants = grants_left(server)
    return shown(grants, server.target), _logins(server, [name for name in grants if name[0] in USERS])


def _logins(server: LiveServer, accounts: list[tuple[str, str]]) -> Logins:
    """Return what each account is to show over TLS, and whether it is locked."""
    rows = server.read(f"SHOW CREATE USER '{user}'@'{host}'" for user, host in accounts)
    found: Logins = {}
    for name, ((line,),) in zip(accounts, rows, strict=True):
        require = line.partition(" REQUIRE ")[2].split(" ")[0] if " REQUIRE " in line else "NONE"
        found[name] = f"{require}{' LOCK' if 'ACCOUNT LOCK' in line else ''}"
    return found


def held_and_logins(declared: DeclaredServer, server: LiveServer) -> tuple[Held, Logins]:
    """Return the same of a declared server after its steps."""
    there = held_by(declared, server.target)
    logins = {
        account.known_name: f"{_require(account.require)}{' LOCK' if account.is_locked else ''}"
        for account in reversed(declared.accounts)  # the first declaration of one counts
        if account.known_name in there.names
    }
    return there, logins


def _require(said: tuple[object, ...]) -> str:
    return str(getattr(said[0], "value", "?")).split(" ")[0] if said else "NONE"


def told_apart(there: tuple[Held, Logins], model: tuple[Held, Logins]) -> str:
    """Return what one of two has alone."""
    has, read_of_it = (
        {*map(str, held.names), *held.lines, *(f"{name}: {login}" for name, login in logins.items())}
        for held, logins in (there, model)
    )
    return f"left alone: {sorted(has - read_of_it)}\nread alone: {sorted(read_of_it - has)}"
