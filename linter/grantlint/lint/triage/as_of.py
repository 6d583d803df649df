"""`rules-as-of`: what a later version looks for is reported as info, so that no upgrade turns a gate red."""

from collections.abc import Callable, Iterable

from grantlint.lint.finding import Finding, Severity
from grantlint.platform.record import NamedTuple


class Later(NamedTuple):
    """Findings, and how many are softened as found by later versions.

    Softened ones are infos.
    """

    findings: list[Finding]
    later: int = 0


def as_of(findings: Iterable[Finding], version: str, since_of: Callable[[Finding], Iterable[str]]) -> Later:
    """Return the findings, those of later versions as info.

    since_of: the versions of what it takes to find one, such as of the rule and of the format, '' for what has none.
    """
    left: list[Finding] = []
    number = 0
    for finding in findings:
        soft = finding.severity is not Severity.INFO and any(is_later(since, version) for since in since_of(finding))
        number += soft
        left.append(finding._replace(severity=Severity.INFO) if soft else finding)
    return Later(left, number)


def is_later(since: str, version: str) -> bool:
    """Return whether a version is later than all that another means.

    0.3.2 is not later than 0.3.

    >>> is_later("0.10.0", "0.9"), is_later("0.3.2", "0.3"), is_later("", "0.3")
    (True, False, False)
    """
    if not since:
        return False
    wanted = [*map(int, version.split("."))]
    return [*map(int, since.split("."))][: len(wanted)] > wanted
