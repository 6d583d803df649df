"""Rules that a configuration makes of templates: what each reports and what it lets be, and slips in its table."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from grantlint.lint.templates.catalogue import TEMPLATES, rules_of
from grantlint.platform.errors import ConfigError
from grantlint.testing import findings

HEAD = 'name = "mine"\nmessage = "it is not so here"\n'
CASES = {
    "privileges-only-for": (
        'privileges = ["file", "SUPER"]\nusers = "dba-*"\n',
        ["GRANT FILE ON *.* TO 'app'@'10.0.0.1';", "GRANT SELECT, SUPER ON *.* TO 'xdba-1'@'10.0.0.1';"],
        ["GRANT FILE ON *.* TO 'dba-1'@'10.0.0.1';", "GRANT SELECT ON *.* TO 'app'@'10.0.0.1';"],
    ),
    "privileges-only-for at a level": (
        'privileges = "SELECT"\nusers = "report"\nlevel = "global"\n',
        ["GRANT SELECT ON *.* TO 'app'@'10.0.0.1';"],
        ["GRANT SELECT ON shop.* TO 'app'@'10.0.0.1';", "GRANT SELECT ON *.* TO 'report'@'10.0.0.1';"],
    ),
    "hosts-within": (
        'hosts = ["10.20.0.0/16", "localhost", "*.example.com"]\nusers = "app*"\n',
        [f"CREATE USER 'app1'@'{host}';" for host in ("10.21.0.1", "10.%", "%", "10.20.0.0/15", "web.example.org")],
        [
            *(f"CREATE USER 'app1'@'{host}';" for host in ("10.20.3.%", "10.20.3.7", "LOCALHOST", "a.example.com")),
            "CREATE USER 'app1'@'10.20.4.0/255.255.254.0';",
            "CREATE USER 'other'@'%';",
            "CREATE USER 'app1'@'%' ACCOUNT LOCK;",
        ],
    ),
    "names-match": (
        'pattern = "[a-z]+_(ro|rw)"\n',
        ["CREATE USER 'shop'@'10.0.0.1';", "CREATE USER 'shop_rw_'@'10.0.0.1';"],
        ["CREATE USER 'shop_rw'@'10.0.0.1';", "CREATE USER 'root'@'localhost';"],
    ),
    "login-required": (
        'require = "X509"\nusers = "pay*"\n',
        ["CREATE USER 'pay'@'10.0.0.1' REQUIRE SSL;", "CREATE USER 'pay'@'10.0.0.1';"],
        [
            "CREATE USER 'pay'@'10.0.0.1' REQUIRE X509;",
            "CREATE USER 'pay'@'10.0.0.1' REQUIRE SUBJECT '/CN=x';",
            "CREATE USER 'app'@'10.0.0.1';",
        ],
    ),
    "login-required by plugin": (
        'plugins = ["caching_sha2_password"]\n',
        ["CREATE USER 'a'@'10.0.0.1' IDENTIFIED WITH mysql_native_password;", "CREATE USER 'a'@'10.0.0.1';"],
        ["CREATE USER 'a'@'10.0.0.1' IDENTIFIED WITH caching_sha2_password;"],
    ),
    "comment-matches": (
        "pattern = 'owner=\\S+'\n",
        ["CREATE USER 'a'@'10.0.0.1' COMMENT 'nobody';", "CREATE USER 'a'@'10.0.0.1';"],
        ["CREATE USER 'a'@'10.0.0.1' COMMENT 'owner=shop';", "CREATE USER 'root'@'localhost';"],
    ),
    "accounts-per-user": (
        "most = 2\n",
        ["CREATE USER 'a'@'10.0.0.1', 'a'@'10.0.0.2', 'a'@'10.0.0.3';"],
        ["CREATE USER 'a'@'10.0.0.1', 'a'@'10.0.0.2', 'b'@'10.0.0.3';"],
    ),
    "not-in-files": (
        'users = "*_prod"\nfiles = "staging/*"\n',
        ["CREATE USER 'a_prod'@'10.0.0.1';"],
        ["CREATE USER 'a_test'@'10.0.0.1';"],
    ),
}


def table(text: str) -> Mapping[str, object]:
    return tomllib.loads(text)


@pytest.mark.parametrize("case", CASES)
def test_a_template_reports_what_is_not_as_asked_and_nothing_else(case: str) -> None:
    parameters, bad, good = CASES[case]
    (rule,) = rules_of([table(f'{HEAD}template = "{case.split(maxsplit=1)[0]}"\n{parameters}')], "grantlint.toml")
    for text in bad:
        found = findings(text, [rule], path="staging/x.sql")
        assert [(one.rule, one.message) for one in found] == [("mine", "it is not so here")], text
    for text in good:
        assert findings(text, [rule], path="staging/x.sql") == [], text


def test_a_file_of_another_place_is_not_meant() -> None:
    parameters, (bad,), _ = CASES["not-in-files"]
    (rule,) = rules_of([table(f'{HEAD}template = "not-in-files"\n{parameters}')], "grantlint.toml")
    assert findings(bad, [rule], path="prod/x.sql") == []


def test_every_template_has_a_case_and_a_row_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs/using.md").read_text(encoding="utf-8")
    assert {case.split()[0] for case in CASES} == {*TEMPLATES}
    assert all(f"| `{name}` |" in guide for name in TEMPLATES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "g.toml: rule 1: name is missing"),
        ('name = "No"', "name takes small letters, digits and hyphens, not 'No'"),
        ('name = "a"\ntemplate = "hosts"', "rule 1 (a): template takes one of privileges-only-for, names-match"),
        ('name = "a"\ntemplate = "names-match"', "rule 1 (a): message is missing"),
        (f'{HEAD}template = "names-match"\npattern = "("', "pattern is no regular expression"),
        (f'{HEAD}template = "names-match"\npattern = "a"\nusrs = "b"', "no key 'usrs'; did you mean 'users'?"),
        (f'{HEAD}template = "accounts-per-user"\nmost = 0', "most takes a whole number from 1, not 0"),
        (f'{HEAD}template = "hosts-within"\nhosts = "10.0.0.1/8"', "hosts: 10.0.0.1/8 has host bits set"),
        (f'{HEAD}template = "hosts-within"\nhosts = "2001:db8::/32"', "2001:db8::/32 is no IPv4 network"),
        (f'{HEAD}template = "hosts-within"\nhosts = [1]', "hosts takes a text or a list of texts"),
        (f'{HEAD}template = "login-required"', "require or plugins is missing"),
        (f'{HEAD}template = "login-required"\nrequire = "TLS"', "require takes one of "),
        (f'{HEAD}template = "names-match"\npattern = "a"\nseverity = "bad"', "severity takes one of error, warning"),
    ],
)
def test_a_slip_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        rules_of([table(text)], "g.toml")
    assert said in str(caught.value)
    assert str(caught.value).startswith("g.toml: rule 1")
