"""A secret in every place of every format, damaged right at it, through every command: `make canaries`.

Ends with 1 if any command tells it. The templates are those of tests/cli; each text is made from a number, so that
`--first N --texts 1` shows a leak again.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from unittest.mock import patch

PROJECT = Path(__file__).parents[1]
sys.path[0] = str(PROJECT / "tests")

from cli.test_secrets import CANARY, HASH  # noqa: E402 - found by the line above
from cli.test_secrets_by_command import FILES  # noqa: E402 - as above
from fuzz.canaries import CORE, Text, damaged, is_name, tellings, templates  # noqa: E402 - as above
from grantlint.cli import served  # noqa: E402 - as above
from grantlint.cli.commands import convert  # noqa: E402 - as above
from grantlint.reader.files.formats import FORMATS  # noqa: E402 - as above
from grantlint.run import checking, loading  # noqa: E402 - as above
from grantlint.run.loading import Loaded, Request  # noqa: E402 - as above
from grantlint.run.settings import Settings  # noqa: E402 - as above

_TOGETHER = 20
"""Texts that one run of a command is given: its start and what an output says once are most of the cost of one."""


def main() -> int:
    """Print what told the secret and return 1 if anything did."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", type=int, default=20_000)
    asked.add_argument("--first", type=int, default=0, help="the number of the first text")
    asked.add_argument("--show", action="store_true", help="print the texts that are told")
    options = asked.parse_args()
    written = [Text(*FILES[name]) for name in sorted(FILES) if CANARY in FILES[name][1] or HASH in FILES[name][1]]
    sources = [written, *(list(templates(known, CANARY)) for known in FORMATS)]
    sources = [texts for texts in sources if texts]
    began, told, names = monotonic(), 0, 0
    last = options.first + options.texts
    with TemporaryDirectory() as made:
        folder = Path(made)
        for first in range(options.first, last, _TOGETHER):
            texts: dict[int, Text] = {}
            for number in range(first, min(first + _TOGETHER, last)):
                dice = Random(number)  # noqa: S311 - dice
                texts[number] = damaged(dice, dice.choice(dice.choice(sources)), (CANARY, HASH))
            for numbers, command, line in _told(folder, texts):
                if all(is_name(folder, texts[number]) for number in numbers):
                    names += len(numbers)
                    continue
                told += 1
                print(f"text {', '.join(map(str, numbers))}: `{command}` tells it", flush=True)
                if options.show:
                    print(*(f"    {texts[number].text!r}" for number in numbers), f"    {line}", sep="\n", flush=True)
    print(
        f"{sum(map(len, sources)):,} templates; {options.texts:,} texts in {monotonic() - began:,.0f} s, {names:,} of "
        f"them with the secret as a name: {told:,} told"
    )
    return 1 if told else 0


def _told(folder: Path, texts: dict[int, Text]) -> Iterator[tuple[list[int], str, str]]:
    """Yield what tells the secret of which texts, by which line: of one by itself where it is one's."""
    with _read_once():
        together = _first_telling(folder, list(texts.values()))
    if together is None:
        return
    alone = [(number, _first_telling(folder, [text])) for number, text in texts.items()]
    found = [([number], *telling) for number, telling in alone if telling is not None]
    yield from found or [(list(texts), *together)]


@contextmanager
def _read_once() -> Iterator[None]:
    """While entered, let the commands that are given the same files share what was read of them."""
    read: dict[tuple[str, ...], Loaded] = {}

    def load(request: Request, settings: Settings) -> Loaded:
        files = tuple(request.paths)
        if files not in read:
            read[files] = loading.load(request, settings)
        return read[files]._replace(settings=settings)

    with ExitStack() as stack:
        for module in (checking, convert, served):
            stack.enter_context(patch.object(module, "load", load))
        yield


def _first_telling(folder: Path, texts: list[Text]) -> tuple[str, str] | None:
    for command, said in tellings(folder, texts):
        if CORE.casefold() in said.casefold():
            return command, next(line for line in said.splitlines() if CORE.casefold() in line.casefold())
    return None


if __name__ == "__main__":
    sys.exit(main())
