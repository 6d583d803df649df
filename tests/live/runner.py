"""One real server and its clients, run by itself: lines of JSON in, lines of JSON out.

Started by servers.py, in a network and mount namespace where that is permitted: there every address is this
machine's, so a client can come from any, and the hosts file names whom a case wants it to. Its first line says which
server it is. A request is {"names": {address: name} or null, "admin": [statement], "sessions": [[user, source,
[statement]]]}; the answer has for each statement null or the error number, and for each session the error number or
[CURRENT_USER(), answers to its statements]. It ends when its input does.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pymysql

pymysql.connections.DEFAULT_USER = ""  # else an empty user name becomes the operating system's
CLIENT_SIDE = range(2000, 3000)  # error numbers that PyMySQL makes up: no answer of a server
START_SECONDS = 90
IPV6_PROBE = "2001:db8:ffff::1"


class RunnerError(Exception):
    """What kept the server from being asked, as a sentence."""


class House(NamedTuple):
    """Where server and clients meet."""

    hosts: Path | None
    """The hosts file that the server reads; None without a namespace of its own."""
    ipv6: bool
    port: int
    listen: str


def own_house(folder: Path) -> House:
    """Make all addresses local, in the network namespace that this process is in, and look names up in a file only."""
    _command("ip", "link", "set", "lo", "up")
    _command("ip", "route", "add", "local", "0.0.0.0/0", "dev", "lo")
    ipv6 = _add(IPV6_PROBE)
    texts = {"hosts": "127.0.0.1 localhost\n", "nsswitch.conf": "hosts: files\n", "resolv.conf": ""}
    for name, text in texts.items():
        (folder / name).write_text(text)
        if Path("/etc", name).exists():
            _command("mount", "--bind", str(folder / name), f"/etc/{name}")
    return House(folder / "hosts", ipv6, 3306, "*")


def shared_house() -> House:
    """Return a place on this machine's loopback network, whose names nobody can set."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return House(None, ipv6=False, port=probe.getsockname()[1], listen="127.0.0.1")


class Runner:
    """A running server."""

    def __init__(self, folder: Path, house: House, settings: dict[str, object]) -> None:
        self.house = house
        self.socket = str(folder / "socket")
        self.log = folder / "log"
        data = folder / "data"
        shutil.copytree(str(settings["data"]), data)
        words = [
            *map(str, settings["command"]),
            "--user=root",
            f"--datadir={data}",
            f"--socket={self.socket}",
            f"--pid-file={folder}/pid",
            f"--tmpdir={folder}",
            f"--secure-file-priv={folder}",
            f"--bind-address={house.listen}",
            f"--port={house.port}",
            "--host-cache-size=0",  # each connection is looked up anew
            "--performance-schema=0",
            "--sql-mode=STRICT_ALL_TABLES",
            *(["--skip-name-resolve"] if settings["skip_name_resolve"] else []),
            *map(str, settings["options"]),
        ]
        environment = os.environ | settings["environment"]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.root = self._first_connection()
        self._local = {"::1"}

    def close(self) -> None:
        """End the server."""
        self.server.terminate()
        try:
            self.server.wait(20)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()

    def version(self) -> str:
        """Return what the server says it is."""
        with self.root.cursor() as cursor:
            cursor.execute("SELECT VERSION()")
            return str(cursor.fetchone()[0])

    def answer(self, request: dict[str, object]) -> dict[str, object]:
        """Do what one request says."""
        names = request["names"]
        if names is not None and self.house.hosts is not None:
            lines = ["127.0.0.1 localhost", "::1 localhost", *(f"{address} {name}" for address, name in names.items())]
            self.house.hosts.write_text("\n".join(lines) + "\n")  # in place: it is bound over /etc/hosts
        admin = answers(self.root, request["admin"])
        sessions = [self._session(*session) for session in request["sessions"]]
        return {"admin": admin, "sessions": sessions, "read": [rows(self.root, query) for query in request["read"]]}

    def _session(self, user: str, source: str, statements: list[str]) -> object:
        try:
            connection = self._connect(user, source)
        except pymysql.err.MySQLError as error:
            return _number(error)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT CURRENT_USER()")
                current_user = cursor.fetchone()[0]
            return [current_user, answers(connection, statements)]
        except pymysql.err.MySQLError as error:  # 1820: it is let in to change its password, and to do nothing else
            return _number(error)
        finally:
            connection.close()

    def _connect(self, user: str, source: str) -> pymysql.Connection:
        seconds = {"connect_timeout": 20, "read_timeout": 60, "write_timeout": 60}
        if source == "socket":
            return pymysql.connect(unix_socket=self.socket, user=user, ssl_disabled=True, **seconds)
        if ":" in source and source not in self._local:
            self._local.add(source)
            _add(source)
        host = source if self.house.hosts else self.house.listen
        return pymysql.connect(
            host=host, port=self.house.port, bind_address=source, user=user, ssl_disabled=True, **seconds
        )

    def _first_connection(self) -> pymysql.Connection:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return pymysql.connect(unix_socket=self.socket, user="root", ssl_disabled=True, autocommit=True)
            except pymysql.err.MySQLError as error:
                if self.server.poll() is None and time.monotonic() < end:
                    time.sleep(0.1)
                    continue
                self.close()
                said = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
                wrong = [line for line in said if "ERROR" in line] or said
                raise RunnerError(f"the server did not start: {'; '.join(wrong[-3:]) or error}") from error


def answers(connection: pymysql.Connection, statements: Iterable[str]) -> list[int | None]:
    """Return for each statement the server's error number, None where it did it."""
    found: list[int | None] = []
    with connection.cursor() as cursor:
        for statement in statements:
            try:
                cursor.execute(statement)
                found.append(None)
            except pymysql.err.MySQLError as error:
                found.append(_number(error))
    return found


def rows(connection: pymysql.Connection, query: str) -> list[list[str]]:
    """Return what a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [[cell.decode() if isinstance(cell, bytes) else str(cell) for cell in row] for row in cursor.fetchall()]


def _number(error: pymysql.err.MySQLError) -> int:
    number = int(error.args[0])
    if number in CLIENT_SIDE or number == 0:
        raise RunnerError(f"no answer of the server: {error}")
    return number


def _add(address: str) -> bool:
    """Make an IPv6 address local: unlike for IPv4, a route for all of them is not enough to come from one."""
    if not _command("ip", "-6", "addr", "add", f"{address}/128", "dev", "lo", "nodad", required=False):
        return False
    for _ in range(100):
        try:
            socket.create_connection((address, 9), source_address=(address, 0)).close()
        except ConnectionRefusedError:
            return True
        except OSError:  # the kernel makes the routes a moment later
            time.sleep(0.01)
    return False


def _command(*words: str, required: bool = True) -> bool:
    try:
        done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    except FileNotFoundError as error:
        raise RunnerError(f"this machine has no command {words[0]}, which sets the clients' network up") from error
    if done.returncode and required:
        raise RunnerError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.returncode == 0


def say(answer: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Start the server that the argument describes and answer what comes in."""
    settings = json.loads(sys.argv[1])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="grantlint-live-") as name:
        try:
            house = own_house(Path(name)) if settings["namespace"] else shared_house()
            runner = Runner(Path(name), house, settings)
        except RunnerError as error:
            say({"error": str(error)})
            return
        try:
            say({"version": runner.version(), "ipv6": house.ipv6, "socket": runner.socket})
            for line in sys.stdin:
                try:
                    say(runner.answer(json.loads(line)))
                except (RunnerError, pymysql.err.MySQLError, OSError) as error:
                    say({"error": str(error)})
        finally:
            runner.close()


if __name__ == "__main__":
    main()
