"""A finding in words, for formats that have one text for all of it."""

from grantlint.lint.finding import Finding
from grantlint.report.places import position_of


def named(finding: Finding) -> str:
    """Return the message with its account.

    The account stands in brackets where the message does not name it.
    """
    return finding.message if finding.account in finding.message else f"{finding.message} ({finding.account})"


def whole(finding: Finding) -> str:
    """Return the message with its witness and servers, in one line."""
    parts = [named(finding)]
    if finding.witness:
        parts.append(f"witness: {finding.witness}")
    if finding.servers:
        parts.append(f"on {', '.join(finding.servers)}")
    return "; ".join(parts)


def further(finding: Finding) -> list[str]:
    """Return what else there is to say, a line each.

    Proof, other places, servers, what to do.
    """
    lines = [f"{position_of(related.span)}: {related.message}" for related in finding.related]
    if finding.servers:
        lines.append(f"on: {', '.join(finding.servers)}")
    if finding.witness:
        lines.append(f"witness: {finding.witness}")
    if finding.help:
        lines.append(f"help: {finding.help}")
    return lines
