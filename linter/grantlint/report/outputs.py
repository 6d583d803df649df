"""How a run may be reported: a name for --format, and the module beside this one with `render`."""

from importlib import import_module
from typing import Protocol, cast

from grantlint.report.content import Look, Report
from grantlint.report.page import Page

OUTPUTS = {"text": "text", "json": "json"}
"""A new output is a file and a line here."""


class Output(Protocol):
    """What a module that is an output offers."""

    def render(self, report: Report, look: Look) -> Page:
        """Return the report as this output has it."""
        ...


def rendered(report: Report, name: str, look: Look) -> Page:
    """Return the report as the output of a name; none but that is imported."""
    return cast("Output", import_module(f"grantlint.report.{OUTPUTS[name]}")).render(report, look)
