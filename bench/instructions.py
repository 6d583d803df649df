"""Instructions that runs take, counted by valgrind: a change of 2 % is seen, on any machine and under any load.

As a script: one line a run. With a folder as its argument, the run over that folder alone.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

from shapes import hiera, many_users_at_many_hosts, one_user_at_many_hosts, servers, written

from run import GRANTLINT

RUNS = {
    "--version": None,
    "one user at 30 hosts, 10 databases": one_user_at_many_hosts(30),
    "20 users at 20 hosts, 5 databases": many_users_at_many_hosts(20),
    "10 playbooks, a server each": servers(10),
    "10 nodes of Hiera": hiera(10),
}


def instructions(arguments: list[str]) -> int:
    """Return how many instructions a run takes."""
    with tempfile.NamedTemporaryFile() as counted:
        subprocess.run(  # noqa: S603 - commands of this file
            [
                which("valgrind") or "/usr/bin/valgrind",
                "--tool=callgrind",
                f"--callgrind-out-file={counted.name}",
                sys.executable,
                GRANTLINT,
                *arguments,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
            | {"PYTHONHASHSEED": "0"},
            check=False,
        )
        lines = Path(counted.name).read_text(encoding="utf-8", errors="replace").splitlines()
    totals = [line.split()[1] for line in lines if line.startswith(("summary:", "totals:"))]
    return int(totals[0])


def main() -> None:
    """Print what each run takes."""
    if len(sys.argv) > 1:
        print(f"{sys.argv[1]}: {instructions(['--no-config', sys.argv[1]]):,}")
        return
    for what, files in RUNS.items():
        with tempfile.TemporaryDirectory() as folder:
            arguments = ["--version"] if files is None else ["--no-config", str(written(Path(folder), files))]
            print(f"{what:<40}{instructions(arguments):>18,}", flush=True)


if __name__ == "__main__":
    main()
