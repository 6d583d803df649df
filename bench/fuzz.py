"""Texts that nobody wrote, through every reader and on to both reports: `make fuzz`. Ends with 1 if any breaks it.

A target a format, and `tree` for whole folders, `long` for 100 KB texts that repeat a piece (what is quadratic shows),
and `order` for whether two processes with other hash seeds say the same. What must hold: tests/fuzz/invariants.py.
Atheris chooses the texts by the code that they reach (the extra `fuzz`); without it, changes are made at random.
A text that breaks something is kept in the folder that --keep names.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from time import monotonic
from traceback import extract_tb
from typing import NamedTuple

PROJECT = Path(__file__).parents[1]
sys.path[0] = str(PROJECT / "tests")  # instead of bench/: this file is no package, and tests/fuzz is one

TREE, LONG, ORDER = "tree", "long", "order"
LONG_SIZE = 100_000
SECONDS_EACH = 120


class Tally:
    """What became of the texts of one target."""

    def __init__(self, target: str, keep: Path) -> None:
        self.target = target
        self.keep = keep
        self.texts = 0
        self.began = monotonic()
        self.broken: dict[str, int] = {}

    def count(self, text: str, check: Callable[[str], object]) -> None:
        """Check a text, and keep the first of each way to break."""
        self.texts += 1
        try:
            check(text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            sign = _sign(error)
            self.broken[sign] = self.broken.get(sign, 0) + 1
            if self.broken[sign] == 1:
                self.keep.mkdir(parents=True, exist_ok=True)
                file = self.keep / f"{self.target}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
                file.write_text(text, encoding="utf-8")
                print(f"  {sign}\n    {file}", flush=True)

    def line(self, engine: str) -> str:
        """Say how it went."""
        seconds = monotonic() - self.began
        broken = (
            f"{sum(self.broken.values()):,} break it in {len(self.broken)} ways" if self.broken else "none breaks it"
        )
        return f"{self.target:16} {self.texts:>9,} texts in {seconds:5.0f} s by {engine}: {broken}"


class Limits(NamedTuple):
    """When a target ends: after so many texts or seconds."""

    texts: int
    seconds: float

    def reached(self, tally: Tally) -> bool:
        """Whether it is enough."""
        return tally.texts >= self.texts or monotonic() - tally.began >= self.seconds


def main() -> int:
    """Run each target in a process and return 1 if one failed.

    Each has a process of its own since libFuzzer, which drives atheris, is set up once a process.
    """
    options = _options()
    if options.worker:
        return _work(options.targets[0], options)
    engine = "atheris" if find_spec("atheris") and not options.at_random else "random changes"
    if engine != "atheris" and not options.at_random:
        print("atheris is not installed (pip install -e '.[fuzz]'): changes are made at random")
    failed = False
    for target in options.targets or _targets():
        failed |= subprocess.run(_worker(target, options), check=False).returncode != 0  # noqa: S603 - this file
    return 1 if failed else 0


def _worker(target: str, options: argparse.Namespace) -> list[str]:
    command = [sys.executable, __file__, "--worker", "--texts", str(options.texts), "--seconds", str(options.seconds)]
    command += ["--seed", str(options.seed), "--keep", str(options.keep)]
    return [*command, *(["--at-random"] if options.at_random else []), target]


def _options() -> argparse.Namespace:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument(
        "targets", metavar="TARGET", nargs="*", help=f"a format, {TREE}, {LONG} or {ORDER} (default: all)"
    )
    made.add_argument("--texts", type=int, default=1_000_000, help="at most so many for each target")
    made.add_argument("--seconds", type=float, default=SECONDS_EACH, help="at most so long for each target")
    made.add_argument("--seed", type=int, default=1, help="of the dice")
    made.add_argument("--at-random", action="store_true", help="do without atheris")
    made.add_argument("--keep", type=Path, default=PROJECT / ".fuzz", help="where texts are kept that break something")
    made.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    made.add_argument("--digests", action="store_true", help=argparse.SUPPRESS)
    return made.parse_args()


def _targets() -> list[str]:
    from fuzz.invariants import formats  # noqa: PLC0415 - not before atheris has instrumented what it imports

    return [*formats(), TREE, LONG, ORDER]


def _work(target: str, options: argparse.Namespace) -> int:
    tally = Tally(target, options.keep)
    limits = Limits(options.texts, options.seconds)
    if target == ORDER:
        _order(tally, options)
    elif target == LONG:
        _long(tally, limits, Random(options.seed))  # noqa: S311 - dice
    elif options.at_random or not find_spec("atheris"):
        _at_random(tally, limits, Random(options.seed))  # noqa: S311 - dice
    else:
        _by_atheris(tally, limits, options.seed)  # ends the process
    print(tally.line("random changes"), flush=True)
    return 1 if tally.broken else 0


def _check(target: str) -> Callable[[str], object]:
    from fuzz.invariants import check_run, check_tree, formats  # noqa: PLC0415 - as above

    if target == TREE:
        shared_memory = Path("/dev/shm")  # noqa: S108 - quick, and only the parent of folders with names of their own
        parent = shared_memory if shared_memory.is_dir() else None

        def tree(text: str) -> None:
            with tempfile.TemporaryDirectory(dir=parent) as folder:
                check_tree(text, Path(folder))

        return tree
    known = formats()[target]
    return lambda text: check_run(known, text)


def _seeds(target: str) -> Sequence[str]:
    from fuzz import seeds  # noqa: PLC0415 - as above
    from fuzz.invariants import formats  # noqa: PLC0415 - as above

    return seeds.trees() if target == TREE else seeds.texts_of(formats()[target])


def _at_random(tally: Tally, limits: Limits, dice: Random) -> None:
    from fuzz.mutation import mutated  # noqa: PLC0415 - as above
    from fuzz.seeds import every_text, words  # noqa: PLC0415 - as above

    check, seeds, known_words = _check(tally.target), _seeds(tally.target), words()
    for text in (*seeds, *(every_text() if tally.target != TREE else ())):
        tally.count(text, check)
    while not limits.reached(tally):
        tally.count(mutated(dice, seeds, known_words), check)


def _long(tally: Tally, limits: Limits, dice: Random) -> None:
    from fuzz.invariants import formats, run  # noqa: PLC0415 - as above
    from fuzz.mutation import repeated  # noqa: PLC0415 - as above

    while not limits.reached(tally):
        for name, known in formats().items():
            tally.count(repeated(dice, _seeds(name), LONG_SIZE), lambda text, known=known: run(known, text))


def _order(tally: Tally, options: argparse.Namespace) -> None:
    """Compare what two processes say, in which sets and dictionaries of texts come in another order."""
    if options.digests:
        _print_digests(options.seed)
        return
    told: list[list[str]] = []
    for hash_seed in ("1", "2"):
        command = [*_worker(ORDER, options), "--digests"]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 - this file
        told.append(done.stdout.splitlines())
    for one, other in zip(*told, strict=True):
        tally.texts += 1
        if one != other:
            tally.broken[f"{one} is not {other}"] = 1
            print(f"  not the same in another process: {one}", flush=True)


def _print_digests(seed: int, each: int = 1000) -> None:
    from fuzz.invariants import formats, run  # noqa: PLC0415 - as above
    from fuzz.mutation import mutated  # noqa: PLC0415 - as above
    from fuzz.seeds import words  # noqa: PLC0415 - as above

    for name, known in formats().items():
        dice = Random(seed)  # noqa: S311 - dice
        seeds, known_words = _seeds(name), words()
        for number in range(each):
            text = mutated(dice, seeds, known_words)
            try:
                said = run(known, text).said
            except Exception as error:  # noqa: BLE001 - the other targets tell
                said = type(error).__name__
            print(f"{name} {number} {hashlib.sha256(said.encode()).hexdigest()}")
    sys.stdout.flush()
    os._exit(0)


def _by_atheris(tally: Tally, limits: Limits, seed: int) -> None:
    import atheris  # noqa: PLC0415 - an extra

    with redirect_stderr(StringIO()), atheris.instrument_imports(include=["grantlint", "grantlint_rules"]):
        for package in ("grantlint", "grantlint_rules"):
            for module in walk_packages(import_module(package).__path__, f"{package}."):
                if not module.name.endswith("__main__"):
                    import_module(module.name)
    os.environ["GRANTLINT_FUZZ_SLOWNESS"] = "5"
    check, seeds = _check(tally.target), _seeds(tally.target)
    from fuzz.mutation import MOST  # noqa: PLC0415 - as above
    from fuzz.seeds import words  # noqa: PLC0415 - as above

    folder = Path(tempfile.mkdtemp())
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, text in enumerate(seeds):
        (corpus / str(number)).write_text(text, encoding="utf-8")
    (folder / "words").write_text("".join(f'"{_escaped(word)}"\n' for word in words()), encoding="ascii")

    def one(data: bytes) -> None:
        text = data.decode("utf-8", "ignore").replace("\0", "")
        tally.count(text, check)
        if limits.reached(tally):
            print(tally.line("atheris"), flush=True)
            import shutil  # noqa: PLC0415 - once

            shutil.rmtree(folder)
            os._exit(1 if tally.broken else 0)

    flags = [f"-seed={seed}", f"-max_len={MOST}", f"-dict={folder / 'words'}", "-timeout=60", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], *flags, "-verbosity=0", str(corpus)], one)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def _sign(error: Exception) -> str:
    """Return what tells one way to break from another: the error, and the last place of ours that it came through."""
    cause = error.__cause__ or error
    ours = [frame for frame in extract_tb(cause.__traceback__) if "grantlint" in frame.filename]
    place = f" at {Path(ours[-1].filename).relative_to(PROJECT)}:{ours[-1].lineno}" if ours else ""
    words = str(error).split(":", 1)[0][:80] if type(error).__name__ == "Broken" else str(cause)[:60]
    return f"{type(cause).__name__}{place}: {words}"


if __name__ == "__main__":
    sys.exit(main())
