"""A secret in every place of every format, damaged right at it, through every command: `make canaries`.

Ends with 1 if any command tells it. The templates are those of tests/cli; each text is made from a number, so that
`--first N --texts 1` shows a leak again.
"""

import argparse
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

PROJECT = Path(__file__).parents[1]
sys.path[0] = str(PROJECT / "tests")

from cli.test_secrets import CANARY, HASH  # noqa: E402 - found by the line above
from cli.test_secrets_by_command import FILES  # noqa: E402 - as above
from fuzz.canaries import CORE, Text, damaged, is_name, tellings, templates  # noqa: E402 - as above
from grantlint.reader.files.formats import FORMATS  # noqa: E402


def main() -> int:
    """Try as many texts as asked for, and print what told the secret."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", type=int, default=20_000)
    asked.add_argument("--first", type=int, default=0, help="the number of the first text")
    asked.add_argument("--show", action="store_true", help="print the texts that are told")
    options = asked.parse_args()
    written = [Text(*FILES[name]) for name in sorted(FILES) if CANARY in FILES[name][1] or HASH in FILES[name][1]]
    sources = [written, *(list(templates(known, CANARY)) for known in FORMATS)]
    sources = [texts for texts in sources if texts]
    began, told = monotonic(), 0
    with TemporaryDirectory() as folder:
        for number in range(options.first, options.first + options.texts):
            dice = Random(number)  # noqa: S311 - dice
            text = damaged(dice, dice.choice(dice.choice(sources)), (CANARY, HASH))
            for command, said in tellings(Path(folder), text):
                if CORE.casefold() in said.casefold() and not is_name(Path(folder), text):
                    told += 1
                    print(f"text {number}: `{command}` tells it", flush=True)
                    if options.show:
                        line = next(line for line in said.splitlines() if CORE.casefold() in line.casefold())
                        print(f"    {text.text!r}\n    {line}", flush=True)
                    break
    print(
        f"{sum(map(len, sources)):,} templates; {options.texts:,} texts in {monotonic() - began:,.0f} s: {told:,} told"
    )
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
