"""What a summary says of a baseline."""

from collections.abc import Iterator, Mapping

from grantlint.report.findings.content import Remembered

_NAMED = 5


def lines(baseline: Remembered) -> Iterator[str]:
    """Yield how many findings are known, and which entries are gone."""
    known = len(baseline.known)
    yield f"baseline: {known:,} known {'finding' if known == 1 else 'findings'} ({baseline.file})"
    gone = baseline.gone
    if gone:
        entries = "entry is" if len(gone) == 1 else "entries are"
        yield f"  {len(gone):,} {entries} gone; `grantlint baseline --prune` takes that out:"
    for one in gone[:_NAMED]:
        yield f"    {one.path}: {one.rule}: {one.message}"
    if len(gone) > _NAMED:
        yield f"    and {len(gone) - _NAMED:,} more"


def as_json(baseline: Remembered | None) -> Mapping[str, object] | None:
    """Return the same for a machine; None without a baseline."""
    if baseline is None:
        return None
    gone = [{"rule": one.rule, "path": one.path, "message": one.message} for one in baseline.gone]
    return {"file": baseline.file, "known": len(baseline.known), "gone": gone}
