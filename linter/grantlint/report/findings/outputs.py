"""How a run may be reported: the names that --output takes, each a module of people/ or machines/ with `render`."""

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Page


class Output(NamedTuple):
    """An output. room: where its module is; suffix: of a file of it; in_lines: others may follow it on one stream.

    module: its name in the room, where that is not the output's own.
    """

    room: str
    help: str
    suffix: str
    in_lines: bool = False
    module: str = ""

    @property
    def for_machines(self) -> bool:
        """Whether it is written also where a person is told nothing."""
        return self.room != "people"


OUTPUTS = {
    "text": Output("people", "for people: each finding with its lines, proof and help", ".txt", in_lines=True),
    "concise": Output("people", "a line for each finding, and the summary", ".txt", in_lines=True),
    "json": Output("machines", "one object, as `grantlint schema findings` describes it", ".json"),
    "compliance": Output("compliance", "what is shown of each control of --edition", ".txt", module="text"),
    "compliance-markdown": Output("compliance", "the same as a document", ".md", module="markdown"),
    "compliance-html": Output("compliance", "the same as a page", ".html", module="html"),
    "compliance-csv": Output("compliance", "the same as a table", ".csv", module="csv"),
    "compliance-json": Output("compliance", "the same as one object", ".json", module="json"),
}
"""A new output is a module of its name in its room and a line here."""


class Renderer(Protocol):
    """What a module that is an output offers."""

    def render(self, report: Report, look: Look) -> Page:
        """Return the report as this output has it."""
        ...


def rendered(report: Report, name: str, look: Look) -> Page:
    """Return the report as the output of a name; no other is imported."""
    output = OUTPUTS[name]
    module = f"grantlint.report.findings.{output.room}.{output.module or name.replace('-', '_')}"
    return cast("Renderer", import_module(module)).render(report, look)
