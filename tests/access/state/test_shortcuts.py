"""What is looked up instead of gone through changes no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.access import parse_target
from grantlint.access.state import effort
from grantlint.access.state.acts import roles
from grantlint.access.state.book.book import Book
from grantlint.access.state.book.entries import Held
from grantlint.access.state.book.names import Key
from grantlint.access.state.book.spellings import Spellings
from grantlint.access.state.outcome import Refused, Undecided
from grantlint.access.state.progress import Rules
from grantlint.access.state.replay import Replayed, replay
from grantlint.model.grant import Grant
from grantlint.model.location import Located, Source
from grantlint.reader.sql.document import read

SERVERS = ("mysql-5.7.44", "mysql-9.7.4", "mariadb-11.8.9")
ROLES = st.sampled_from(["r0", "r1", "r2", "r3", "r5"])
COLUMNS = st.sampled_from(["c", "C", "id", "Id"])
TABLES = st.sampled_from(["d.t", "d.s", "d.*"])
ACCOUNTS = st.sampled_from(["a@h", "b@h"])

Left = tuple[object, ...]


def left(text: str, server: str) -> Left:
    """Return what the statements leave of grants and memberships, and what the server says to each."""
    after = replayed(text, server)
    return _shown(after.book), [(type(one).__name__, one.step.span.start) for one in after.outcomes]


def replayed(text: str, server: str) -> Replayed:
    """Take the statements of a text."""
    target = parse_target(server)
    steps = [step for found in read(Source("a.sql", text)) for step in found.steps]
    return replay(steps, Rules(target, grant_to_nobody=target.traits.grant_to_nobody))


def _shown(book: Book) -> object:
    grants = {key: [_held(one) for one in several] for key, several in book.grants.items()}
    members = {key: [one.key for one in several] for key, several in book.members.items()}
    return grants, members


def _held(one: Held) -> object:
    named = [leaf.value for leaf in one.grant.privileges if isinstance(leaf, Located)]
    return one.grant.span.start, named


def has_by_going_through(holder: Key, wanted: Key, book: Book) -> bool:
    """Return whether a role is one, or has it by others: of all that it has."""
    known = {holder}
    ahead = [holder]
    while ahead:
        theirs = {member.key for member in book.members.get(ahead.pop(), ())} - known
        known |= theirs
        ahead += theirs
    return wanted in known


@st.composite
def acts_on_roles(draw: st.DrawFn) -> str:
    one, other = draw(ROLES), draw(ROLES)
    said = ("GRANT {0} TO {1}", "GRANT {0} TO {1}", "GRANT {0} TO {1}", "REVOKE {0} FROM {1}", "DROP ROLE {0}")
    also = ("CREATE ROLE IF NOT EXISTS {0}", "RENAME USER {0} TO r5", "RENAME USER r5 TO {0}", "DROP USER {0}")
    return draw(st.sampled_from(said + also)).format(one, other) + ";"


@given(st.lists(acts_on_roles(), max_size=40), st.sampled_from(SERVERS[1:]))
@examples(200)
def test_a_circle_is_found_from_both_ends_as_from_one(acts: list[str], server: str) -> None:
    text = "CREATE USER a@h; CREATE ROLE r0, r1, r2, r3;\n" + "\n".join(acts)
    found = left(text, server)
    with pytest.MonkeyPatch.context() as context:
        context.setattr(roles, "_has", has_by_going_through)
        assert left(text, server) == found


@st.composite
def acts_on_columns(draw: st.DrawFn) -> str:
    name, table, account = draw(st.sampled_from(["SELECT", "INSERT"])), draw(TABLES), draw(ACCOUNTS)
    columns = "" if table == "d.*" else f" ({', '.join(draw(st.lists(COLUMNS, min_size=1, max_size=2)))})"
    said = ("GRANT {0} ON {1} TO {2}", "GRANT {0} ON {1} TO {2}", "REVOKE {0} ON {1} FROM {2}")
    also = ("RENAME USER a@h TO b@h", "RENAME USER b@h TO a@h", "DROP USER {2}", "CREATE USER IF NOT EXISTS {2}")
    return draw(st.sampled_from(said + also)).format(name + columns, table, account) + ";"


@given(st.lists(acts_on_columns(), max_size=40), st.sampled_from(SERVERS))
@examples(200)
def test_only_a_column_spelled_otherwise_changes_earlier_grants(acts: list[str], server: str) -> None:
    text = "CREATE USER a@h; CREATE USER b@h;\n" + "\n".join(acts)
    found = left(text, server)
    with pytest.MonkeyPatch.context() as context:
        context.setattr(Spellings, "differ", lambda _self, _key, grant: _has_columns(grant))
        assert left(text, server) == found


def _has_columns(grant: Grant) -> bool:
    return any(isinstance(one, Located) and one.value.columns for one in grant.privileges)


def test_columns_that_are_spelled_otherwise_again_and_again_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "POOL", 20)
    monkeypatch.setattr(effort, "PER_STEP", 0)
    text = "".join(f"GRANT SELECT (c{at}) ON d.t TO a@h;\nGRANT SELECT (C{at}) ON d.t TO a@h;\n" for at in range(9))
    undecided = [
        one for one in replayed("CREATE USER a@h;" + text, "mysql-9.7.4").outcomes if isinstance(one, Undecided)
    ]
    assert undecided
    assert {one.why for one in undecided} == {effort.TOO_MUCH}
    plain = "".join(f"GRANT SELECT (c{at}) ON d.t TO a@h;\n" for at in range(99))
    assert replayed("CREATE USER a@h;" + plain, "mysql-9.7.4").outcomes == ()


def test_a_circle_is_found_behind_a_new_name() -> None:
    given = "CREATE USER r0; CREATE ROLE r1, r2, r3, r4; GRANT r2, r3, r4, r1 TO r0; RENAME USER r0 TO r5;"
    (refused,) = replayed(f"{given} GRANT r5 TO r1;", "mysql-9.7.4").outcomes
    assert isinstance(refused, Refused)
    assert refused.errno == 4027
    assert replayed(f"{given} GRANT r1 TO r2;", "mysql-9.7.4").outcomes == ()
