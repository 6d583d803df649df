"""Reports that somebody reads: what fits where, and what of a file could act there."""

import re
import shutil
import struct
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.lint.finding import Finding, Related, Severity
from grantlint.model.location import Source, Span
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.outputs import rendered
from grantlint.report.findings.people.markdown import MOST, SIGN, code
from grantlint.report.findings.people.wrapping import COLUMNS, wrapped
from grantlint.report.visible import width
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings

from .findings import EMPTY, FINDINGS, report

POLICY = """\
server: {name: shop, product: mysql-8.4}
users:
  - user: app
    host: '%'
    grants: [{privileges: [SELECT], target: shop.*}]
  - user: ''
    host: web1.example.com
"""


def written(output: str, made: Report, *, quiet: bool = False) -> str:
    return rendered(made, output, Look(quiet=quiet))


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Judge a policy, the servers kept."""
    monkeypatch.chdir(tmp_path)
    return judged_policy(tmp_path, POLICY)


def judged_policy(folder: Path, policy: str) -> Report:
    (folder / "shop.yml").write_text(policy, encoding="utf-8")
    return plan(Settings()).judge(load(Request(["shop.yml"]), Settings()), keep_servers=True)


@given(
    st.lists(st.text("ab \u65e5", min_size=1, max_size=30), min_size=1, max_size=12),
    st.text("xy \u65e5'\t", min_size=1, max_size=300).filter(str.strip),
    st.integers(0, 300),
    st.integers(0, 40),
)
def test_text_fits_a_terminal(words: list[str], line: str, start: int, length: int) -> None:
    said = " ".join(words)
    source = Source("a.yml", f"{line}\n{line}")
    source.show(0, len(source.text))
    at = start % len(line)
    place = Span(source, at, min(at + length, len(line)))
    below = Span(source, len(line) + 1 + at, len(line) + 2 + at)
    finding = Finding("any-host", Severity.ERROR, said, place, (Related(said, below),), said, said)
    for shown in written("text", report((finding,))).splitlines():
        assert width(shown) <= COLUMNS, shown


@given(st.text(max_size=300), st.integers(0, 60), st.integers(0, 40))
def test_wrapping_changes_nothing_but_blanks(words: str, begun: int, indent: int) -> None:
    from grantlint.report.visible import visible  # noqa: PLC0415 - as the function has it

    assert "".join(wrapped(words, begun, indent)).replace(" ", "") == visible(words).replace(" ", "")


def test_help_stands_once_for_a_rule_and_file() -> None:
    again = FINDINGS[0]._replace(span=FINDINGS[1].span)
    assert written("text", report((FINDINGS[0], again))).count("help: Name the network.") == 1
    elsewhere = again._replace(span=Span(Source("other.yml", "x: 1"), 0, 1))
    assert written("text", report((FINDINGS[0], elsewhere))).count("help: Name the network.") == 2


ALIKE = """\
users:
  - {user: app, host: '%', authentication: {password: Tr0ub4dor}}
  - {user: web, host: '%', authentication: {secret: vault:web}}
  - {user: job, host: '%', authentication: {password: correct horse}}
  - {user: old, host: 10.0.0.300, authentication: {secret: vault:old}}
  - {user: log, host: 10.0.0.301, authentication: {secret: vault:log}}
"""


def test_one_mistake_at_several_accounts_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a server refuses is told at each place; programs have a finding for each, and so have the counts."""
    monkeypatch.chdir(tmp_path)
    made = judged_policy(tmp_path, ALIKE)
    text = " ".join(written("text", made).split())
    assert "'app'@'%' may connect from any host (and 2 more like it: lines 3, 4)" in text
    assert "a password stands in the file as plain text (and 1 more like it: line 4)" in text
    assert text.count("[any-host]") == text.count("[plain-text-password]") == 1
    assert (text.count("[address-malformed]"), text.count("more like it")) == (2, 2)
    assert "4 errors, 3 warnings" in text
    assert [written(name, made).count("more like it") for name in ("markdown", "html", "concise")] == [2, 2, 0]
    assert written("json", made).count('"any-host"') == 3


def test_a_label_stands_at_its_place_and_another_file_has_a_frame_of_its_own() -> None:
    other = Source("other.yml", "host: '%'")
    other.show(0, len(other.text))
    finding = FINDINGS[0]._replace(label="any client", related=(Related("and here", Span(other, 6, 9)),))
    text = written("text", report((finding,)))
    assert "3 |     host: '%'\n  |           ^^^ any client\n --> other.yml:1:7\n  |\n1 | host: '%'\n" in text
    assert "  |       --- and here\n" in text


def test_a_place_without_a_line_is_a_note() -> None:
    finding = FINDINGS[0]._replace(related=(Related("not read", Span(Source("gone.yml", ""), 0, 0)),))
    assert "  = note: gone.yml:1:1: not read\n" in written("text", report((finding,)))


def test_grouped_and_statistics_count_what_there_is() -> None:
    grouped = written("grouped", report(), quiet=True)
    assert grouped == (
        "fleet/shop.yml\n"
        "  3:11  warning  any-host             'app'@'%' may connect from any host\n"
        "  4:15  error    plain-text-password  the password stands in the file ('app'@'%')\n\n"
    )
    twice = report((*FINDINGS, FINDINGS[0]))
    assert written("statistics", twice, quiet=True).splitlines()[0].split()[:6] == [
        *("2", "in", "1", "file", "warning", "any-host")
    ]


def test_a_comment_is_no_longer_than_github_takes_and_says_what_it_leaves_out() -> None:
    source = Source("a.yml", "x")
    many = [
        Finding("any-host", Severity.ERROR, f"{n} {'m' * (n % 300)}", Span(source, 0, 1), help="h") for n in range(2000)
    ]
    said = written("markdown", report(tuple(many)))
    assert 60_000 < len(said.encode()) <= MOST
    rows = said.count("\n| **error**")
    assert f"and {2000 - rows:,} more, which this comment has no room for" in said
    assert said.startswith(f"{SIGN}\n## grantlint: 2,000 findings\n")
    assert "no findings" in written("markdown", EMPTY)


def test_one_enormous_name_leaves_room_for_the_end() -> None:
    name = "x" * 200_000
    finding = Finding("any-host", Severity.ERROR, name, Span(Source(name, "x"), 0, 1), witness=name, help=name)
    said = written("markdown", report((finding,) * 3))
    assert len(said.encode()) <= MOST
    assert "2 files, 3 accounts" in said


@given(st.text())
def test_code_of_markdown_is_one_span(text: str) -> None:
    made = code(text)
    fence = re.match("`+", made)
    assert fence
    inside = made[len(fence[0]) : -len(fence[0])]
    assert made.endswith(fence[0])
    assert fence[0] not in re.findall("`+", inside)
    assert "\n" not in made
    assert not re.search(r"(?<!\\)\|", made)


class Reader(HTMLParser):
    """What a page loads, runs or links to, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag is and leads to."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        self.texts.append(data)


HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(1)> &amp; '><a href=javascript:1>"


def test_nothing_of_a_file_is_html() -> None:
    source = Source(f"{HOSTILE}.yml", HOSTILE)
    source.show(0, len(HOSTILE))
    place = Span(source, 0, 4)
    finding = Finding(HOSTILE, Severity.ERROR, HOSTILE, place, (Related(HOSTILE, place),), HOSTILE, HOSTILE, (HOSTILE,))
    reader = Reader()
    reader.feed(written("html", report((finding,), {HOSTILE: ValueError()})))
    assert not reader.tags & {"script", "img", "iframe", "object", "link", "form"}
    assert reader.attributes <= {"lang", "charset", "http-equiv", "content", "name", "href", "id", "class"}
    assert reader.links == {"#findings", "#accounts"}
    assert any(HOSTILE in text for text in reader.texts)


def test_the_page_has_the_accounts_in_order_with_a_client_and_what_it_may(judged: Report) -> None:
    said = written("html", judged)
    rows = re.findall("<tr.*?</tr>", said)[1:]
    assert [re.findall("<td>(.*?)</td>", row)[1:3] for row in rows] == [
        ["&#x27;&#x27;", "&#x27;web1.example.com&#x27;"],
        ["&#x27;app&#x27;", "&#x27;%&#x27;"],
    ]
    assert "SELECT ON `shop`.*" in rows[1]
    assert "shadowed" in rows[1]
    assert "shop.yml:4" in rows[1]


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(not BROWSER, reason="no Chromium is installed, which looks at the page")
@pytest.mark.parametrize("dark", [False, True])
def test_a_browser_draws_the_page(judged: Report, tmp_path: Path, dark: bool) -> None:  # noqa: FBT001 - a parameter
    (tmp_path / "report.html").write_text(written("html", judged), encoding="utf-8")
    shot = tmp_path / "shot.png"
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=900,1400",
        *(["--blink-settings=preferredColorScheme=0"] if dark else []), f"--user-data-dir={tmp_path}/profile",
        f"--screenshot={shot}", (tmp_path / "report.html").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    data = shot.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (900, 1400)
    assert len(data) > 20_000, "words are drawn, and no empty page"
