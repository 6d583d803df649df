"""Controls of benchmarks and standards that a declaration may show: controls.tsv beside this file, read when asked for.

The numbers are those of one edition each; an edition that nobody has looked up has none.
"""

from importlib.resources import files
from typing import NamedTuple


class Control(NamedTuple):
    """One control; shown: whether declarations show it: `yes`, `partly`, `config` (in an option file) or `no`."""

    edition: str
    benchmark: str
    version: str
    number: str
    subject: str
    shown: str

    @property
    def name(self) -> str:
        """What rules call it, such as `cis-mysql-9.7:7.6`."""
        return f"{self.edition}:{self.number}"


def every_control() -> dict[str, Control]:
    """Return all controls by their names."""
    table = files("grantlint.lint.controls").joinpath("controls.tsv").read_text(encoding="utf-8")
    listed = [Control(*line.split("\t")) for line in table.splitlines()[1:]]
    return {control.name: control for control in listed}


def query_of(control: Control) -> str:
    """Return what tells about a control on a running server: a statement or command; '' where no table has any."""
    table = files("grantlint.lint.controls").joinpath("queries.tsv").read_text(encoding="utf-8")
    listed = [line.split("\t") for line in table.splitlines()[1:]]
    return next((query for words, query in listed if words.lower() in control.subject.lower()), "")
