r"""What the command line does, for Python: `lint` and `Access`, on paths and on texts.

>>> from grantlint import Access, lint
>>> policy = "users:\n  - user: app\n    host: '%'\n"
>>> [(found.rule, found.line, found.account) for found in lint(text=policy).findings]
[('any-host', 3, "'app'@'%'")]
>>> Access(text=policy, servers=["mysql-8.4"]).who("app", "10.0.3.7")[0].account
"'app'@'%'"
"""

import os
from collections.abc import Sequence

from grantlint.lint.finding import Finding, Severity
from grantlint.model.location import Span
from grantlint.platform.errors import UsageError
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.run.judging.products import Products
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings
from grantlint.servers.grouping import group
from grantlint.servers.panel import Panel
from grantlint.servers.presumed import with_grantees

if TYPE_CHECKING:
    from grantlint.access.server.answer import Answer

Path = str | os.PathLike[str]


class FoundPlace(NamedTuple):
    """A place in a file.

    Lines and columns count from 1, the end is the first character after it.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str = ""


class Found(NamedTuple):
    """A finding as plain values, which can be pickled.

    It does not hold the file that it was found in.
    """

    rule: str
    severity: Severity
    message: str
    place: FoundPlace
    account: str
    witness: str
    help: str
    servers: tuple[str, ...]
    related: tuple[FoundPlace, ...]
    url: str

    @property
    def line(self) -> int:
        """The line that it is reported on, from 1."""
        return self.place.line


class Linted(NamedTuple):
    """What `lint` found. not_checked: places that only a run could know; crashed: the rules that raised."""

    findings: tuple[Found, ...]
    not_checked: tuple[FoundPlace, ...]
    suppressed: tuple[Found, ...]
    crashed: tuple[str, ...]


class Who(NamedTuple):
    """The account that a client gets on one server.

    account: '' where it is refused or not known; error: the server's number.
    """

    server: str
    judged_as: str
    admitted: bool
    known: bool
    account: str
    error: int | None
    why: str


def lint(
    *paths: Path,
    text: str | None = None,
    filename: str = "policy.yml",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    servers: Sequence[str] = (),
    config: Path | None = None,
) -> Linted:
    """Return what the rules find in files, folders or a text.

    filename: the path that a text stands for, by which its format is known. config: a configuration file; none is
    looked for otherwise. Raises GrantlintError: a path, rule or server that does not exist, a configuration that is
    none. Nothing that is read is run; no rule file of a configuration is loaded.
    """
    from grantlint.run.judging.planning import plan  # noqa: PLC0415 - `Access` needs no rules

    settings = _settings(config)._replace(asked_servers=tuple(servers))
    settings = settings._replace(select=tuple(select) or settings.select, ignore=(*settings.ignore, *ignore))
    ready = plan(settings)
    report = ready.judge(load(_request(paths, text, filename), settings))
    return Linted(
        tuple([_found(finding, report.page_of(finding.rule)) for finding in report.findings]),
        tuple([_place(one.span, f"{one.what}: {one.why}") for one in report.not_checked]),
        tuple([_found(one.finding, report.page_of(one.finding.rule)) for one in report.suppressed]),
        tuple(report.crashes),
    )


class Access:
    """Who gets in where, by the accounts that files declare.

    Or a text. servers: the products to answer for, such as mysql-8.4; else what the files say, else those that people
    run.
    """

    def __init__(
        self,
        *paths: Path,
        text: str | None = None,
        filename: str = "policy.yml",
        servers: Sequence[str] = (),
        config: Path | None = None,
    ) -> None:
        settings = _settings(config)._replace(asked_servers=tuple(servers))
        loaded = load(_request(paths, text, filename), settings)
        declared = [one for one, _ in map(with_grantees, group(loaded.declarations))]
        self._panels = Products.of(settings).panels(declared).made

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts that are declared, as they are written.

        One that several servers have is named once.
        """
        return tuple(dict.fromkeys(str(account) for panel in self._panels for account in panel.declared.accounts))

    def who(
        self, user: str, client: str, *, database: str | None = None, privileges: Sequence[str] = ()
    ) -> tuple[Who, ...]:
        """Return who a client is on each server and product.

        client: an address, a name, name=address, a host that a policy declares, or socket. Raises UsageError for a
        client that is none of them.
        """
        return tuple(
            [
                _who(panel, answer)
                for panel in self._panels
                for answer in _answers(panel, user, client, database, tuple(privileges))
            ]
        )

    def admits(self, user: str, client: str, *, database: str | None = None, privileges: Sequence[str] = ()) -> bool:
        """Return whether every server lets a client do what is asked.

        False where it is not known.
        """
        answers = self.who(user, client, database=database, privileges=privileges)
        return bool(answers) and all(one.admitted and one.known for one in answers)


def _answers(panel: Panel, user: str, client: str, database: str | None, privileges: tuple[str, ...]) -> "list[Answer]":
    from grantlint.access.server.answer import answer  # noqa: PLC0415 - `lint` asks no such question
    from grantlint.access.server.winner import Question  # noqa: PLC0415 - as above
    from grantlint.cli.clients import clients_meant  # noqa: PLC0415 - as above

    return [
        answer(server, Question(user, meant.client, database, privileges))
        for meant in clients_meant(client, panel.declared.hosts)
        for server in panel.servers
    ]


def _who(panel: Panel, answer: "Answer") -> Who:
    winner = answer.winners[0] if answer.winners else None
    return Who(
        panel.declared.name,
        answer.server.installation.target.label,
        answer.admitted,
        answer.is_known,
        str(winner.row) if winner and answer.error is None else "",
        answer.error,
        winner.message if winner else "",
    )


def _settings(config: Path | None) -> Settings:
    if config is None:
        return Settings()
    from grantlint.run.configuration.reading import read_config  # noqa: PLC0415 - only where there is one

    return read_config(os.fspath(config))


def _request(paths: Sequence[Path], text: str | None, filename: str) -> Request:
    if (text is None) == (not paths):
        raise UsageError("give paths, or a text: not both, nor neither")
    if text is None:
        return Request([os.fspath(path) for path in paths])
    return Request(["-"], stdin_filename=filename, texts={"-": text.encode("utf-8", "surrogateescape")})


def _found(finding: Finding, url: str) -> Found:
    return Found(
        finding.rule,
        finding.severity,
        finding.message,
        _place(finding.span),
        finding.account,
        finding.witness,
        finding.help,
        finding.servers,
        tuple([_place(related.span, related.message) for related in finding.related]),
        url,
    )


def _place(span: Span, message: str = "") -> FoundPlace:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.start, span.end))
    return FoundPlace(span.source.path, line, column, end_line, end_column, message)
