"""One mistake at many accounts of a file, told once: a person reads it, and mends all of them together.

Outputs for machines have a finding for each, beside its line and with a key of its own; so do the counts.
"""

from collections.abc import Mapping, Sequence

from grantlint.lint.finding import Finding, Profile, Related
from grantlint.lint.rule import Rule

_SHOWN = 5  # places beside the first
_NUMBERED = 12  # lines that a message has


def told_once(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Sequence[Finding]:
    """Return the findings, those that are mended together as one.

    They are of one rule and file, and want the same done; the first of them speaks. What is wrong whatever anybody
    decides (profile correctness) is told at each place, and so is what has a proof.
    """
    alike: dict[object, list[Finding]] = {}
    for number, one in enumerate(findings):
        alike.setdefault(_kind_of(one, rules) or number, []).append(one)
    return [_together(each) for each in alike.values()] if len(alike) < len(findings) else findings


def _kind_of(one: Finding, rules: Mapping[str, Rule]) -> object:
    """Return what is equal for findings that are told together; None for one that is told alone."""
    rule = rules.get(one.rule)
    if rule is None or rule.profile is Profile.CORRECTNESS or one.witness:
        return None
    return one.rule, one.span.source.path, one.severity, one.help, one.servers, one.example


def _together(each: Sequence[Finding]) -> Finding:
    first, *others = each
    if not others:
        return first
    lines = [f"{line:,}" for line in sorted({one.span.line for one in others})]
    where = ", ".join(lines[:_NUMBERED]) + (", ..." if len(lines) > _NUMBERED else "")
    more = f"{first.message} (and {len(others):,} more like it: line{'s' if len(lines) > 1 else ''} {where})"
    places = [Related(_label(one, first), one.span) for one in others[:_SHOWN]]
    return first._replace(message=more, related=(*first.related, *places))


def _label(one: Finding, first: Finding) -> str:
    """Return what is said at the place of another: whose it is, or what differs."""
    if one.account:
        return one.account
    return "" if one.message == first.message else one.message
