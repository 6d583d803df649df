"""Controls of benchmarks and standards that a declaration may show: controls.tsv beside this file, read when asked for.

The numbers are those of one edition each; an edition that nobody has looked up has none.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from grantlint.platform.record import NamedTuple


class Control(NamedTuple):
    """One control of a benchmark or standard.

    `shown`: whether declarations show it: `yes`, `partly`, `config` (in an option file) or `no`.
    """

    edition: str
    benchmark: str
    version: str
    number: str
    subject: str
    shown: str

    @property
    def name(self) -> str:
        """The name that rules use, such as `cis-mysql-9.7:7.6`."""
        return f"{self.edition}:{self.number}"


@cache
def every_control() -> Mapping[str, Control]:
    """Return all controls by their names."""
    listed = [Control(*row) for row in _rows("controls.tsv")]
    return {control.name: control for control in listed}


@cache
def query_of(control: Control) -> str:
    """Return the statement or command that tells about a control.

    It is asked of a running server, and '' where no table has any. For an edition of no product it is MySQL's, and
    MariaDB's where that is another.
    """
    subject = control.subject.lower()
    found = next((row[1:] for row in _rows("queries.tsv") if row[0].lower() in subject), ("", "", ""))
    mysql, mariadb, before_8 = found
    family = control.edition
    if "mariadb" in family:
        return mariadb or mysql
    if "mysql-" in family or "enterprise-" in family:
        return before_8 or mysql if "-5." in family else mysql
    return f"{mysql}; on MariaDB {mariadb}" if mariadb else mysql


@cache
def _rows(table: str) -> Sequence[Sequence[str]]:
    text = files("grantlint.lint.controls").joinpath(table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]
