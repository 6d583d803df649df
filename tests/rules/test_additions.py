"""What a declaration lacks is written in the words of its format, and nothing else of the file changes."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counting import profiled
from draws import examples
from grantlint.model.remedy import Effect
from grantlint.run.fixing.rounds import Fixed, fixed
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings

TASK = "- hosts: db\n  tasks:\n    - community.mysql.mysql_user:"
LOOP = (
    TASK
    + "\n        name: '{{ item.name }}'\n        host: 10.0.3.7\n        password: '{{ item.password }}'\n"
    + "      loop: '{{ users }}'  # stays{}\n"
)
FIRST = TASK + "\n        name: app\n        host: 10.0.3.7\n        priv: 'a.*:SELECT'\n        password: '{{ x }}'\n"
SECOND = (
    "    - community.mysql.mysql_user:\n        name: app{}\n        host: 10.0.3.7\n        password: '{{ y }}'\n"
    "        priv: 'b.*:SELECT'\n"
)
LOOP_OF_LIST = LOOP.replace(
    "loop: '{{ users }}'  # stays{}", "{}loop:\n        - {name: a, password: '{{ vault_a }}'}  # stays"
)
SSL = {
    "policy": (
        "p.yml",
        "users:\n  - host: HOST  # stays\n    user: app # stays{}\n    authentication: {secret: vault:x}\n",
        "\n    require: SSL",
    ),
    "policy-flow": (
        "p.yml",
        "users: [{user: app{}, host: HOST, authentication: {secret: vault:x}}] #\n",
        ", require: SSL",
    ),
    "policy-windows": (
        "p.yml",
        "users:\r\n  - user: app{}\r\n    host: HOST\r\n    authentication: {secret: vault:x}\r\n",
        "\r\n    require: SSL",
    ),
    "ansible": (
        "a.yml",
        TASK + "\n        name: app  # stays{}\n        host: HOST\n        password: '{{ x }}'\n",
        "\n        tls_requires: {SSL: true}",
    ),
    "ansible-flow": (
        "a.yml",
        TASK + " {name: app{}, host: HOST, password: '{{ x }}'}\n",
        ", tls_requires: {SSL: true}",
    ),
    "json": (
        "a.json",
        '[{"tasks": [{"mysql_user": {"name": "app"{}, "host": "HOST", "password": "{{ x }}"}}]}]\n',
        ', "tls_requires": {"SSL": true}',
    ),
    "sql": ("g.sql", "CREATE USER app@'HOST' IDENTIFIED BY RANDOM PASSWORD{} ;  -- stays\n", " REQUIRE SSL"),
    "sql-limits": (
        "g.sql",
        "CREATE USER app@'HOST' IDENTIFIED BY '{{ x }} WITH MAX_'{}\n  WITH MAX_USER_CONNECTIONS 3 ACCOUNT UNLOCK;\n",
        " REQUIRE SSL",
    ),
    "terraform": (
        "m.tf",
        'resource "mysql_user" "app" {\n  user = "app" # stays{}\n  host = "HOST"\n  auth_string_hashed = var.x\n}\n',
        '\n  tls_option = "SSL"',
    ),
    "puppet": (
        "m.pp",
        "mysql_user { 'app@HOST':{} ensure => present, password_hash => $x }\n",
        None,
    ),
    "puppet-lines": (
        "m.pp",
        "mysql_user { 'app@HOST':\n  {}ensure        => present,\n  password_hash => $x,\n}\n",
        "tls_options => ['SSL'],\n  ",
    ),
    "kubernetes": (
        "k.yaml",
        (
            "apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\nmetadata: {name: app}\nspec:\n  name: app\n"
            "  host: HOST{}\n  passwordSecretKeyRef: {name: x, key: y}\n"
        ),
        "\n  require: {ssl: true}",
    ),
}
OTHERS = {
    "host-ansible": (
        "a.yml",
        TASK + "\n        name: app{}\n        password: '{{ x }}'\n",
        "\n        host: 'localhost'",
    ),
    "host-terraform": (
        "m.tf",
        'resource "mysql_user" "app" {\n  user = "app"{}\n  auth_string_hashed = var.x\n}\n',
        '\n  host = "localhost"',
    ),
    "host-sql": ("g.sql", "CREATE USER app{} IDENTIFIED BY RANDOM PASSWORD, `b`@localhost;\n", "@'%'"),
    "no-log": ("a.yml", LOOP, "\n      no_log: true"),
    "no-log-list": ("a.yml", LOOP_OF_LIST, "no_log: true\n      "),
    "append": ("a.yml", FIRST + SECOND, "\n        append_privs: true"),
}
RULE = {"host": "host-omitted", "no-log": "password-printed", "append": "duplicate-account"}


def mended(folder: Path, rule: str, *, unsafe: bool) -> Fixed:
    steered = Settings() if rule == "password-printed" else Settings(select=(rule,))
    request = Request([str(folder)])
    return fixed(load(request, steered), lambda: load(request, steered), plan(steered), unsafe=unsafe)


def written(name: str, text: str, rule: str, *, unsafe: bool) -> tuple[str, Fixed]:
    """Return the file as it is when all is mended that can be, and what was done."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(text.encode())
        outcome = mended(Path(folder), rule, unsafe=unsafe)
        for change in outcome.changes:
            file.write_bytes(change.after)
        again = mended(Path(folder), rule, unsafe=unsafe)
        assert list(again.changes) == []
        return file.read_bytes().decode(), outcome


@pytest.mark.parametrize("place", SSL)
@examples(3)
@given(octet=st.integers(1, 254))
def test_tls_is_asked_of_an_account_in_the_words_of_its_format(place: str, octet: int) -> None:
    name, shape, addition = SSL[place]
    text = shape.replace("HOST", f"10.0.3.{octet}")
    wanted = " tls_options => ['SSL'], " if addition is None else addition
    before = text.replace("{}", "" if addition is not None else " ").replace("  ensure =>", " ensure =>")
    after = text.replace("{}", wanted).replace(",  ensure", ", ensure")
    found, outcome = written(name, before, "tls-not-required", unsafe=True)
    assert found == after, [kept.why for kept in outcome.kept]
    assert {one.fix.effect for one in outcome.mended if one.fix} == {Effect.TAKES}
    assert written(name, before, "tls-not-required", unsafe=False)[0] == before


@pytest.mark.parametrize("place", OTHERS)
def test_what_is_implied_or_lacking_is_written_where_it_belongs(place: str) -> None:
    name, shape, addition = OTHERS[place]
    rule = next(rule for begin, rule in RULE.items() if place.startswith(begin))
    found, outcome = written(name, shape.replace("{}", ""), rule, unsafe=place == "append")
    assert found == shape.replace("{}", addition), [kept.why for kept in outcome.kept]
    effects = {one.fix.effect for one in outcome.mended if one.fix}
    assert effects == {Effect.GIVES if place == "append" else Effect.NONE}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yml", TASK + " name=app host=10.0.3.7 password={{ x }}\n"),
        ("g.sql", "CREATE USER app@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD, b@'10.0.3.8';\n"),
        (
            "p.yml",
            "users:\n  - user: app\n    host: 10.0.3.7\n    require: []\n    authentication: {secret: vault:x}\n",
        ),
        ("m.tf", 'locals { u = "app" }\nresource "mysql_user" "app" {\n  user = local.u\n  host = "10.0.3.7"\n}\n'),
    ],
    ids=["free-form", "two-accounts", "key-is-there", "of-another-block"],
)
def test_where_it_does_not_stand_alone_nothing_is_written(name: str, text: str) -> None:
    assert written(name, text, "tls-not-required", unsafe=True)[0] == text


def test_twice_as_many_accounts_take_twice_the_work(tmp_path: Path) -> None:
    """Calls are counted, never seconds."""

    def work(size: int) -> int:
        lines = [
            f"  - user: app{each}\n    host: 10.0.{each}.7\n    authentication: {{secret: vault:x}}"
            for each in range(size)
        ]
        (tmp_path / "p.yml").write_text("\n".join(["users:", *lines, ""]), encoding="utf-8")
        steered = Settings(select=("tls-not-required",))
        loaded = load(Request([str(tmp_path)]), steered)
        counted = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event in {"call", "c_call"}

        with profiled(count):
            assert len(plan(steered).judge(loaded).findings) == size
        return counted

    work(10)
    once, twice = work(60), work(120)
    assert twice < 2.3 * once
