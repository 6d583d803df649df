"""How a run may be reported: the names that --output takes, each a module of people/ or machines/ with `render`."""

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Page


class Output(NamedTuple):
    """An output. room: where its module is; suffix: of a file of it; in_lines: others may follow it on one stream."""

    room: str
    help: str
    suffix: str
    in_lines: bool = False

    @property
    def for_machines(self) -> bool:
        """Whether it is written also where a person is told nothing."""
        return self.room == "machines"


OUTPUTS = {
    "text": Output("people", "for people: each finding with its lines, proof and help", ".txt", in_lines=True),
    "concise": Output("people", "a line for each finding, and the summary", ".txt", in_lines=True),
    "json": Output("machines", "one object, as `grantlint schema findings` describes it", ".json"),
}
"""A new output is a module of its name in its room and a line here."""


class Renderer(Protocol):
    """What a module that is an output offers."""

    def render(self, report: Report, look: Look) -> Page:
        """Return the report as this output has it."""
        ...


def rendered(report: Report, name: str, look: Look) -> Page:
    """Return the report as the output of a name; no other is imported."""
    module = f"grantlint.report.findings.{OUTPUTS[name].room}.{name.replace('-', '_')}"
    return cast("Renderer", import_module(module)).render(report, look)
