"""The line of a finding and the caret under it."""

from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.model.location import Source, Span
from grantlint.report.findings.people.snippet import Snippet, snippet


def of(text: str, *, secrets: tuple[str, ...] = ()) -> Snippet | None:
    """Make the snippet of the part of a text that stands between > and <, all of it understood but for the secrets."""
    start = text.index(">")
    end = text.index("<") - 1
    source = Source("x.yml", text.replace(">", "", 1).replace("<", "", 1))
    source.show(0, len(source.text))
    for secret in secrets:
        at = source.text.index(secret)
        source.hide(at, at + len(secret))
    return snippet(Span(source, start, end))


def drawn(text: str, *, secrets: tuple[str, ...] = ()) -> list[str]:
    """Return the line and the line of carets."""
    shown = of(text, secrets=secrets)
    assert shown is not None
    return [shown.line, " " * shown.caret + "^" * (shown.caret_end - shown.caret)]


def test_the_caret_stands_under_the_whole_span() -> None:
    assert drawn("a: 1\nhost: >'%'<  # x\nb: 2\n") == ["host: '%'  # x", "      ^^^"]


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    assert drawn("- >user: app\n  host: x<\n") == ["- user: app", "  ^^^^^^^^^"]


def test_an_empty_span_gets_one_caret_also_at_the_end_of_a_line() -> None:
    assert drawn("host: ><x") == ["host: x", "      ^"]
    assert drawn("host:><\nb: 1") == ["host:", "     ^"]


def test_tabs_wide_and_combining_characters_keep_the_caret_in_place() -> None:
    assert drawn("\thost: >x<") == ["    host: x", "          ^"]
    assert drawn("\u65e5\u672c: >x<") == ["\u65e5\u672c: x", "      ^"]
    assert drawn("u\u0308: >x<") == ["u\u0308: x", "   ^"]


def test_control_characters_are_shown_and_counted_as_shown() -> None:
    assert drawn("a: \x1b[31m >x<") == [r"a: \x1b[31m x", "            ^"]


def test_windows_line_ends_are_no_part_of_the_line() -> None:
    assert drawn("a: 1\r\nhost: >x<\r\nb: 2\r\n") == ["host: x", "      ^"]


def test_a_blank_line_is_not_shown() -> None:
    assert of("a: 1\n><\n") is None


def test_a_secret_is_elided_at_one_width_and_the_caret_moves_with_it() -> None:
    for secret in ("x", "hunter2", "a long secret, wider than the sign"):
        assert drawn(f"{{user: app, pin: \"{secret}\", host: >'%'<}}", secrets=(secret,)) == [
            "{user: app, pin: \"…\", host: '%'}",
            " " * 28 + "^^^",
        ]


def test_a_finding_about_the_secret_itself_marks_the_sign() -> None:
    assert drawn("pin: >hunter2<", secrets=("hunter2",)) == ["pin: …", "     ^"]
    assert drawn("pin: >'hunter2'<", secrets=("hunter2",)) == ["pin: '…'", "     ^^^"]


def test_a_secret_over_several_lines_is_elided_in_each() -> None:
    assert drawn("key: |\n  >MII\n  XYZ<\n", secrets=("MII\n  XYZ",)) == ["  …", "  ^"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("password: hunter2", "password: …"),
        ("    login_password: hunter2 and more", "    login_password: …"),
        ("pasword: hunter2", "…"),
        (
            "{mysql_user: {name: e, host: '%'}, vars: {password: x}}",
            "{mysql_user: {name: …, host: '%'}, vars: {password: …}}",
        ),
        ('{"password": "hun\\"ter2", "host": "%"}', '{"password": "…", "host": "%"}'),
        ("{user: app, password: hunter2, host: x}", "{user: …, password: …, host: …}"),
        ("name=app password=hunter2 host=x", "name=… password=… host=…"),
        ("password: hunter2,#x", "password: …"),
        ("password='it''s', host: x", "password='…', host: …"),
        ("password: password", "password: …"),
        ("password: user host select", "password: …"),
        ("GRANT ALL ON *.* TO a IDENTIFIED BY 'hunter2';", "GRANT ALL ON *.* TO … IDENTIFIED BY '…';"),
        ("ALTER USER 'e' IDENTIFIED BY 'x REPLACE 'hunter2';", "ALTER USER '…' IDENTIFIED BY '…';"),
        ("CREATE USER e IDENTIFIED BY ''hunter2'';", "CREATE USER … IDENTIFIED BY ''…'';"),
        ("IDENTIFIED WITH caching_sha2_password AS '$A$005$abc'", "IDENTIFIED WITH caching_sha2_password AS '…'"),
        ("P=hunter2; mysql -e \"CREATE USER 'e'@'%'\"", "…; mysql -e \"CREATE USER '…'@'%'\""),
        ("host: x  # password: hunter2", "host: …  # password: …"),
        ("password:", "password:"),
        ("host: '%'  # any", "host: '%'  # any"),
        ("plugin: mysql_native_password", "plugin: mysql_native_password"),
    ],
)
def test_of_a_line_that_no_reader_understood_the_words_of_the_formats_are_shown(line: str, shown: str) -> None:
    made = snippet(Span(Source("x", line), 0, 1))
    assert made is not None
    assert made.line == shown


def test_what_a_reader_bound_is_shown_and_what_it_hid_is_not() -> None:
    line = "{user: app, password: app}"
    source = Source("x", line)
    source.show(line.index("app"), line.index("app") + 3)
    source.show(line.rindex("app"), line.rindex("app") + 3)
    source.hide(line.rindex("app"), line.rindex("app") + 3)
    made = snippet(Span(source, 0, 1))
    assert made is not None
    assert made.line == "{user: app, password: …}"


def test_a_long_line_is_cut_around_the_span() -> None:
    text, carets = drawn("x" * 5000 + " >here< " + "y" * 5000)
    assert len(text) < 75
    assert text.startswith("...xxx")
    assert text.endswith("yyy...")
    assert text[carets.index("^") : carets.rindex("^") + 1] == "here"


def test_a_secret_whose_key_is_cut_off_is_elided_all_the_same() -> None:
    made = snippet(Span(Source("x", "z" * 300 + " password: " + "s" * 90 + "t" + "s" * 90), 401, 402))
    assert made is not None
    assert "s" not in made.line.replace("password", "")


@given(
    st.text(alphabet="ab \t\u65e5\x1b:'", min_size=1, max_size=60).filter(str.strip),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(1, 20),
)
def test_a_caret_always_stands_under_the_line_and_hidden_text_never_in_it(
    line: str, start: int, length: int, hidden: int, size: int
) -> None:
    text = line[: hidden % len(line)] + "QQQ" * size + line[hidden % len(line) :]
    source = Source("x", text)
    source.hide(hidden % len(line), hidden % len(line) + 3 * size)
    at = start % len(text)
    made = snippet(Span(source, at, min(at + length, len(text))))
    assert made is not None
    assert "Q" not in made.line
    assert 0 <= made.caret < made.caret_end


class Counted(str):
    """A text that counts the characters that are copied from it."""

    __slots__ = ("copied",)

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        found = super().__getitem__(place)
        self.copied = getattr(self, "copied", 0) + len(found)
        return found


def test_a_long_line_is_not_copied_for_each_finding_in_it() -> None:
    text = Counted("a b " * 10_000)
    source = Source("a.yml", text)
    assert snippet(Span(source, 20_000, 20_001)) is not None
    once = text.copied
    assert snippet(Span(source, 20_004, 20_005)) is not None
    assert 0 < text.copied - once < 1_000
