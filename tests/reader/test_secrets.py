"""What looks like a secret is hidden where nothing else is known of a text."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.formats.policy.document import read
from grantlint.reader.leaf.secrets import likely_secrets

CANARY = "Zeisig77"


def shown(source: Source) -> str:
    """Return a source's text without what is hidden."""
    letters = list(source.text)
    for start, end in source.secrets:
        letters[start:end] = ["*"] * (end - start)
    return "".join(letters)


@pytest.mark.parametrize(
    "text",
    [
        f"password: {CANARY}",
        f"  db_password = {CANARY}",
        f'"password": "{CANARY}",',
        f"- {{user: a, password: {CANARY}, host: b}}",
        f"login_password={CANARY} x",
        f"secret:\n    {CANARY}\n",
        f"password: |\n  a\n\n  {CANARY}\n",
        f"hash: '*{'0A' * 20}'".replace("0A0A", CANARY),
        f"CREATE USER a IDENTIFIED BY '{CANARY}'",
        f"url: mysql://app:{CANARY}@db/x",
        f"auth_string: {CANARY}",
        f"plugin_hash_string: {CANARY}",
        f"API-KEY: {CANARY}",
        f"api_key => {CANARY}",
        f"passwort: {CANARY}",
        f"dbpass: {CANARY}",
        f"mysql_pw: {CANARY}",
    ],
)
def test_a_likely_secret_is_found(text: str) -> None:
    source = Source("a", text)
    for bounds in likely_secrets(text):
        source.hide(*bounds)
    assert CANARY not in shown(source)


def test_what_a_server_stores_is_found_wherever_it_stands() -> None:
    text = "# was *94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29 and $A$005$abc/def\nx"
    assert [text[start:end] for start, end in likely_secrets(text)] == [
        "*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29",
        "$A$005$abc/def",
    ]


def test_what_is_no_secret_stays() -> None:
    assert not list(likely_secrets("user: app\nhost: '%'\ngrants: [{privileges: [SELECT], target: 'compass.*'}]\n"))


USER = "users:\n- user: a\n  host: h\n"


@pytest.mark.parametrize(
    "text",
    [
        USER + f"  authentication: {{password: {CANARY}}}",
        USER + f"  authentication: {{hash: {CANARY}}}",
        USER + f"  authentication: {{secret: {CANARY}}}",
        USER + f"  authentication: {{secret: 'x:{CANARY}'}}",
        USER + f"  authentication: {{password: [{CANARY}]}}",
        USER + f"  authentication: {{passwrd: {CANARY}}}",
        USER + f"  authentication: {CANARY}",
        USER + f"  authentication: [{CANARY}]",
        USER + f"  authentication: &x {CANARY}",
        USER + f"  authentication: {{password: &x {CANARY}}}",
        USER + f"  authentication: {{password: !vault {CANARY}}}",
        USER + f"  authentication: {{password: '{{{{ x | default(\"{CANARY}\") }}}}'}}",
        USER + f"  authentication: {{password: '${{X:-{CANARY}}}'}}",
        USER + f"  authentication:\n    password: >\n      x\n\n      {CANARY}\n",
        USER + f"  authentication: {{password: a, password: {CANARY}}}",
        USER + f"  authentication: {{password: {CANARY}, password: a}}",
        USER + f"  password: {CANARY}",
        USER + f"  pasword: {CANARY}",
        USER + f"  whatever: {{a: [b, {CANARY}]}}",
        USER + f"  ? [x]\n  : {CANARY}",
        USER + f"  <<: {CANARY}",
        USER + f"  grants: [{{privileges: ALL, target: '*.*', identified: {CANARY}}}]",
        USER + f"  roles: [{{role: a, pw: {CANARY}}}]",
        f"x-a: {{authentication: {{password: {CANARY}}}}}\n" + USER,
        f"x-a: &a {{password: {CANARY}}}\n" + USER + "  authentication: *a",
        f"server: {{settings: {{report_password: {CANARY}}}}}",
        f"server: {{password: {CANARY}}}",
        f"hosts: [{{name: a, login: {CANARY}}}]",
        f"roles: [{{role: a, password: {CANARY}}}]",
        f"login: {CANARY}",
        USER + f"  authentication: {{password: {CANARY}}}\n  host: %",
        USER + f"  authentication: {{password: {CANARY}\n",
        f"- password: {CANARY}",
        f"users: {{password: {CANARY}}}",
    ],
)
def test_no_credential_of_a_policy_is_shown(text: str) -> None:
    source = Source("policy.yml", text)
    found = read(source)
    assert CANARY not in shown(source)
    assert not any(CANARY in f"{fault.message} {fault.help}" for part in found for fault in part.faults)
    assert CANARY not in repr([part.accounts for part in found])


def test_of_a_key_written_twice_only_the_value_that_nobody_reads_is_hidden() -> None:
    source = Source("policy.yml", "users:\n- user: a\n  host: first\n  host: second\n")
    read(source)
    assert "first" not in shown(source)
    assert "second" in shown(source)
