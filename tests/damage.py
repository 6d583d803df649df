"""Real shapes, damaged: what a reader must get through without an exception, with places inside the text."""

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from grantlint.model import Declarations


def damaged(data: st.DataObject, text: str, pieces: Sequence[str]) -> str:
    """Return a text with up to four of its parts replaced by such pieces."""
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.sampled_from(pieces)) + text[end:]
    return text


def assert_places_in(found: Iterable[Declarations]) -> None:
    """Look that users and hosts, and accounts as a whole, stand inside their text."""
    for part in found:
        for account in part.accounts:
            for source, start, end in (account.user.span, account.host.span, account.span):
                assert 0 <= start <= end <= len(source.text)
