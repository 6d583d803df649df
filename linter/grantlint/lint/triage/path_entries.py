"""`[[path]]` in a configuration: what is reported of the files that globs name. Their accounts count all the same."""

from collections.abc import Iterable, Mapping, Sequence

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding, Profile, Severity
from grantlint.lint.rule import Rule
from grantlint.platform.globs import Globs
from grantlint.platform.record import NamedTuple


class PathEntry(NamedTuple):
    """Globs, and what holds for the files that they match.

    ignore: rules or tags that say nothing; severity: of all others; profile: the largest of which rules are heard.
    administrators: of the servers there, as the configuration says of them.
    """

    globs: Globs
    ignore: tuple[str, ...] = ()
    severity: Severity | None = None
    profile: Profile | None = None
    administrators: tuple[str, ...] = ()

    def rates(self, path: str) -> bool:
        """Return whether this entry says how bad findings of a path are."""
        return self.severity is not None and self.globs.match(path)

    def silences(self, finding: Finding, rules: Mapping[str, Rule]) -> bool:
        """Return whether this entry silences a finding of its paths.

        What could not be read is always reported.
        """
        if finding.rule in UNSEEN:
            return False
        rule = rules.get(finding.rule)
        names = {finding.rule, *(rule.tags if rule is not None else ())}
        above = self.profile is not None and rule is not None and rule.profile > self.profile
        return above or not names.isdisjoint(self.ignore)


class Ruled(NamedTuple):
    """The findings that are left, and how many entries keep back."""

    findings: list[Finding]
    kept_back: int = 0


def by_entries(findings: Iterable[Finding], entries: Sequence[PathEntry], rules: Mapping[str, Rule]) -> Ruled:
    """Return the findings that entries leave.

    Of several severities the last entry's counts.
    """
    if not entries:
        return Ruled([*findings])
    left: list[Finding] = []
    kept_back = 0
    for finding in findings:
        mine = [entry for entry in entries if entry.globs.match(finding.span.source.path)]
        severities = [entry.severity for entry in mine if entry.severity is not None]
        if any(entry.silences(finding, rules) for entry in mine):
            kept_back += 1
        elif severities and finding.rule not in UNSEEN:
            left.append(finding._replace(severity=severities[-1]))
        else:
            left.append(finding)
    return Ruled(left, kept_back)
