"""What a reader understood is marked as such in the lines that are shown, and looked at nowhere else."""

import pytest

from grantlint.model.location import Source, Span
from grantlint.reader.formats.policy.document import read
from grantlint.report.secrecy import leaves


def test_leaves_far_from_every_finding_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "users:\n" + "".join(f"  - {{user: user{number}, host: h{number}}}\n" for number in range(1_000))
    source = Source("a.yml", text)
    looked_at: list[str] = []
    plain = leaves._is_plain  # noqa: SLF001 - counted

    def noting(leaf: leaves.Leaf) -> bool:
        looked_at.append(repr(leaf))
        return plain(leaf)

    monkeypatch.setattr(leaves, "_is_plain", noting)
    at = text.index("user500")
    leaves.show_leaves(read(source), {source}, [Span(source, at, at + 7)])
    assert [text[start:end] for start, end in source.shown] == ["user500", "h500"]
    assert len(looked_at) == 2
