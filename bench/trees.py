"""Real trees against a process that only parses the files taken, and against grep: `BENCH_TREES=DIR make bench`.

A line is a folder of DIR: files taken, CPU seconds, the ratio to the floor, to grep, peak memory. The floor parses what
we take with the same parser; what has a reader of ours is passed over by one expression for strings and comments.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from run import GRANTLINT, cost

FLOOR = r"""
import gc, json, re, sys
gc.disable()
skip = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|#[^\n]*|--[^\n]*|/\*.*?\*/", re.DOTALL)
for path, kind in json.load(open(sys.argv[1])):
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    if path.endswith((".yml", ".yaml", ".sls")):
        import yaml
        try:
            list(yaml.compose_all(text, Loader=yaml.CSafeLoader))
        except yaml.YAMLError:
            pass
    elif kind == "terraform":
        import tree_sitter, tree_sitter_hcl
        tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language())).parse(text.encode())
    else:
        for found in skip.finditer(text):
            pass
"""


def taken(folder: Path) -> list[tuple[str, str]]:
    """Return the files of a tree that are read.

    Each comes with its format.
    """
    listed = subprocess.run(  # noqa: S603 - the program that is measured
        [GRANTLINT, "files", "--format", "json", "--no-config", str(folder)], capture_output=True, check=False
    )
    return [(one["path"], one["format"]) for one in json.loads(listed.stdout)["files"] if one.get("format")]


def main(parent: Path) -> None:
    """Measure each folder of a folder."""
    for folder in sorted(path for path in parent.iterdir() if path.is_dir()):
        files = taken(folder)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as listed:
            json.dump(files, listed)
            listed.flush()
            ours = cost([GRANTLINT, "--no-config", str(folder)])
            floor = cost([sys.executable, "-c", FLOOR, listed.name])
            grep = cost(["grep", "-rlF", "mysql", str(folder)])
        ratios = f"{ours.seconds / floor.seconds:7.2f}x{ours.seconds / max(grep.seconds, 0.001):8.2f}x"
        print(f"{folder.name:<40}{len(files):>6}{ours.seconds:8.2f} s{ratios}{ours.mebibytes:7.0f} MiB", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["BENCH_TREES"]))
