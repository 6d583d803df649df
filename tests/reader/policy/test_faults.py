"""Every fault against the format: the place and the sentence."""

import pytest

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.formats.policy.document import read


def faults(text: str) -> list[Fault]:
    return [fault for found in read(Source("policy.yml", text)) for fault in found.faults]


USER = "users:\n- user: app\n  host: h\n"
GRANT = USER + "  grants:\n  - "


@pytest.mark.parametrize(
    ("text", "at", "message", "remedy"),
    [
        ("users: [{user: a, hots: b}]", "hots", "unknown key `hots` in an account", "Did you mean `hosts`?"),
        ("users: [{name: a, host: b}]", "name", "unknown key `name` in an account", "Write `user`."),
        (USER + "  password: x", "password", "unknown key `password`", "authentication: {secret: env:NAME}"),
        (USER + "  priv: x", "priv", "unknown key `priv`", "grants: [{privileges"),
        (USER + "  state: absent", "state", "unknown key `state`", "take the entry out"),
        (USER + "  default-roles: [a]", "default-roles", "unknown key `default-roles`", "Write `default_roles`."),
        (GRANT + "{privileges: ALL, on: '*.*'}", "on", "unknown key `on` in a grant", "Write `target`"),
        ("users: [{user: a}]", "user", "an account has no `host`", "`host: '%'` for any host"),
        ("users: [{host: a}]", "host", "an account has no `user`", "`user: ''` for the anonymous user"),
        (
            "users: [{user: a, host: b, hosts: [c]}]",
            "hosts",
            "`hosts` stands beside `host`",
            "Keep one of `host`, `hosts`.",
        ),
        ("users: [{user: a, host: [b]}]", "[b]", "`host` must be a host value in quotes, not a list", "Write `hosts`"),
        ("users: [{user: a, hosts: b}]", "b", "`hosts` must be a list of host values", "each makes an account"),
        ("users: [{user: a, hosts: []}]", "[]", "`hosts` is empty", "Host values"),
        (
            "users: [{user: a, host: 10.1}]",
            "10.1",
            "`10.1` without quotes is a number to other YAML readers",
            "after the @",
        ),
        (
            USER + "  authentication: {password: 12345}",
            "12345",
            "`password` without quotes is a number to other YAML readers",
            "Quote it.",
        ),
        (USER + "  authentication: {password: yes}", "yes", "without quotes is true or false", "Quote it."),
        (
            USER + "  authentication: {secret: hunter2}",
            "hunter2",
            "`secret` must be a reference",
            "env:APP_DB_PASSWORD",
        ),
        (
            USER + "  authentication: {secret: env:A, password: b}",
            "password",
            "`password` stands beside `secret`",
            "Keep one of",
        ),
        (USER + "  locked: maybe", "maybe", "`locked` must be true or false", "true or false."),
        (USER + "  locked: 1", "1", "`locked` must be true or false, not a number", "true or false."),
        (USER + "  require: TLS", "TLS", "`require` must be SSL, X509, NONE or a mapping", "subject, issuer"),
        (USER + "  limits: {max_user_connections: ten}", "ten", "`max_user_connections` must be", "whole number"),
        (USER + "  limits: {max_queries_per_hour: -1}", "-1", "`max_queries_per_hour` must be at least 0", "number"),
        (USER + "  comment:\n", ":", "`comment` has no value", "Words"),
        ("users: [{user: ~, host: h}]", "~", "`user` has no value", "'' is the anonymous user"),
        (GRANT + "{privileges: ALL, target: shop}", "shop", "`shop` names no database", "'shop.*'"),
        (GRANT + "{privileges: ALL}", "privileges", "a grant has no `target`", "Write `target"),
        (GRANT + "{target: 'a.*', privileges: []}", "[]", "`privileges` is empty", "SELECT"),
        (GRANT + "{target: {{ x }}, privileges: ALL}", "{{ x }}", "a template without quotes is a mapping", "Quote"),
        ("users: [12]", "12", "this value must be an account, not a number", "One user"),
        ("users: {a: b}", "{a: b}", "`users` must be a list of accounts, not a mapping", "The accounts."),
        ("roles: [{role: r, members: [{name: x}]}]", "name", "unknown key `name` in an account", "Write `user`."),
        ("hosts: [{name: a}]", "name", "a client or network has no `addresses`", "`dns_names: [...]` or both"),
        ("hosts: [{name: a, addresses: [10.0.0.256]}]", "10.0.0.256", "no address and no network", "10.1.2.3"),
        ("hosts: [{name: a, addresses: ['1:::2']}]", "'1:::2'", "no address and no network", "10.1.2.3"),
        ("server: {version: 8.4}", "version", "unknown key `version`", "mysql-8.4"),
        ("server: {settings: {a b: 1}}", "a b", "this is no name of a setting", "skip_name_resolve"),
        ("server: db1", "db1", "`server` must be a mapping", "name, product"),
        ("acounts: []", "acounts", "unknown key `acounts` in a policy", "Write `users`."),
        ("- user: a", "- user: a", "this value must be a policy, not a list", "one MySQL or MariaDB server"),
        (USER + "  default_roles: [r]", "r]", "`r` is a default role, but not among the roles", "under `roles`"),
        (USER + "  ? [a]\n  : b", "[a]", "a key must be a word", "key: value"),
        (USER + "  <<: 1", "<<", "`<<` merges mappings only", "*name"),
    ],
)
def test_a_fault_against_the_schema_has_place_words_and_remedy(text: str, at: str, message: str, remedy: str) -> None:
    (fault,) = faults(text)
    assert fault.rule == "schema-error"
    assert message in fault.message
    assert remedy in fault.help
    assert text.startswith(at.rstrip("]") if at == "r]" else at, fault.span.start)


@pytest.mark.parametrize(
    ("text", "at", "message", "remedy"),
    [
        ("users:\n- user: a\n  host: %\n", "%", "may not begin with %", "Quote it: '%'."),
        ("users:\n- user: ä\n\thost: h\n", "\t", "a tab", "Indent with spaces."),
        ("users:\n- user: @a\n", "@", "may not begin with @", "Quote"),
        (GRANT + "target: *.*\n", "*.*", "alias", "'*.*'"),
        (GRANT + "target: *a\n", "*a", "no anchor has this name", "'*.*'"),
        ("users: [{user: a, host: 'h}]\n", "", "opened and never closed", "Close it."),
        ("users:\n- user: é\x07\n  host: h\n", "\x07", "control character", "Remove it"),
        ("users:\n- user: a: b\n", ": b", "a second `: `", "Quote the value"),
    ],
)
def test_what_is_not_yaml_is_told_in_plain_words_at_its_character(
    text: str, at: str, message: str, remedy: str
) -> None:
    found = [fault for fault in faults(text) if fault.rule == "syntax-error"]
    assert len(found) == 1
    assert message in found[0].message
    assert remedy in found[0].help
    assert text.startswith(at, found[0].span.start) or text.startswith(at, found[0].span.start - 1)


def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    text = "users:\n- user: a\n  host: h\n  user: b\n"
    (fault,) = faults(text)
    assert fault.rule == "duplicate-key"
    assert fault.message == "`user` is written twice: here and on line 2"
    assert fault.span.start == text.rindex("user")


def test_equal_settings_are_duplicates_however_they_are_spelt() -> None:
    (fault,) = faults("server:\n  settings:\n    skip-name-resolve: on\n    skip_name_resolve: off\n")
    assert fault.rule == "duplicate-key"
    assert "line 3" in fault.message


def test_a_fault_in_a_merged_mapping_is_told_once() -> None:
    text = "x-a: &a {host: h, lokced: true}\nusers:\n" + "- {user: u, <<: *a}\n" * 30
    (fault,) = faults(text)
    assert "`lokced`" in fault.message


def test_a_file_that_is_wrong_throughout_is_not_explained_to_the_end() -> None:
    found = faults("users:\n" + "- {name: u, host: h}\n" * 300)
    assert len(found) == 101
    assert "more than 100 items" in found[-1].message


def test_an_account_without_a_host_is_left_out() -> None:
    (found,) = read(Source("policy.yml", "users: [{user: a}, {user: b, host: h}]"))
    assert [str(account) for account in found.accounts] == ["'b'@'h'"]
    assert len(found.faults) == 1


def test_a_document_that_breaks_off_declares_nothing() -> None:
    first, second = read(Source("policy.yml", USER + "---\n" + USER + "- ]\n"))
    assert len(first.accounts) == 1
    assert not second.accounts
    assert second.faults[0].rule == "syntax-error"


ALIAS_BOMB = "x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"x-{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 10)
)


def test_an_alias_bomb_is_refused() -> None:
    (fault,) = faults(ALIAS_BOMB + "users: *a9\n")
    assert "aliases repeat more than" in fault.message


def test_an_alias_within_its_own_anchor_is_refused() -> None:
    (fault,) = faults("x-a: &a [*a]\n")
    assert fault.rule == "syntax-error"


@pytest.mark.parametrize("text", ["users: " + "[" * 10_000, "users:\n" + "- " * 10_000 + "a", "? " * 10_000])
def test_deep_nesting_is_refused(text: str) -> None:
    assert any("levels deep" in fault.message for fault in faults(text))


def test_mappings_that_merge_one_another_in_a_row_are_refused() -> None:
    lines = ["x-0: &a0 {k0: 1}", *(f"x-{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}" for n in range(1, 4000))]
    (fault,) = faults("\n".join(lines))
    assert "aliases repeat more than" in fault.message


def test_many_unknown_keys_are_counted() -> None:
    found = faults("users:\n- {" + ", ".join(f"key{n}: 1" for n in range(30)) + "}\n")
    assert [fault.message for fault in found if "more" in fault.message] == ["10 more unknown keys in an account"]
