"""duplicate-account: one account declared twice, so that one declaration silently loses."""

from collections.abc import Hashable, Iterator

from grantlint import (
    Account,
    Add,
    Addition,
    Confidence,
    Effect,
    Problem,
    Profile,
    Related,
    Remove,
    Rule,
    Server,
    Severity,
    across_accounts,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag the second account with the same stored user and host."""
    first: dict[tuple[str, str], Account] = {}
    rights: dict[tuple[str, str], frozenset[Hashable]] = {}  # of each first one, which may have many declarations
    for account in server.census.namesakes:
        user, host = server.user_of(account), server.host_of(account)
        earlier = first.setdefault((user, host), account)
        if earlier.amends:  # it is there before the files: root, whose password they set
            first[user, host] = account
        elif earlier is not account:
            if (user, host) not in rights:
                rights[user, host] = earlier.rights
            yield Problem(
                f"{account} is the account '{user}'@'{host}' that is declared already",
                account.host.span,
                related=(Related("declared here first", earlier.host.span),),
                remedy=_remedy(earlier, account, rights[user, host]),
            )


def _remedy(earlier: Account, account: Account, rights: frozenset[Hashable]) -> Remove | Add | None:
    """Return that the second declaration goes where it says what the first does, or adds to it where Ansible can."""
    if account.span == earlier.span:
        return None
    if account.is_alike(earlier, rights):
        return Remove(account.span, "this declaration", Effect.NONE)
    if earlier.grants:
        return Add(Addition.APPEND, "true", Effect.GIVES)
    return None


RULE = Rule(
    name="duplicate-account",
    summary="The same user and host, declared twice",
    rationale="""
The server stores host values in lower case, so `web1.example.com` and `WEB1.example.com` are one account (and on
MariaDB '' and '%' are). Made with SQL, the second declaration fails with error 1396; made with a tool such as
Ansible, the second replaces the password and the grants of the first on every run. User names do differ by case.
""",
    help="Keep one declaration and put all grants in it.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("accounts",),
    check=across_accounts(check, of="namesakes", alike=True),
    bad=(
        """\
users:
  - user: app
    host: web1.example.com
    authentication: {secret: vault:db/app}
  - user: app
    host: WEB1.example.com  # expect: duplicate-account
    authentication: {secret: vault:db/app-again}
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.*:SELECT"
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7  # expect: duplicate-account
        password: "{{ vault_app_again }}"
        priv: "stock.*:SELECT"
""",
        """\
users:
  - user: app
    hosts: [web1.example.com, WEB1.example.com]  # expect: duplicate-account
    authentication: {secret: vault:db/app}
  - user: web
    host: 10.0.3.7
    authentication: {secret: vault:db/web}
  - user: web
    host: 10.0.3.7  # expect: duplicate-account
    authentication: {secret: vault:db/web}
""",
        """\
mysql_users:
  - name: app
    host: 10.0.3.7
    password: "{{ vault_app }}"
    priv: "shop.*:SELECT"
  - name: app
    host: 10.0.3.7  # expect: duplicate-account
    password: "{{ vault_app_again }}"
  - name: web
    host: 10.0.3.7
    password: "{{ vault_web }}"
  - name: web
    host: 10.0.3.7  # expect: duplicate-account
    password: "{{ vault_web }}"
    priv: "shop.*:SELECT"
""",
    ),
    good=(
        """\
users:
  - user: app
    host: web1.example.com
    authentication: {secret: vault:db/app}
  - user: App
    host: web1.example.com
    authentication: {secret: vault:db/another}
""",
    ),
)
