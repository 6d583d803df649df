"""What mends a finding is made of places that are looked up once for all findings of a server."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from grantlint import lint
from grantlint.model import Declarations
from grantlint.run.judging import mention


def test_the_places_of_accounts_are_gone_through_once_for_all_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_through: list[mention.Mention] = []
    every = mention.mentions

    def noting(parts: Iterable[Declarations]) -> Iterator[mention.Mention]:
        for one in every(parts):
            gone_through.append(one)
            yield one

    monkeypatch.setattr(mention, "mentions", noting)
    users = [f"  - {{user: u{number}, host: 10.0.{number}.7/255.255.255.0}}\n" for number in range(40)]
    file = tmp_path / "a.yml"
    file.write_text("server: {product: mysql-8.4}\nusers:\n" + "".join(users), encoding="utf-8")
    found = lint(file)
    mended = [finding for finding in found.findings if finding.rule == "netmask-host-bits"]
    assert len(mended) == len(users)
    assert len(gone_through) == len(users)
