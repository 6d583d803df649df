"""How a run may be reported: the names that --format takes, each a module beside this one with `render`."""

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Page


class Output(NamedTuple):
    """An output. suffix: of a file of it; for_machines: written also where a person is told nothing."""

    help: str
    suffix: str
    for_machines: bool = True


OUTPUTS = {
    "text": Output("for people", ".txt", for_machines=False),
    "json": Output("one object, as `grantlint schema findings` describes it", ".json"),
}
"""A new output is a module of its name beside this one and a line here."""


class Renderer(Protocol):
    """What a module that is an output offers."""

    def render(self, report: Report, look: Look) -> Page:
        """Return the report as this output has it."""
        ...


def rendered(report: Report, name: str, look: Look) -> Page:
    """Return the report as the output of a name; no other is imported."""
    return cast("Renderer", import_module(f"grantlint.report.findings.{name}")).render(report, look)
