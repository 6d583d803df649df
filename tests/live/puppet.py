"""Puppet with the module puppetlabs-mysql, and random manifests for it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from grantlint.access import Target
from live.debian import ProvisionError
from live.provision import cache_folder, locked, own
from live.scripts import ACCOUNTS
from live.servers import LiveServer

_MODULES = ("puppet-module-puppetlabs-mysql", "puppet-module-puppetlabs-stdlib")
_PLACE = Path("usr/share/puppet/modules.available")
_NAMES = {"puppetlabs-mysql": "mysql", "puppetlabs-stdlib": "stdlib"}
_TAGS = "mysql_user,mysql_grant,mysql_database"  # mysql::db has a package for its client, which is not to be installed
_SECONDS = 300
_HASH = "*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E0"
_TABLES = ("*.*", "stdb.*", "stdb.t1", "st_x.*", r"st\_x.*", "PROCEDURE stdb.p1")
_PRIVILEGES = (
    ("SELECT",),
    ("select", "Insert"),
    ("ALL",),
    ("ALL PRIVILEGES",),
    ("SELECT", "ALL"),
    ("USAGE",),
    ("SELECT (a)",),
    ("SELECT(a, b)", "INSERT (b)"),
    ("EXECUTE",),
    ("PROCESS", "SELECT"),
    ("SUPER",),
    ("GRANT", "SELECT"),
    ("SELCT",),
    ("SELECT (CALLER)", "INSERT"),
    ("SELECT, GRANT OPTION",),
)
_OPTIONS = ("'GRANT'", "['GRANT']", "['NONE']", "'grant'")
_TLS = ("'NONE'", "['SSL']", "'X509'", "['SSL', 'X509']", "[\"CIPHER 'AES256-SHA'\"]", "undef")
_LOGINS = (
    {"plugin": "'mysql_native_password'", "password_hash": f"'{_HASH}'"},
    {"plugin": "'caching_sha2_password'"},
    {"plugin": "'caching_sha2_password'", "password_hash": f"'{_HASH}'"},
    {"plugin": "'unix_socket'"},
    {"plugin": "'auth_socket'"},
    {"password_hash": f"'{_HASH}'"},
)


class Puppet(NamedTuple):
    """An installed Puppet, and where its modules are."""

    modules: Path

    def run(self, manifest: str, server: LiveServer, at: Path) -> str:
        """Return what `puppet apply` prints for a manifest, parts of which may fail."""
        programs = at / "bin"
        programs.mkdir(exist_ok=True)
        _write(programs / "mysql", f'exec {shutil.which("mysql")} --no-defaults -uroot -S {server.socket} "$@"')
        kind = "-MariaDB" if server.target.product == "mariadb" else ""
        _write(programs / "mysqld", f"echo 'mysqld  Ver {server.version.split('-')[0]}{kind} for Linux on x86_64'")
        _write(programs / "mysqladmin", "exit 1")
        (at / "site.pp").write_text(manifest)
        words = ["puppet", "apply", "--color=false", "--tags", _TAGS, "--modulepath", str(self.modules), "site.pp"]
        folders = [f"--{name}={at / name}" for name in ("confdir", "vardir", "statedir")]
        environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(at)}
        ran = subprocess.run(
            [*words, *folders], cwd=at, env=environment, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        said = [line for line in (ran.stdout + ran.stderr).splitlines() if "/proc/1/" not in line]
        return "\n".join(said)


def puppet() -> Puppet:
    """Return Puppet, its module fetched if need be. Raises ProvisionError."""
    for needed, package in (("puppet", "puppet-agent"), ("mysql", "mariadb-client-core")):
        if shutil.which(needed) is None:
            raise ProvisionError(f"this machine has no {needed}, which the package {package} has")
    folder = cache_folder() / "puppet"
    with locked(cache_folder()):
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            own().unpack(_MODULES, folder)
            (folder / "modules").mkdir()
            for name, short in _NAMES.items():
                (folder / _PLACE / name).rename(folder / "modules" / short)
            (folder / "done").touch()
    return Puppet(folder / "modules")


def _write(program: Path, line: str) -> None:
    program.write_text(f"#!/bin/sh\n{line}\n")
    program.chmod(0o755)


def random_manifest(dice: Random, target: Target) -> str:
    """Return a manifest of a few resources about accounts."""
    resources = _Resources(dice, target)
    return "\n".join(resources.each(dice.randint(2, 6))) + "\n"


class _Resources:
    """Random resources of one manifest, no two of one name."""

    def __init__(self, dice: Random, target: Target) -> None:
        self._dice = dice
        self._names: set[str] = set()
        self._login = _LOGINS[0 if target.product == "mariadb" else 1]  # one that the server has
        self._by_database = set(dice.sample(ACCOUNTS, 2))  # of another resource they would be declared twice

    def each(self, number: int) -> Iterator[str]:
        for _ in range(number):
            one = self._dice.choice(ACCOUNTS)
            account = "@".join(one)
            kind = self._dice.random()
            if kind > 0.4:
                table = self._dice.choice(_TABLES)
                name, text = f"{account}/{table}", self._grant(account, table)
            elif one in self._by_database:
                database = self._dice.choice(["stdb", "st_x"])
                name, text = f"{account}/{database}.*", self._database(account, database)
            else:
                name, text = account, self._user(account)
            if name not in self._names:
                self._names.add(name)
                yield text

    def _user(self, account: str) -> str:
        dice = self._dice
        said: dict[str, str] = {}
        kind = dice.random()
        if kind < 0.15:
            said["ensure"] = "absent"
        elif kind < 0.4:
            said["ensure"] = "present"
        if dice.random() < 0.8:
            said |= dice.choice([self._login, self._login, *_LOGINS])
        if dice.random() < 0.4:
            said["tls_options"] = dice.choice(_TLS)
        if dice.random() < 0.2:
            said["max_user_connections"] = dice.choice(["5", "'0'"])
        return _resource("mysql_user", account, said)

    def _grant(self, account: str, table: str) -> str:
        dice = self._dice
        listed = ", ".join(f"'{one}'" for one in dice.choice(_PRIVILEGES))
        said = {"user": f"'{account}'", "table": f"'{table}'", "privileges": f"[{listed}]"}
        kind = dice.random()
        if kind < 0.1:
            said["ensure"] = "absent"
        elif kind < 0.4:
            said["ensure"] = "'present'"
        if dice.random() < 0.3:
            said["options"] = dice.choice(_OPTIONS)
        return _resource("mysql_grant", f"{account}/{table}", said)

    def _database(self, account: str, name: str) -> str:
        dice = self._dice
        user, _, host = account.partition("@")
        said = {"user": f"'{user}'", "password": "'x1'"}
        if host != "localhost" or dice.random() < 0.3:
            said["host"] = f"'{host}'"
        if dice.random() < 0.6:
            said["grant"] = dice.choice(["['SELECT', 'INSERT']", "'SELECT'", "['ALL']", "['PROCESS']"])
        if dice.random() < 0.2:
            said["grant_options"] = "['GRANT']"
        return _resource("mysql::db", f"{name} of {account}", said | {"dbname": f"'{name}'"})


def _resource(kind: str, title: str, said: dict[str, str]) -> str:
    lines = "".join(f"  {name} => {value},\n" for name, value in said.items())
    return f"{kind} {{ '{title}':\n{lines}}}"
