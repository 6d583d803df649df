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
    given: dict[str, list[Membership]] = {}
    for member in server.declared.members:
        if not isinstance(member.role, Located) or not isinstance(member.user, Located):
            continue
        role, to = member.role.value, member.user.value
        back = _way(given, role, to)
        if back is None:
            given.setdefault(to, []).append(member)
            continue
        yield Problem(
            f"'{role}' has the role '{to}' by other grants, so that the server refuses it to '{to}': "
            "a circle (error 4027, MariaDB 1961)",
            member.role.span,
            related=tuple([Related("granted here", one.role.span) for one in back]),
        )


def _way(given: dict[str, list[Membership]], start: str, end: str) -> list[Membership] | None:
    """Return the grants by which `start` has the role `end`; [] where they are one, None where it has not."""
    if start == end:
        return []
    ways: dict[str, list[Membership]] = {start: []}
    names = [start]
    for name in names:
        for one in given.get(name, ()):
            role = one.role.value if isinstance(one.role, Located) else ""
            if role == end:
                return [*ways[name], one]
            if role not in ways:
                ways[role] = [*ways[name], one]
                names.append(role)
    return None


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
