"""What rules add to a run in which one rule is asked that has nothing to say, and which rules are the dearest.

A line is a shape: by how much all rules of the default profile make the run dearer, in CPU seconds, with what is found
and printed; then the rules that take most of it, in milliseconds. What several rules ask of a server (who gets in,
which grants count) is worked out once and counts for the first that asks.
"""

import io
import os
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout, suppress
from operator import itemgetter
from pathlib import Path
from time import process_time
from typing import TypeVarTuple

from corpora import playbooks, policy
from shapes import servers, written

from grantlint.cli.main import main as grantlint
from grantlint.lint.engine.verdicts import Verdicts
from grantlint.lint.finding import Problem
from grantlint.lint.rule import Rule
from grantlint.lint.weighing import Context, Weight
from grantlint.model import Account, Grant, Role
from run import GRANTLINT, cost

Things = TypeVarTuple("Things")
IDLE = "host-shell-glob"
DEAREST = 5


def shapes(folder: Path) -> dict[str, Path]:
    """Return files to measure with, by what they are."""
    many = folder / "many.yml"
    many.write_text(policy(10_000), encoding="utf-8")
    real = folder / "real"
    real.mkdir()
    return {
        "200 plain playbooks": playbooks(folder),
        "200 playbooks of real shapes": written(real, servers(200)),
        "10,000 accounts": many,
    }


def added(path: Path, pairs: int = 5) -> float:
    """Return how many times as dear a run is with all rules."""
    every, idle = [GRANTLINT, "--no-config", str(path)], [GRANTLINT, "--no-config", "--select", IDLE, str(path)]
    for warming in (every, idle):
        cost(warming)
    return statistics.median(cost(every).seconds / cost(idle).seconds for _ in range(pairs))


def seconds_by_rule(path: Path) -> dict[str, float]:
    """Return the CPU seconds that each rule takes in one run."""
    spent: dict[str, float] = defaultdict(float)
    ask, weighed = Verdicts.ask, Verdicts.weighed

    def asked(
        verdicts: Verdicts, rule: Rule, check: Callable[[*Things], Iterable[Problem]], *things: *Things
    ) -> list[Problem]:
        begun = process_time()
        try:
            return ask(verdicts, rule, check, *things)
        finally:
            spent[rule.name] += process_time() - begun

    def weighing(
        verdicts: Verdicts, rule: Rule, about: Account | Role | None, grant: Grant | None, context: Context
    ) -> Weight:
        begun = process_time()
        try:
            return weighed(verdicts, rule, about, grant, context)
        finally:
            spent[rule.name] += process_time() - begun

    Verdicts.ask, Verdicts.weighed = asked, weighing  # type: ignore[method-assign]
    try:
        with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")), suppress(SystemExit):
            grantlint(["--no-config", str(path)])
    finally:
        Verdicts.ask, Verdicts.weighed = ask, weighed  # type: ignore[method-assign]
    return spent


def main() -> None:
    """Print a line for each shape."""
    with tempfile.TemporaryDirectory() as folder:
        for what, path in shapes(Path(folder)).items():
            spent = seconds_by_rule(path)
            dearest = sorted(spent.items(), key=itemgetter(1), reverse=True)[:DEAREST]
            told = ", ".join(f"{rule} {seconds * 1000:.0f}" for rule, seconds in dearest)
            print(f"{what:<58}{added(path):6.2f}x{'':46}goal: 1.4   ms: {told}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "100")
    sys.exit(main())
