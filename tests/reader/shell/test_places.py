"""Every value says where it stands in the script, whatever quotes and backslashes stand before it."""

# ruff: noqa: E501, Q003 - scripts stand here as people write them

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.model import Declarations
from grantlint.model.location import Located, Source, Span
from grantlint.reader.formats.shell.alignment import aligned
from grantlint.reader.formats.shell.document import read
from grantlint.reader.formats.shell.passage import Passage, in_double_quotes
from grantlint.reader.formats.shell.script import Script

Reading = Callable[..., list[Declarations]]


@pytest.mark.parametrize(
    ("script", "user", "host", "target"),
    [
        ("mysql -e \"GRANT ALL ON shop.* TO 'app'@'10.%'\"", "'app'", "'10.%'", "shop.*"),
        ('mysql -e "GRANT ALL ON \\`shop\\`.* TO \\"app\\"@\\"10.%\\""', '"app\\', '"10.%\\', "`shop\\`.*"),
        ("mysql <<X\nGRANT ALL ON \\`shop\\`.* TO 'app'@10.0.0.1;\nX\n", "'app'", "10.0.0.1", "`shop\\`.*"),
        ('sh -c \'mysql -e "GRANT ALL ON shop.* TO app@\\"10.%\\""\'', "app", '"10.%\\', "shop.*"),
    ],
)
def test_a_value_is_at_its_place(script: str, user: str, host: str, target: str, reading: Reading) -> None:
    (found,) = reading(f"#!/bin/sh\n{script}\n")
    (to,) = found.grants
    written = [
        one.span.source.text[one.start : one.end]
        for one in (to.user, to.host, to.grant.target)
        if isinstance(one, Located)
    ]
    assert [text.rstrip('"`') for text in written] == [text.rstrip('"`') for text in (user, host, target)]


WORDS = (
    "mysql -e ' \" ` \\ \\\" \\` \\$ $X ${X} ${X:-d} $( ) $(( `id` <<EOF <<-'EOF' EOF <<< | || && ; & ( ) { } > >> # $' "
    "GRANT ALL ON *.* `db` .* TO 'u'@'%' \"u\"@\"%\" u@h CREATE USER DROP IDENTIFIED BY 'pw' SET PASSWORD FOR = echo cat "
    "printf %s %% sh -c psql -- /* */ {{ }} <%= %> ü \0"
)
PIECES = WORDS.split()
scripts = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n", "\t"]), max_size=50).map(" ".join) | st.lists(
    st.sampled_from([*PIECES, "\n", "\nEOF\n"]), max_size=30
).map("".join)


def spans(value: object, depth: int = 0) -> Iterator[Span]:
    """Every place in what was declared."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, (list, tuple)) and depth < 9:
        for part in value:
            yield from spans(part, depth + 1)
    elif hasattr(value, "span"):
        yield value.span


@examples(400)
@given(scripts | st.text(max_size=80))
def test_any_script_is_read_with_places_inside_it(text: str) -> None:
    for found in read(Source("x.sh", text)):
        for span in spans([found.accounts, found.grants, found.faults, found.not_checked, found.statements]):
            assert 0 <= span.start <= span.end <= 12 * len(text)


@examples(300)
@given(scripts | st.text(max_size=80))
def test_what_quotes_are_taken_off_from_is_put_back_at_its_place(text: str) -> None:
    offsets = range(7, 7 + len(text))
    inner = in_double_quotes(Passage(text, offsets))
    assert list(inner.at) == sorted(set(inner.at))
    assert len(inner.at) == len(inner.text)
    if inner.text:
        back = aligned(inner)
        assert back.start == inner.at[0]
        assert back.end == inner.at[-1] + 1
        assert sorted("".join(back.text.split())) == sorted("".join(inner.text.split())) or "--" in text or "#" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["'", '"', "`", "\\", "$(", "${", "$((", "$'\\'", '"$(', "<<A\n", "<<a", "(", "{", "${x\"}", "mysql -e \"GRANT ", "'\\''", "$X\n"],
)  # fmt: skip
def test_a_long_script_of_nonsense_comes_to_its_end(piece: str) -> None:
    """Quadratic reading shows as a test that never ends: 8,000 repeats take a tenth of a second each."""
    text = "mysql\n" + piece * 8_000
    assert list(read(Source("x.sh", text))) == []
    assert sum(len(one.words) for one in Script(Passage(text, range(len(text))))) <= 12 * len(text)
