"""What `users:` makes of accounts."""

from textwrap import dedent

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Located, Source, Text, Unresolved
from grantlint.reader.formats.policy.document import read
from told import text_told


def declared(text: str) -> Declarations:
    (found,) = read(Source("policy.yml", dedent(text)))
    assert not found.faults, found.faults
    return found


def value(text: Text | None) -> str:
    assert isinstance(text, Located)
    assert isinstance(text.value, str)
    return text.value


def written(located: Text) -> str:
    return located.source.text[located.start : located.end]


def test_an_account_has_every_value_where_it_was_written() -> None:
    (account,) = declared(
        """\
        users:
          - user: app
            host: "10.%"  # office
            authentication: {plugin: caching_sha2_password, secret: 'vault:db/app'}
            require: ssl
            limits:
              max_user_connections: 20
            locked: yes
            comment: the shop
            grants:
              - privileges: [SELECT, "UPDATE (id, name)"]
                target: 'shop.*'
                grant_option: true
          # the end
        """
    ).accounts
    assert str(account) == "'app'@'10.%'"
    assert written(account.host) == '"10.%"'
    assert account.span.source.text[account.span.start : account.span.end].endswith("grant_option: true")
    assert account.authentication is not None
    assert account.authentication.credential is not None
    assert account.authentication.credential.secrecy is Secrecy.REFERENCE
    assert value(account.authentication.plugin) == "caching_sha2_password"
    assert [value(text) for text in account.require] == ["SSL"]
    assert [(limit.name.value, value(limit.value)) for limit in account.limits] == [("MAX_USER_CONNECTIONS", "20")]
    assert isinstance(account.locked, Located)
    assert account.locked.value is True
    (grant,) = account.grants
    assert [text_told(leaf) for leaf in grant.privileges] == ["SELECT", "UPDATE (id, name)"]
    assert text_told(grant.target) == "shop.*"
    assert isinstance(grant.option, Located)
    assert grant.option.value is True


def test_hosts_make_one_account_each() -> None:
    accounts = declared("users: [{user: '', hosts: [localhost, '%']}]").accounts
    assert [str(account) for account in accounts] == ["''@'localhost'", "''@'%'"]


@pytest.mark.parametrize("text", ["NO", "0123", "1e3", "on", "1_000", "0x1F", "2026-11-20", "1:30"])
def test_an_unquoted_user_stays_as_written(text: str) -> None:
    (account,) = declared(f"users:\n- user: {text}\n  host: h\n").accounts
    assert value(account.user) == text


def test_comma_separated_privileges_are_split_and_keep_their_places() -> None:
    (account,) = declared(
        "users: [{user: a, host: h, grants: [{privileges: 'SELECT, UPDATE (a, b)', target: 'x.*'}]}]"
    ).accounts
    assert [written(text) for text in account.grants[0].privileges] == ["SELECT", "UPDATE (a, b)"]


@pytest.mark.parametrize("text", ["'{{ app_host }}'", "'${HOST}'", "!vault abc", "!env HOST", "!vault {a: b}"])
def test_templates_and_tags_are_unresolved(text: str) -> None:
    (account,) = declared(f"users:\n- user: app\n  host: {text}\n").accounts
    assert isinstance(account.host, Unresolved)


def test_a_template_for_a_list_is_not_checked() -> None:
    found = declared("users:\n- user: app\n  host: h\n  grants: '{{ grants }}'\n- '{{ more }}'\n")
    assert [unread.what for unread in found.not_checked] == ["grants", "an account"]
    assert len(found.accounts) == 1


def test_certificates_are_required_as_sql_writes_them() -> None:
    (account,) = declared('users: [{user: a, host: h, require: {issuer: /O=x, subject: "/CN=o\'b"}}]').accounts
    assert [value(text) for text in account.require] == [r"SUBJECT '/CN=o\'b'", "ISSUER '/O=x'"]


@pytest.mark.parametrize(
    ("authentication", "secrecy", "shown"),
    [
        ("{secret: env:APP_PW}", Secrecy.REFERENCE, True),
        ("{secret: 'mystore:x'}", Secrecy.REFERENCE, False),
        ("{secret: '{{ app_pw }}'}", Secrecy.REFERENCE, True),
        ("{password: \"{{ pw | default('geheim') }}\"}", Secrecy.REFERENCE, False),
        ("{password: geheim}", Secrecy.PLAIN, False),
        ("{password: ''}", Secrecy.EMPTY, True),
        ("{hash: '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'}", Secrecy.HASH, False),
        ("{password: !vault geheim}", Secrecy.REFERENCE, False),
    ],
)
def test_a_credential_is_kept_by_its_form_only(authentication: str, secrecy: Secrecy, shown: bool) -> None:  # noqa: FBT001 - a column of the table
    (found,) = declared(f"users:\n- user: a\n  host: h\n  authentication: {authentication}\n").accounts
    assert found.authentication is not None
    credential = found.authentication.credential
    assert credential is not None
    assert credential.secrecy is secrecy
    hidden = [(start, end) for start, end in credential.span.source.secrets if start < credential.span.end <= end + 1]
    if credential.span.end - credential.span.start > 2:
        assert bool(hidden) is not shown


def test_roles_of_an_account_become_memberships_of_each_host() -> None:
    found = declared(
        "users: [{user: a, hosts: [x, y], roles: [r, {role: s, admin: true}], default_roles: [r]}]"
    ).memberships
    assert [(value(each.role), value(each.host)) for each in found] == [("r", "x"), ("r", "y"), ("s", "x"), ("s", "y")]
    assert [each.default is not None for each in found] == [True, True, False, False]
    assert [each.admin is not None for each in found] == [False, False, True, True]


def test_anchors_and_merge_keys_keep_the_place_where_the_value_is_written() -> None:
    found = declared(
        """\
        x-office: &office
          host: 10.%
          require: SSL
        users:
          - &first
            user: app
            <<: *office
          - <<: [*first, *office]
            user: job
            require: X509
        """
    )
    app, job = found.accounts
    assert [str(app), str(job)] == ["'app'@'10.%'", "'job'@'10.%'"]
    assert value(job.require[0]) == "X509"
    source = app.host.source
    assert source.position(job.host.start)[0] == 2
    assert source.position(job.span.start)[0] == 8


def test_each_document_is_a_server() -> None:
    first, second = read(Source("p.yml", "server: {name: a}\nusers: [{user: u, host: h}]\n---\nserver: {name: b}\n"))
    assert first.server is not None
    assert second.server is not None
    assert [value(first.server.name), value(second.server.name)] == ["a", "b"]
    assert len(first.accounts) == 1
    assert not second.accounts


def test_a_file_of_comments_declares_nothing() -> None:
    assert all(not found.faults and not found.accounts for found in read(Source("p.yml", "# nothing yet\n")))


def test_a_list_that_aliases_repeat_is_bound_once() -> None:
    first, second = declared(
        """\
        users:
          - {user: a, host: h, grants: &g [{privileges: ALL, target: 'a.*'}]}
          - {user: b, host: h, grants: *g}
        """
    ).accounts
    assert first.grants is second.grants


def test_members_of_a_role_are_accounts_and_roles() -> None:
    (role,) = declared(
        """\
        roles:
          - role: r
            members: ["app@10.%", "'x'@'%'", other, a@b@c, {user: dba, host: h, admin: true}]
        """
    ).roles
    assert [(value(each.user), each.host and value(each.host)) for each in role.members] == [
        ("app", "10.%"),
        ("x", "%"),
        ("other", None),
        ("a@b", "c"),
        ("dba", "h"),
    ]
    assert role.members[-1].admin is not None


def test_a_server_says_its_settings_by_their_names_with_underscores() -> None:
    found = declared("server: {name: s, product: mariadb-11.4, settings: {Skip-Name-Resolve: ON, port: 3306}}").server
    assert found is not None
    assert {name: value(text) for name, text in found.settings.items()} == {"skip_name_resolve": "ON", "port": "3306"}


def test_a_named_host_has_addresses_and_names() -> None:
    (host,) = declared("hosts: [{name: web, addresses: [10.0.0.1, 10.1.0.0/16, '::1'], dns_names: [a.b]}]").hosts
    assert [value(text) for text in (*host.addresses, *host.dns_names)] == ["10.0.0.1", "10.1.0.0/16", "::1", "a.b"]
