r"""Lines that a build server is meant to obey: one command each, in which nothing of a name or message acts.

GitHub: "Workflow commands for GitHub Actions". Azure Pipelines: "Logging commands", `task.logissue`. Both say how
what stands in a command is written; control characters and line breaks are escapes before that (see `visible`).
"""

from collections.abc import Iterable, Mapping

from grantlint.report.page import Page
from grantlint.report.visible import visible

_GITHUB_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_GITHUB_VALUE = {**_GITHUB_TEXT, ":": "%3A", ",": "%2C"}
_AZURE_TEXT = {"%": "%AZP25", "\r": "%0D", "\n": "%0A"}
_AZURE_VALUE = {**_AZURE_TEXT, ";": "%3B", "]": "%5D"}


def github(verb: str, values: Mapping[str, object], message: str) -> str:
    """Return a command of GitHub's: `::verb key=value,key=value::message`."""
    listed = ",".join(f"{key}={_escaped(value, _GITHUB_VALUE)}" for key, value in values.items())
    return f"::{verb} {listed}::{_escaped(message, _GITHUB_TEXT)}"


def azure(verb: str, values: Mapping[str, object], message: str) -> str:
    """Return a command of Azure Pipelines: `##vso[verb key=value;key=value;]message`."""
    listed = "".join(f"{key}={_escaped(value, _AZURE_VALUE)};" for key, value in values.items())
    return f"##vso[{verb} {listed}]{_escaped(message, _AZURE_TEXT)}"


def commands(lines: Iterable[str]) -> Page:
    """Return commands as they may be printed.

    Each is a line that `github` or `azure` made.
    """
    return Page("".join(f"{line}\n" for line in lines))


def _escaped(value: object, signs: Mapping[str, str]) -> str:
    """Return a value as it stands in a command; `##` before a word and a bracket is a command anywhere in a line."""
    shown = visible(str(value)).replace("##", "#\\x23").replace("::", ":\\x3a")
    return "".join(signs.get(sign, sign) for sign in shown)
