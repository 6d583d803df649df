"""Whole processes against peers, in turn, in one run: `make bench`. Prints ratios; judges nothing.

A line is: what, the median over pairs of ours / theirs in CPU seconds and by the clock, the ratio of peak memory, the
goal.
The peers are yamllint (start-up), a process that only composes the same files with PyYAML's C parser, one that only
reads option files with configparser, and grep.
"""

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

CORPORA = Path(__file__).parent / "corpora.py"
READERS = Path(__file__).parent / "readers.py"
RULES = Path(__file__).parent / "rules.py"
TREES = Path(__file__).parent / "trees.py"
SCRIPTS = Path(sysconfig.get_path("scripts"))
GRANTLINT = str(SCRIPTS / "grantlint")
YAMLLINT = str(SCRIPTS / "yamllint")
COMPOSE = """
import gc, os, sys, yaml
gc.disable()
def files(path):
    return [os.path.join(path, name) for name in sorted(os.listdir(path))] if os.path.isdir(path) else [path]
for file in files(sys.argv[1]):
    with open(file, encoding="utf-8") as text:
        tree = yaml.compose(text.read(), Loader=yaml.CSafeLoader)
"""


OPTIONS = """
import configparser, os, sys
for name in sorted(os.listdir(sys.argv[1])):
    reader = configparser.RawConfigParser(allow_no_value=True, strict=False, delimiters="=")
    reader.read(os.path.join(sys.argv[1], name), encoding="utf-8")
"""


class Cost(NamedTuple):
    """The cost of a finished process and those it started.

    Seconds of CPU and by the clock, and peak memory in MiB.
    """

    seconds: float
    clock: float
    mebibytes: float


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end, its output thrown away."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}}
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - commands of this file
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - begun, usage.ru_maxrss / 1024)


def compare(what: str, ours: Sequence[str], theirs: Sequence[str], goal: str, pairs: int = 9) -> None:
    """Run both in turn after a warm-up and print the ratios."""
    cost(ours), cost(theirs)
    measured = [(cost(ours), cost(theirs)) for _ in range(pairs)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in measured)
    clock = statistics.median(a.clock / b.clock for a, b in measured)
    mine = statistics.median(a.seconds for a, _ in measured)
    memory = statistics.median(a.mebibytes for a, _ in measured)
    shape = memory / statistics.median(b.mebibytes for _, b in measured)
    print(
        f"{what:<58}{ratio:6.2f}x {clock:6.2f}x  {mine * 1000:8.0f} ms{memory:7.0f} MiB ({shape:4.2f}x)   goal: {goal}",
        flush=True,
    )


def growth(what: str, small: Sequence[str], large: Sequence[str], goal: str, pairs: int = 3) -> None:
    """Print how much dearer the larger run is."""
    measured = [(cost(large), cost(small)) for _ in range(pairs)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in measured)
    print(f"{what:<58}{ratio:6.2f}x{'':46}goal: {goal}", flush=True)


def main() -> None:
    """Measure all there is to measure."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([python, str(CORPORA), name], check=True)  # noqa: S603 - a script of this folder
        small, books = str(folder / "small.yml"), str(folder / "playbooks")
        sizes = {accounts: str(folder / f"policy{accounts}.yml") for accounts in (2_000, 10_000, 20_000, 100_000)}
        one, crowd = str(folder / "one.yml"), str(folder / "crowd.yml")
        compose = [python, "-c", COMPOSE]
        compare("--version / yamllint --version", [GRANTLINT, "--version"], [YAMLLINT, "--version"], "0.7", 21)
        compare("one small file / yamllint", [GRANTLINT, small], [YAMLLINT, small], "0.9", 21)
        compare("200 playbooks / yamllint", [GRANTLINT, books], [YAMLLINT, books], "0.2, 40 MiB", 5)
        compare("200 playbooks / compose", [GRANTLINT, books], [*compose, books], "2.5")
        services, options = str(folder / "compose"), str(folder / "options")
        compare("200 Compose files / compose", [GRANTLINT, services], [*compose, services], "-")
        compare("200 option files / configparser", [GRANTLINT, options], [python, "-c", OPTIONS, options], "-")
        for tree, what, goal in (("tree", "files", "1.8"), ("yaml", "YAML files", "-")):
            path = str(folder / tree)
            compare(f"10,000 {what} without accounts / grep", [GRANTLINT, path], ["grep", "-rlF", "mysql", path], goal)
        compare(
            "20,000 accounts / compose", [GRANTLINT, sizes[20_000]], [*compose, sizes[20_000]], "2.5, 0.6x memory", 5
        )
        growth("2,000 to 20,000 accounts", [GRANTLINT, sizes[2_000]], [GRANTLINT, sizes[20_000]], "11")
        compare("100,000 accounts / compose", [GRANTLINT, sizes[100_000]], [*compose, sizes[100_000]], "3.5", 3)
        growth("10,000 to 100,000 accounts", [GRANTLINT, sizes[10_000]], [GRANTLINT, sizes[100_000]], "12")
        why = [GRANTLINT, "why", "user7", "--from", "10.0.0.7", sizes[100_000]]
        compare("why among 100,000 accounts / compose", why, [*compose, sizes[100_000]], "1.8", 3)
        compare("one user with 20,000 addresses / compose", [GRANTLINT, one], [*compose, one], "-", 3)
        compare("1,000 anonymous rows, 10,000 users / compose", [GRANTLINT, crowd], [*compose, crowd], "-", 3)
        subprocess.run([python, str(READERS)], check=True)  # noqa: S603 - a script of this folder
        subprocess.run([python, str(RULES)], check=True)  # noqa: S603 - as above
    if os.environ.get("BENCH_TREES"):
        subprocess.run([python, str(TREES)], check=True)  # noqa: S603 - as above


if __name__ == "__main__":
    main()
