"""Which of several memberships close a circle, and by how many grants."""

from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint import Installation, Server, ServerSettings
from grantlint.access import parse_target
from grantlint.model.location import Source
from grantlint.reader.formats.policy import document as policy
from grantlint.servers.grouping import group
from grantlint_rules.roles.role_circle import check

ROLE = st.integers(0, 6)
Grants = list[tuple[int, int]]


def told(grants: Grants) -> list[tuple[str, int]]:
    """Return the refused grants, and how many others lead back."""
    having = {to: [f"r{role}" for role, other in grants if other == to] for _, to in grants}
    lines = "".join(f"  - {{role: r{to}, roles: {roles}}}\n" for to, roles in having.items())
    text = f"server: {{product: mysql-8.4}}\nroles:\n  - role: r9\n{lines}"
    (declared,) = group(policy.read(Source("a.yml", text)))
    server = Server(declared, Installation(parse_target("mysql-8.4"), ServerSettings.of(declared.facts)))
    return [(f"{one.message.split()[0]} to {one.message.split()[4]}", len(one.related)) for one in check(server)]


def by_hand(grants: Grants) -> list[tuple[str, int]]:
    """Return the same, of all ways from each role."""
    has: dict[int, list[int]] = {}
    found: list[tuple[str, int]] = []
    for role, to in grants:
        far = {role: 0}
        for one in (ahead := [role]):
            for other in has.get(one, ()):
                if other not in far:
                    far[other] = far[one] + 1
                    ahead.append(other)
        if to in far:
            found.append((f"'r{role}' to 'r{to}'", far[to]))
        else:
            has.setdefault(to, []).append(role)
    return found


@given(st.lists(st.tuples(ROLE, ROLE), max_size=25))
@examples(300)
def test_a_circle_is_told_where_going_through_all_finds_it(grants: Grants) -> None:
    in_turn = [(role, to) for to in dict.fromkeys(to for _, to in grants) for role, other in grants if other == to]
    assert told(grants) == by_hand(in_turn)
