"""role-circle: roles that are granted to each other in a circle."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Located,
    Membership,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag each membership that would close a circle.

    It does so in the order of the declarations.
    """
    given = _Given()
    for member in server.declared.members:
        if not isinstance(member.role, Located) or not isinstance(member.user, Located):
            continue
        role, to = member.role.value, member.user.value
        back = given.way(role, to)
        if back is None:
            given.add(role, to, member)
            continue
        yield Problem(
            f"'{role}' has the role '{to}' by other grants, so that the server refuses it to '{to}': "
            "a circle (error 4027, MariaDB 1961)",
            member.role.span,
            related=tuple([Related("granted here", one.role.span) for one in back]),
        )


class _Given:
    """The grants of roles so far, which make no circle."""

    def __init__(self) -> None:
        self._roles: dict[str, dict[str, Membership]] = {}
        self._holders: dict[str, dict[str, Membership]] = {}

    def add(self, role: str, to: str, member: Membership) -> None:
        """Add the grant of a role."""
        self._roles.setdefault(to, {}).setdefault(role, member)
        self._holders.setdefault(role, {}).setdefault(to, member)

    def way(self, start: str, end: str) -> list[Membership] | None:
        """Return the grants by which a role has another.

        [] where they are one, None where it has not.
        """
        if start == end:
            return []
        if self._are_apart(start, end):
            return None
        came: dict[str, tuple[str, Membership]] = {}
        for name, role, member in _steps(start, self._roles):
            if role not in came:
                came[role] = (name, member)
            if role == end:
                break
        back: list[Membership] = []
        while end != start:
            end, member = came[end]
            back.append(member)
        return back[::-1]

    def _are_apart(self, start: str, end: str) -> bool:
        """Return whether no way leads from a role to another.

        It is sought from both ends, one step each: a chain of roles mostly grows at an end.
        """
        above = _steps(end, self._holders)
        for _, role, _ in _steps(start, self._roles):
            if role == end:
                return False
            upper = next(above, None)
            if upper is None:
                return True
            if upper[1] == start:
                return False
        return True


def _steps(start: str, ahead: dict[str, dict[str, Membership]]) -> Iterator[tuple[str, str, Membership]]:
    """Yield each step from a role on, the nearest first: from what, to what, by which grant."""
    known = {start}
    names = [start]
    for name in names:
        for role, member in ahead.get(name, {}).items():
            yield name, role, member
            if role not in known:
                known.add(role)
                names.append(role)


RULE = Rule(
    name="role-circle",
    summary="Roles that are granted to each other in a circle",
    rationale="""
A role may have roles, and none may have itself by way of others: the grant that closes the circle is refused, with
error 4027 on MySQL and 1961 on MariaDB, and what a tool has to do behind it is left undone. Statements of SQL are
`statement-rejected`.
""",
    help="Take one of the grants out: the role that should hold less than the others gets none of them.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts",),
    check=across_accounts(check, of="members", once=True),
    bad=(
        """\
server: {product: mysql-8.4}
roles:
  - role: reader
    roles: [reporting]
  - role: reporting
    roles: [reader]  # expect: role-circle
""",
        """\
resource "mysql_role" "reader" {
  name = "reader"
}
resource "mysql_role" "reporting" {
  name = "reporting"
}
resource "mysql_grant" "one" {
  role     = mysql_role.reader.name
  database = ""
  roles    = ["reporting"]
}
resource "mysql_grant" "two" {
  role     = mysql_role.reporting.name
  database = ""
  roles    = ["reader"]  # expect: role-circle
}
""",
        """\
resource "mysql_role" "a" {
  name = "a"
}
resource "mysql_grant" "a_to_b" {
  role     = "b"
  database = ""
  roles    = ["a"]
}
resource "mysql_grant" "b_to_c" {
  role     = "c"
  database = ""
  roles    = ["b"]
}
resource "mysql_grant" "unknown" {
  role     = var.role
  database = ""
  roles    = ["b"]
}
resource "mysql_grant" "c_to_a" {
  role     = "a"
  database = ""
  roles    = ["c"]  # expect: role-circle
}
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
roles:
  - role: reader
  - role: reporting
    roles: [reader]
  - role: auditing
    roles: [reader, reporting]
""",
    ),
)
