r"""The report as a comment on a pull request, in GitHub's Markdown; GitLab and Azure take it as well.

What a file says stands in code, where no mention, link, image or HTML of it acts. A comment of GitHub holds 65,536
characters: what is left out is counted. The first line is a sign by which a later comment finds the earlier one.
"""

import re
from collections.abc import Iterator

from grantlint.lint.finding import Finding
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.people.alike import told_once
from grantlint.report.findings.summary import counted, summary_lines
from grantlint.report.page import Ink, Line, Page, document
from grantlint.report.places import position_of
from grantlint.report.visible import visible

SIGN = "<!-- grantlint -->"
MOST = 65_536  # bytes, of which a comment's characters are never more
_FOR_THE_END = 16_000  # of them
_SPARE = 500
_LONGEST = 2_000  # characters of one text
_TICKS = re.compile("`+")


def render(report: Report, look: Look) -> Page:
    """Return a row for each finding, what to do, and the summary.

    A heading comes first; what to do is told by rule.
    """
    del look
    number = len(report.findings)
    told = told_once(report.findings, report.rules)
    title = f"## grantlint: {counted(number, 'finding') if number else 'no findings'}"
    end = "\n".join(_fitting([*_end(report)], _FOR_THE_END))
    room = MOST - len(end.encode()) - _SPARE
    lines = [SIGN, title, ""]
    if number:
        rows = _fitting([_row(one, report.page_of(one.rule)) for one in told], room)
        lines += ["| | place | finding |", "|---|---|---|", *rows]
        if len(rows) < len(told):
            lines += ["", f"and {len(told) - len(rows):,} more, which this comment has no room for"]
        lines.append("")
    return document("\n".join([*lines, end]))


def code(text: str) -> str:
    """Return a text as code, in which nothing is Markdown.

    A bar is escaped, as a table has it.
    """
    shown = visible(text)
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."
    longest = max((len(ticks) for ticks in _TICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{pad}{shown}{pad}{fence}".replace("|", "\\|")


def _row(finding: Finding, url: str) -> str:
    rule = f"[{code(finding.rule)}]({url})" if url else code(finding.rule)
    witness = f"<br>{code(finding.witness)}" if finding.witness else ""
    account = "" if finding.account in finding.message else f" ({finding.account})"
    said = code(f"{finding.message}{account}")
    return f"| **{finding.severity.value}** | {code(position_of(finding.span))} | {rule}: {said}{witness} |"


def _fitting(rows: list[str], room: int) -> list[str]:
    """Return as many rows as there is room for, in bytes."""
    for number, row in enumerate(rows):
        room -= len(row.encode()) + 1
        if room < 0:
            return rows[:number]
    return rows


def _end(report: Report) -> Iterator[str]:
    helps: dict[str, str] = {}
    for finding in report.findings:
        if finding.help:
            helps.setdefault(finding.rule, finding.help)
    if helps:
        yield "What to do:"
        yield ""
        yield from (f"- {code(rule)}: {code(text)}" for rule, text in helps.items())
        yield ""
    yield from (f"- {code(_plain(line))}" for line in summary_lines(report))


def _plain(line: Line) -> str:
    if isinstance(line, str):
        return line
    parts = (line,) if isinstance(line, Ink) else line
    return "".join(part.words if isinstance(part, Ink) else part for part in parts)
