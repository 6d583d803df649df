"""What a configuration file asks for that only the caller may allow: to run the rule files that it names."""

import re

from grantlint.model import Fault
from grantlint.reader.files.recognition import fault
from grantlint.run.settings import LEAVE, Settings

_KEY = re.compile(r"""rules-dir["']?\s*=""")


def not_loaded(settings: Settings) -> list[Fault]:
    """Return a finding at the key of rule folders that were not loaded; none where there are no such."""
    if not settings.not_loaded:
        return []
    line, column = _place(settings.file)
    message = f"the rule files of {', '.join(settings.not_loaded)} are not loaded: nobody allowed it"
    remedy = f"Give --allow-rules-dir or set {LEAVE}=1 where their code may run as you, or take the key out."
    return [fault("rules-not-loaded", settings.file, message, remedy, line, column)]


def _place(file: str) -> tuple[int, int]:
    """Return the line and column of the key rules-dir, both from 1."""
    with open(file, encoding="utf-8") as opened:
        lines = opened.read().splitlines()
    for number, line in enumerate(lines, 1):
        found = _KEY.search(line)
        if found and "#" not in line[: found.start()]:
            return number, found.start() + 1
    return 1, 1
