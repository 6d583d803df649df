"""How a run may be reported: the names that --output takes, each a module of people/ or machines/ with `render`."""

from importlib import import_module

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol, cast
from grantlint.report.findings.content import Look, Report
from grantlint.report.page import Page


class Output(NamedTuple):
    """An output. room: where its module is; suffix: of a file of it; in_lines: others may follow it on one stream.

    module: its name in the room, where that is not the output's own.
    shows_servers: it needs the servers beside the findings. folds: what is found in examples is counted in it and not
    listed: somebody reads it whole, or it has room for a few.
    """

    room: str
    help: str
    suffix: str
    in_lines: bool = False
    module: str = ""
    shows_servers: bool = False
    folds: bool = False

    @property
    def for_machines(self) -> bool:
        """Whether it is written also where a person is told nothing."""
        return self.room != "people"


OUTPUTS = {
    "text": Output(
        "people", "for people: each finding with its lines, proof and help", ".txt", in_lines=True, folds=True
    ),
    "concise": Output("people", "a line for each finding, and the summary", ".txt", in_lines=True, folds=True),
    "grouped": Output("people", "a heading for each file, a line for each finding", ".txt", in_lines=True, folds=True),
    "statistics": Output("people", "how often each rule reports", ".txt", in_lines=True, folds=True),
    "markdown": Output(
        "people", "a comment on a pull request, no longer than GitHub takes", ".md", in_lines=True, folds=True
    ),
    "html": Output(
        "people", "one page for a browser: findings and account tables", ".html", shows_servers=True, folds=True
    ),
    "json": Output("machines", "one object, as `grantlint schema findings` describes it", ".json"),
    "compliance": Output("compliance", "what is shown of each control of --edition", ".txt", module="text"),
    "compliance-markdown": Output("compliance", "the same as a document", ".md", module="markdown"),
    "compliance-html": Output("compliance", "the same as a page", ".html", module="html"),
    "compliance-csv": Output("compliance", "the same as a table", ".csv", module="csv"),
    "compliance-json": Output("compliance", "the same as one object", ".json", module="json"),
    "json-lines": Output("machines", "an object for each finding, and one for the summary", ".jsonl", in_lines=True),
    "sarif": Output("machines", "SARIF 2.1.0, for code scanning and editors", ".sarif"),
    "github": Output(
        "machines", "workflow commands of GitHub, beside the lines of a change", ".txt", in_lines=True, folds=True
    ),
    "gitlab": Output("machines", "GitLab's Code Quality report", ".json"),
    "azure": Output("machines", "logging commands of Azure Pipelines", ".txt", in_lines=True, folds=True),
    "junit": Output("machines", "JUnit's XML, which build servers show", ".xml"),
    "checkstyle": Output("machines", "Checkstyle's XML, for Jenkins and reviewdog", ".xml"),
}
"""A new output is a module of its name in its room and a line here."""


class Renderer(Protocol):
    """The interface of an output's module."""

    def render(self, report: Report, look: Look) -> Page:
        """Return the report as this output has it."""
        ...


def rendered(report: Report, name: str, look: Look) -> Page:
    """Return the report as the output of a name.

    No other output is imported.
    """
    output = OUTPUTS[name]
    module = f"grantlint.report.findings.{output.room}.{output.module or name.replace('-', '_')}"
    return cast("Renderer", import_module(module)).render(report, look)
