"""Places and findings in the protocol's terms: lines from 0, characters in UTF-16, files as URIs."""

from lsprotocol import types
from pygls.uris import from_fs_path

from grantlint.lint.finding import Finding, Severity
from grantlint.model.location import Source, Span
from grantlint.model.remedy import Fix
from grantlint.report.visible import visible

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostic(finding: Finding, url: str) -> types.Diagnostic:
    """Return a finding as a diagnostic of an editor."""
    parts = [finding.message]
    if finding.servers:
        parts.append(f"on {', '.join(finding.servers)}")
    parts += [part for part in (finding.witness, finding.help) if part]
    return types.Diagnostic(
        range=range_of(finding.span),
        message="\n".join(map(visible, parts)),
        severity=SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(href=url) if url else None,
        source="grantlint",
        related_information=[
            types.DiagnosticRelatedInformation(location=location(related.span), message=visible(related.message))
            for related in finding.related
        ],
    )


def action(finding: Finding, fix: Fix, url: str) -> types.CodeAction:
    """Return a fix as an action of an editor.

    One that changes somebody's access says so and is not preferred.
    """
    edits: dict[str, list[types.TextEdit]] = {}
    for edit in fix.edits:
        uri = from_fs_path(edit.span.source.path) or ""
        edits.setdefault(uri, []).append(types.TextEdit(range=range_of(edit.span), new_text=edit.text))
    warning = "" if fix.effect.is_safe else f" ({fix.effect.value})"
    return types.CodeAction(
        title=visible(f"{fix.title}{warning}"),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(finding, url)],
        is_preferred=fix.effect.is_safe,
        edit=types.WorkspaceEdit(changes=edits),
    )


def location(span: Span) -> types.Location:
    """Return a place with its file."""
    return types.Location(uri=from_fs_path(span.source.path) or "", range=range_of(span))


def range_of(span: Span) -> types.Range:
    """Return a place in its file."""
    return types.Range(start=_position(span.source, span.start), end=_position(span.source, max(span.start, span.end)))


def _position(source: Source, offset: int) -> types.Position:
    line, column = source.position(offset)
    start, _ = source.line_bounds(line)
    before = source.text[start : start + column - 1]
    return types.Position(line=line - 1, character=_units(before))


def column_of(line: str, character: int) -> int:
    """Return the column of an offset in UTF-16 units.

    The column counts characters, from 1.
    """
    units = 0
    for column, sign in enumerate(line, 1):
        if units >= character:
            return column
        units += _units(sign)
    return len(line) + 1


def _units(text: str) -> int:
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)  # noqa: PLR2004 - what one unit can hold
