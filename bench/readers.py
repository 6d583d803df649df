"""What each reader costs for a file of ten accounts, beside its parser alone: a part of `make bench`.

A line is: the format, milliseconds a file and a megabyte, milliseconds of the parser alone (PyYAML's C composer,
tree-sitter; the other formats are cut by readers of ours, so their floor is nothing), and the ratio.
"""

from collections.abc import Callable
from time import process_time

import tree_sitter_hcl
import yaml
from corpora import of_each_format
from tree_sitter import Language, Parser

from grantlint.model.location import Source
from grantlint.reader.files.formats import format_named

_ROUNDS = 7
_TURNS = 20  # files in a round
_HCL = Parser(Language(tree_sitter_hcl.language()))
_SUFFIXES = {"salt": "sls", "terraform": "tf", "sql": "sql", "shell": "sh", "puppet": "pp", "mycnf": "cnf"}


def compose(text: str) -> None:
    """Compose each document as PyYAML does with libyaml."""
    list(yaml.compose_all(text, Loader=yaml.CSafeLoader))


def parse_hcl(text: str) -> None:
    """Parse as tree-sitter does."""
    _HCL.parse(text.encode())


def milliseconds(work: Callable[[], object]) -> float:
    """Return the CPU time of a call, the best of some rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        begun = process_time()
        for _ in range(_TURNS):
            work()
        best = min(best, process_time() - begun)
    return best / _TURNS * 1000


def main() -> None:
    """Print a line for each format."""
    print(f"{'a file of ten accounts':<24}{'ms':>8}{'ms/MB':>9}{'parser ms':>11}{'ratio':>8}")
    for name, text in of_each_format().items():
        reader = format_named(name)
        if reader is None:
            raise SystemExit(f"no format is named {name}")
        path = f"bench/example.{_SUFFIXES.get(name, 'yml')}"
        if not reader.claims(path, text) or not reader.read(Source(path, text)):
            raise SystemExit(f"the file made for {name} is not read as one")
        ours = milliseconds(lambda: reader.read(Source(path, text)))  # noqa: B023 - called at once
        blank = text.replace("{{", "x").replace("}}", "x") if name == "salt" else text
        parser = {"terraform": parse_hcl}.get(name, compose)
        cut_by_us = name in {"sql", "shell", "puppet", "mycnf"}
        floor = 0.0 if cut_by_us else milliseconds(lambda: parser(blank))  # noqa: B023 - called at once
        ratio = f"{floor:11.2f}{ours / floor:7.1f}x" if floor else f"{'-':>11}{'-':>8}"
        print(f"{name:<24}{ours:8.2f}{ours / len(text) * 1_000_000:9.0f}{ratio}", flush=True)


if __name__ == "__main__":
    main()
