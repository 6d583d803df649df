"""What weighs too little to be reported is counted once for each place, unless it is reported there all the same."""

from grantlint.lint.engine import Unheard, known_by
from grantlint.lint.finding import Profile
from grantlint.model.location import Source, Span

HERE = Span(Source("a.sql", "CREATE USER a;"), 0, 6)
SILENCED = Span(Source("b.sql", "CREATE USER b;"), 0, 6)


def unheard() -> Unheard:
    return Unheard(Profile.DEFAULT, {"named"}, lambda source: source is SILENCED.source)


def test_what_weighs_enough_or_is_named_is_no_matter_of_it() -> None:
    one = unheard()
    assert not one.takes("any", "m", HERE, None)
    assert not one.takes("any", "m", HERE, Profile.DEFAULT)
    assert not one.takes("named", "m", HERE, Profile.PEDANTIC)
    assert one.takes("any", "m", HERE, Profile.HARDENED)


def test_what_a_comment_may_silence_is_made() -> None:
    assert not unheard().takes("any", "m", SILENCED, Profile.HARDENED)


def test_a_place_counts_once_and_not_where_it_is_reported() -> None:
    one = unheard()
    for message in ("m", "m", "n"):
        assert one.takes("any", message, HERE, Profile.PEDANTIC)
    assert one.beside(set()) == 2
    assert one.beside({known_by("any", "n", HERE)}) == 1
