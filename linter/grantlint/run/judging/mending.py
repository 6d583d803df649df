"""Findings with what would mend them: the words to type at their place, and the edits that `--fix` makes."""

from collections.abc import Iterable, Sequence

from grantlint.lint.finding import Finding
from grantlint.model import Account, Declarations
from grantlint.model.account import Identity
from grantlint.model.location import Located
from grantlint.reader.writing.remedies import mended
from grantlint.run.judging.mention import hosts_named
from grantlint.servers.grouping import Gathered


def with_fixes(
    findings: Iterable[Finding], servers: Sequence[Gathered], crashes: dict[str, BaseException] | None = None
) -> list[Finding]:
    """Return the findings with remedies in terms of their place.

    servers: all of them: an account may stand in several files. crashes: takes what the remedy of a rule raises, by
    the rule's name; without it that is raised.
    """
    names = _Names(servers)
    made: list[Finding] = []
    for finding in findings:
        try:
            made.append(_with_fix(finding, names))
        except Exception as error:
            if crashes is None:
                raise
            crashes[finding.rule] = error
            made.append(finding)
    return made


def _with_fix(finding: Finding, names: "_Names") -> Finding:
    if finding.mend is None:
        return finding
    made = mended(finding.mend.remedy, finding.mend.subject, names.of)
    return finding._replace(help=finding.help if finding.mend.told else made.help or finding.help, fix=made.fix)


class _Names:
    """The places that name an account.

    They are looked up once, for those that somebody asks for.
    """

    def __init__(self, servers: Sequence[Gathered]) -> None:
        self._servers = servers
        self._parts: dict[object, list[Sequence[Declarations]]] | None = None
        self._hosts: dict[int, dict[Identity, list[Located[str]]]] = {}  # by the id of a server's parts

    def of(self, account: Account) -> list[Located[str]]:
        """Return every place of an account's host, its own first.

        They are those in all files of its servers.
        """
        if self._parts is None:
            self._parts = {}
            for server in self._servers:
                for each in (*server.declared.accounts, *server.declared.grantees):
                    self._parts.setdefault((each.identity, each.span), []).append(server.parts)
        own = account.host.span
        places = {
            (leaf.source.path, leaf.start): leaf
            for parts in self._parts.get((account.identity, account.span), ())
            for leaf in self._hosts_in(parts).get(account.identity, ())
        }
        return sorted(places.values(), key=lambda leaf: (leaf.span != own, leaf.source.path, leaf.start))

    def _hosts_in(self, parts: Sequence[Declarations]) -> dict[Identity, list[Located[str]]]:
        if id(parts) not in self._hosts:
            self._hosts[id(parts)] = hosts_named(parts)
        return self._hosts[id(parts)]
