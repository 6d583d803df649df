"""The tests' end of a running server: start it, ask it, end it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from grantlint.access import Target, parse_target
from live.debian import ProvisionError
from live.provision import Installed

RUNNER = Path(__file__).parent / "runner.py"
NAMESPACES = (
    ("unshare", "--net", "--mount"),
    ("unshare", "--user", "--map-root-user", "--net", "--mount"),
)
NEEDED = "ip link set lo up && ip route add local 0.0.0.0/0 dev lo && mount --bind /etc/hosts /etc/hosts"


class Said(NamedTuple):
    """A session's answer: an error number, or CURRENT_USER() and what its statements got (None: done)."""

    error: int | None
    current_user: str
    answers: tuple[int | None, ...]


@cache
def namespace() -> tuple[str, ...]:
    """Return the words that start a program in a network and mount namespace; none where that is not permitted."""
    if os.environ.get("GRANTLINT_LIVE_NAMESPACE") == "no":
        return ()
    for words in NAMESPACES:
        try:
            done = subprocess.run(
                [*words, "sh", "-c", NEEDED], stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
        except FileNotFoundError:
            return ()
        if done.returncode == 0:
            return words
    return ()


class LiveServer:
    """A real server with one setting of skip_name_resolve, for as long as nobody closes it."""

    def __init__(self, installed: Installed, *, skip_name_resolve: bool, options: Sequence[str] = ()) -> None:
        self.skip_name_resolve = skip_name_resolve
        self.namespace = bool(namespace())
        settings = {
            "command": installed.command,
            "environment": installed.environment,
            "data": str(installed.data),
            "skip_name_resolve": skip_name_resolve,
            "options": list(options),
            "namespace": self.namespace,
        }
        words = [*namespace(), sys.executable, str(RUNNER), json.dumps(settings)]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            ready = self._read()
        except ProvisionError:
            self.close()
            raise
        self.ipv6 = bool(ready["ipv6"])
        self.version = str(ready["version"])
        self.socket = str(ready["socket"])
        number = self.version.split("-")[0]
        self.target: Target = parse_target(f"{'mariadb' if 'MariaDB' in self.version else 'mysql'}-{number}")

    def close(self) -> None:
        """End the server and whatever belongs to it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            self._process.terminate()
            self._process.wait(30)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def ask(
        self,
        admin: Iterable[str] = (),
        sessions: Iterable[tuple[str, str, Sequence[str]]] = (),
        names: Mapping[str, str] | None = None,
    ) -> tuple[list[int | None], list[Said]]:
        """Return what the administrator's statements and the sessions, (user, source, statements), got.

        `names` become the hosts file; None leaves it as it is.
        """
        answer = self._ask({"names": names, "admin": list(admin), "sessions": list(sessions), "read": []})
        said = [
            Said(one, "", ()) if isinstance(one, int) else Said(None, one[0], tuple(one[1]))
            for one in answer["sessions"]
        ]
        return answer["admin"], said

    def read(self, queries: Iterable[str]) -> list[list[list[str]]]:
        """Return the rows of each of the administrator's queries, as texts."""
        return self._ask({"names": None, "admin": [], "sessions": [], "read": list(queries)})["read"]

    def _ask(self, request: dict) -> dict:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ProvisionError("the program that runs the server ended without a word")
        answer = json.loads(line)
        if "error" in answer:
            raise ProvisionError(answer["error"])
        return answer
