"""Salt without a master, and random SLS files for it."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from grantlint.access import Target
from live.debian import ProvisionError
from live.scripts import ACCOUNTS
from live.servers import LiveServer

_SECONDS = 300
_HASH = "*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E0"
_GOOD_DATABASES = ("'*.*'", "stdb.*", "stdb.t1", "st_x.*")
_DATABASES = (*_GOOD_DATABASES, r"'st\_x.*'", "stdb", "'`st_x`.*'")
_GOOD_GRANTS = ("select", "select,insert", "SELECT, Insert , UPDATE", "all", "all privileges")
_GRANTS = (
    "select",
    "select,insert",
    "SELECT, Insert , UPDATE",
    "all",
    "all privileges",
    "ALL PRIVILEGES",
    "'SELECT (a)'",
    "'SELECT (a, b), INSERT (b)'",
    "[select, insert]",
    "usage",
    "execute",
    "process",
    "super",
    "'SELECT, GRANT OPTION'",
    "'GRANT OPTION'",
    "selct",
    "'SELECT,ALL'",
    "REPLICATION CLIENT",
    "BACKUP_ADMIN",
    "FLUSH_TABLES",
    "'CREATE TEMPORARY TABLES,LOCK TABLES'",
)
_TLS = ("[{SSL: True}]", "[{X509: True}]", "[{SSL: True}, {X509: True}]")
_QUERIES = (
    "GRANT SELECT ON stdb.* TO {0}",
    "CREATE USER IF NOT EXISTS {0}",
    "DROP USER IF EXISTS {0}",
)
_SHA2 = "auth_plugin: caching_sha2_password"
_LOGINS = (
    ("password: x1",),
    ("password: x2",),
    (f"password_hash: '{_HASH}'",),
    ("password: x1", _SHA2),
    (f"password_hash: '{_HASH}'", _SHA2),
    ("allow_passwordless: True",),
    ("allow_passwordless: True", "unix_socket: True"),
    ("unix_socket: True",),
    ("password: ''",),
    ("password: 12345",),
    (),
)


class Salt(NamedTuple):
    """An installed Salt."""

    program: str

    def run(self, states: str, server: LiveServer, at: Path) -> str:
        """Return what `salt-call --local state.apply` says of each state of an SLS file, some of which may fail."""
        (at / "root").mkdir(exist_ok=True)
        settings = {
            "file_client": "local",
            "file_roots": {"base": [str(at / "root")]},
            "root_dir": str(at),
            "id": "here",
            "log_level": "quiet",
            "log_level_logfile": "quiet",
            "mysql.unix_socket": server.socket,
            "mysql.user": "root",
            "grains_cache": True,
            "grains_cache_expiration": 10**6,
            "enable_fqdns_grains": False,
            "enable_gpu_grains": False,
        }
        (at / "minion").write_text(json.dumps(settings))
        (at / "root/site.sls").write_text(states)
        words = [self.program, "--local", "-c", str(at), "--out=json", "state.apply", "site"]
        environment = os.environ | {"HOME": str(at)}
        ran = subprocess.run(
            words, cwd=at, env=environment, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        try:
            said = json.loads(ran.stdout)["local"]
        except (ValueError, KeyError):
            return f"Error: {ran.stdout}\n{ran.stderr}"
        if isinstance(said, list):
            return f"Error: {said}"
        return "\n".join(
            f"{'Error: ' * (one['result'] is False)}{name}: {one['comment']}" for name, one in said.items()
        )


def salt() -> Salt:
    """Return Salt. Raises ProvisionError."""
    program = shutil.which("salt-call")
    if program is None:
        raise ProvisionError("this machine has no salt-call, which the package salt of PyPI has")
    return Salt(program)


def random_states(dice: Random, target: Target) -> str:
    """Return an SLS file of a few states about accounts."""
    return "\n".join(_States(dice, target).each(dice.randint(2, 6))) + "\n"


class _States:
    """Random states of one file, about accounts that it makes somewhere."""

    def __init__(self, dice: Random, target: Target) -> None:
        self._dice = dice
        self._target = target
        native = ("password: x1",), (f"password_hash: '{_HASH}'",), ("password: x2",)
        sha2 = ("password: x1", _SHA2), ("password: x2", _SHA2), ("allow_passwordless: True",)
        self._logins = sha2 if target.product == "mysql" and target.version >= (8, 4) else native
        self._accounts = dice.sample(ACCOUNTS, dice.randint(1, 3))
        self._made: list[str] = []
        self._there: list[str] = []
        self._is_ordered = False

    def each(self, number: int) -> Iterator[str]:
        kinds = [("user", one) for one in self._accounts]
        for _ in range(number):
            kind = self._dice.choices(["user", "grant", "query", "database"], [2, 6, 1, 0.5])[0]
            kinds.append((kind, self._dice.choice(self._accounts)))
        if self._dice.random() < 0.2:
            self._dice.shuffle(kinds)
        for one, (kind, account) in enumerate(kinds):
            made = {"user": self._user, "grant": self._grant, "query": self._query, "database": self._database}[kind]
            yield made(f"s{one}", *account)

    def _user(self, name: str, user: str, host: str) -> str:
        dice = self._dice
        said = [f"name: {user}", *self._host(host)]
        function = "absent" if f"{user}@{host}" in self._there and dice.random() < 0.3 else "present"
        if function == "present":
            is_there = f"{user}@{host}" in self._there  # of such unix_socket clears the password, or fails
            logins = [one for one in _LOGINS if not is_there or "unix_socket: True" not in one]
            others = [] if not is_there and dice.random() < 0.8 else logins
            said += dice.choice([*self._logins, *self._logins, *others])
        self._made.append(f"mysql_user: {name}")
        self._there.append(f"{user}@{host}")
        return self._state(name, f"mysql_user.{function}", said)

    def _grant(self, name: str, user: str, host: str) -> str:
        dice = self._dice
        said = [f"user: {user}", *self._host(host)]
        said += [f"database: {dice.choice(self._often(_GOOD_DATABASES, _DATABASES))}"]
        said += [f"grant: {dice.choice(self._often(_GOOD_GRANTS, _GRANTS))}"]
        function = "absent" if dice.random() < 0.15 else "present"
        if dice.random() < 0.25:
            said.append("grant_option: True")
        if dice.random() < 0.2:
            said.append("escape: False")
        if function == "present":
            if dice.random() < 0.15:
                said.append("revoke_first: True")
            if dice.random() < 0.1:
                said.append(f"ssl_option: {dice.choice(_TLS)}")
        return self._state(name, f"mysql_grants.{function}", said)

    def _often(self, good: Sequence[str], every: Sequence[str]) -> Sequence[str]:
        return good if self._dice.random() < 0.6 else every

    def _query(self, name: str, user: str, host: str) -> str:
        account = f"'{user}'@'{host}'"
        query = self._dice.choice(_QUERIES if f"{user}@{host}" in self._there else _QUERIES[1:]).format(account)
        return self._state(name, "mysql_query.run", ["database: stdb", f'query: "{query}"'])

    def _database(self, name: str, user: str, host: str) -> str:
        del user, host
        return self._state(name, "mysql_database.present", ["name: st_new"])

    def _host(self, host: str) -> list[str]:
        return [] if host == "localhost" and self._dice.random() < 0.6 else [f"host: '{host}'"]

    def _state(self, name: str, function: str, said: list[str]) -> str:
        dice = self._dice
        others = [one for one in self._made if not one.endswith(f" {name}")]
        if others and dice.random() < 0.35:
            words = ["require", "require", "require", "watch", *(["require_in"] if "user" in function else [])]
            word = dice.choice(words)
            said = [*said, f"{word}:\n      - {dice.choice(others)}"]
        elif dice.random() < 0.06 and "user" in function:
            said = [*said, "failhard: True"]
        if dice.random() < 0.1 and function != "mysql_query.run" and not self._is_ordered:
            self._is_ordered = True  # of two with one number the names decide
            said = [*said, dice.choice(["order: last", "order: 1"])]
        if dice.random() < 0.04:
            said = [*said, dice.choice(["onlyif: 'false'", "unless: 'true'", "onlyif: 'true'", "unless: 'false'"])]
        lines = "".join(f"    - {one}\n" for one in said)
        return f"{name}:\n  {function}:\n{lines}"
