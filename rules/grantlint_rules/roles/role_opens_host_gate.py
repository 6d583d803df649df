"""role-opens-host-gate: a role of MySQL for any host, which lets every client come as far as a password."""

from collections.abc import Iterator

from grantlint import Confidence, Located, Problem, Profile, Role, Rule, Server, Severity, across_accounts, is_any_host


def check(server: Server) -> Iterator[Problem]:
    """Flag the first role that opens the host gate to all.

    It is one at any host, where roles are accounts and no account is for any host.
    """
    traits = server.installation.target.traits
    if not (traits.roles and traits.roles_match):
        return
    if any(is_any_host(account.host.value) for account in server.accounts if isinstance(account.host, Located)):
        return
    if len(server.accounts) < len(server.declared.accounts):
        return  # one of a template may be for any host
    role = next((role for role in server.declared.roles if _is_at_any_host(role)), None)
    if role is not None:
        yield Problem(
            f"the role {role} is an account for any host, so that the server asks every client for a password",
            role.name.span,
            witness="a client from anywhere gets error 1045 instead of 1130, before anybody has logged in",
        )


def _is_at_any_host(role: Role) -> bool:
    return isinstance(role.name, Located) and (
        role.host is None or (isinstance(role.host, Located) and is_any_host(role.host.value))
    )


RULE = Rule(
    name="role-opens-host-gate",
    summary="A role for any host, where no account is for any host",
    rationale="""
MySQL turns a client away with error 1130 before the password is asked where no account is for its host. Roles are
accounts that are locked, and `CREATE ROLE reader` makes 'reader'@'%': with it every client of the network is asked for
a password, and may try some (facts: H2, H3). MariaDB's roles are no accounts.
""",
    help="Give the role a host that nobody has, such as 'reader'@'localhost', and name it so where it is granted.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=across_accounts(check, of="roles"),
    bad=(
        """\
server: {product: mysql-8.4}
roles:
  - role: reader  # expect: role-opens-host-gate
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    roles: [reader]
""",
        """\
server: {product: mysql-8.4}
roles:
  - role: reader  # expect: role-opens-host-gate
    host: '%'
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE ROLE reader;  -- expect: role-opens-host-gate
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ one }}';
""",
    ),
    good=(
        """\
server: {product: mariadb-11.8}
roles:
  - role: reader
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    roles: [reader]
""",
        """\
server: {product: mysql-8.4}
roles:
  - role: reader
users:
  - user: app
    host: '%'
    authentication: {secret: vault:db/app}
    roles: [reader]
""",
        """\
server: {product: mysql-8.4}
roles:
  - role: '{{ role }}'
  - role: reader
    host: 10.0.3.7
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
