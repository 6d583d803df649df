"""Comments that silence findings, from the command line: written, taken out, passed over, and always counted."""

import json
import subprocess
from pathlib import Path

import pytest

from runs import Run

REASON = "the VPN's gateway, OPS-12"
OF_HOSTS = ("--fail-on", "warning", "--select", "any-host,any-host-all-privileges,plain-text-password")
USER = "CREATE USER 'a'@'%';\n"
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n"
WRITTEN = {  # a file in each comment syntax and quotes, and what is written in it before the reason
    "sql": ("a.sql", "CREATE USER 'a'@'%' IDENTIFIED BY 'x';\n", "-- grantlint: ignore[any-host, plain-text-password]"),
    "sql-template": ("a.sql.j2", "{% if x %}\n" + USER + "{% endif %}\n", "-- grantlint: ignore[any-host]"),
    "policy": ("p.yml", "users:\n  - user: a\n    host: '%'\n", "    # grantlint: ignore[any-host]"),
    "windows": ("p.yml", "users:\r\n  - user: a\r\n    host: '%'\r\n", "    # grantlint: ignore[any-host]"),
    "flow": ("p.yml", "users: [{user: a, host: '%'}]\n", "# grantlint: ignore[any-host]"),
    "ansible": (
        "t.yml",
        "- hosts: db\n  tasks:\n    - community.mysql.mysql_user:\n        name: a\n        host: '%'\n",
        "        # grantlint: ignore[any-host]",
    ),
    "puppet": ("m.pp", "mysql_user { 'a@%':\n  ensure => present,\n}\n", "# grantlint: ignore[any-host]"),
    "terraform": (
        "m.tf",
        'resource "mysql_user" "a" {\n  user = "a"\n  host = "%"\n}\n',
        "  # grantlint: ignore[any-host]",
    ),
    "compose": (
        "compose.yml",
        "services:\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_ROOT_PASSWORD: ${X:?}\n",
        "      # grantlint: ignore[any-host-all-privileges]",
    ),
    "here-document": (
        "s.sh",
        f"#!/bin/sh\nmysql <<EOF\n  {USER}EOF\n",
        "  -- grantlint: ignore[any-host]",
    ),
    "shell": (
        "s.sh",
        "#!/bin/sh\nmysql -e \"CREATE USER 'a'@'%'; \\\n  CREATE USER 'b'@'localhost'\"\n",
        "# grantlint: ignore[any-host]",
    ),
    "shell-string": ("s.sh", f'#!/bin/sh\nmysql -e "\n  {USER}"\n', "  -- grantlint: ignore[any-host]"),
    "continued": (
        "s.sh",
        "#!/bin/sh\nmysql \\\n  -e \"CREATE USER 'a'@'%'\"\n",
        "# grantlint: ignore-item[any-host]",
    ),
    "configmap": ("k.yml", f"{MAP}  i.sql: |\n    {USER}", "    -- grantlint: ignore[any-host]"),
    "folded": ("k.yml", f"{MAP}  i.sql: >\n    {USER}", "  # grantlint: ignore-item[any-host]"),
    "salt": (
        "u.sls",
        "a:\n  mysql_user.present:\n    - host: '%'\n    - allow_passwordless: True\n",
        "    # grantlint: ignore[any-host]",
    ),
}


@pytest.mark.parametrize("shape", WRITTEN)
def test_a_comment_is_written_in_the_terms_of_its_place(shape: str, here: Path, grantlint: Run) -> None:
    name, text, comment = WRITTEN[shape]
    written = f"{comment} {REASON}" + ("\r\n" if shape == "windows" else "\n")
    (here / name).write_bytes(text.encode())
    assert grantlint(name, *OF_HOSTS).status == 1
    ran = grantlint(name, *OF_HOSTS, "--add-ignores", REASON)
    after = (here / name).read_bytes().decode()
    assert written in after
    assert after.replace(written, "") == text
    assert ran.status == 0
    assert f": {REASON}" in ran.out
    assert "comments written" not in grantlint(name, *OF_HOSTS, "--add-ignores", REASON).out
    assert (here / name).read_bytes().decode() == after


def test_what_is_written_can_be_seen_before(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text(USER, encoding="utf-8")
    ran = grantlint(*OF_HOSTS, "--add-ignores", REASON, "--diff")
    assert (ran.status, f"+-- grantlint: ignore[any-host] {REASON}\n" in ran.out) == (1, True)
    assert ran.err == "grantlint: --add-ignores would suppress 1 x any-host\n"
    assert (here / "a.sql").read_text(encoding="utf-8") == USER


def test_what_cannot_be_silenced_is_named(here: Path, grantlint: Run) -> None:
    service = '{"services": {"d": {"image": "mysql:8", "environment": {"MYSQL_ROOT_PASSWORD": "x"}}}}'
    (here / "c.json").write_text(service, encoding="utf-8")
    (here / "b.yml").write_text("users:\n  - {user: a, host: '%'\n", encoding="utf-8")
    ran = grantlint("--add-ignores", REASON)
    said = " ".join(ran.out.split())
    assert ran.status == 1
    assert "no comment written: c.json:1: plain-text-password: its format has no comments" in said
    assert "syntax-error: nobody knows what was not read" in said


def test_findings_of_a_baseline_need_no_comment(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text(USER, encoding="utf-8")
    grantlint("baseline", "--select", "any-host", "--baseline", "b.json")
    (here / "a.sql").write_text(USER + "CREATE USER 'b'@'%';\n", encoding="utf-8")
    grantlint("--select", "any-host", "--baseline", "b.json", "--add-ignores", REASON)
    lines = (here / "a.sql").read_text(encoding="utf-8").splitlines()
    assert [line[:20] for line in lines] == [USER.strip(), "-- grantlint: ignore", "CREATE USER 'b'@'%';"]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "takes a reason"),
        ("-- ", "takes a reason"),
        ("two\nlines", "takes a reason"),
        ("over */ here", "'*/' cannot stand"),
        ("{{ x }}", "'{{' cannot stand"),
        ("until 31.1.2027 x", "31.1.2027 is no day"),
    ],
)
def test_a_reason_that_cannot_be_written_is_refused(reason: str, said: str, here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text(USER, encoding="utf-8")
    ran = grantlint("--add-ignores", reason)
    assert (ran.status, said in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "idle"),
    [
        ("a.sql", "-- grantlint: ignore[any-host] r\n"),
        ("a.sql", "/* grantlint: ignore[any-host] r */\n"),
        ("a.sql", "/* grantlint: ignore[any-host] r\n   more */\n"),
        ("a.sql.j2", "{# grantlint: ignore[any-host] r #}\n"),
        ("a.sql.erb", "<%# grantlint: ignore[any-host] r -%>\n"),
        ("a.sql.tpl", "{{- /* grantlint: ignore[any-host] r */ -}}\n"),
        ("a.sql", "-- grantlint: ignore-item[any-host, no-such-thing] r\n"),
        ("a.sql", "-- grantlint: ignore[any-host] until 2020-01-01 r\n"),
        ("a.sql", "-- grantlint: ignore-file[syntax-error] r\n"),
    ],
)
def test_an_idle_comment_is_taken_out(name: str, idle: str, here: Path, grantlint: Run) -> None:
    rest = "CREATE USER 'a'@'10.0.3.7';\nCREATE USER 'b'@'10.0.3.7';\n"
    (here / name).write_text(idle + rest, encoding="utf-8")
    assert "suppression]" in grantlint(name).out
    grantlint(name, "--fix")
    assert (here / name).read_text(encoding="utf-8") == rest


def test_a_misspelt_name_is_mended(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text("CREATE USER 'a'@'%'; -- grantlint: ignore[any-hots] r\n", encoding="utf-8")
    grantlint("--fix")
    assert (here / "a.sql").read_text(encoding="utf-8") == "CREATE USER 'a'@'%'; -- grantlint: ignore[any-host] r\n"


def test_comments_can_be_passed_over(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text("CREATE USER 'a'@'%'; -- grantlint: ignore[any-host] r\n", encoding="utf-8")
    assert grantlint(*OF_HOSTS).status == 0
    ran = grantlint(*OF_HOSTS, "--no-ignores")
    assert (ran.status, "--no-ignores: what comments in the files silence is reported" in ran.out) == (1, True)


def test_a_configuration_may_want_reasons_and_keep_rules(here: Path, grantlint: Run) -> None:
    (here / "grantlint.toml").write_text('require-reason = true\nunsuppressible = ["secrets"]\n', encoding="utf-8")
    (here / "a.sql").write_text(
        "CREATE USER 'a'@'10.%' IDENTIFIED BY 'y'; -- grantlint: ignore[plain-text-password]\n"
        "CREATE USER 'b'@'h' IDENTIFIED BY 'x'; -- grantlint: ignore[plain-text-password] r\n",
        encoding="utf-8",
    )
    found = [one["rule"] for one in json.loads(grantlint("--output", "json").out)["findings"]]
    assert sorted(found) == [*["plain-text-password"] * 2, "suppression-without-reason", "unused-suppression"]
    (here / "grantlint.toml").write_text('unsuppressible = ["any-hots"]\n', encoding="utf-8")
    assert "unsuppressible: no rule or tag is named 'any-hots'" in grantlint().err
    (here / "grantlint.toml").write_text("require-reason = 1\n", encoding="utf-8")
    assert "require-reason takes true or false" in grantlint().err


def test_reasons_are_told(here: Path, grantlint: Run) -> None:
    text = "CREATE USER 'a'@'%'; -- grantlint: ignore[any-host] until 9999-01-01 the move\n"
    (here / "a.sql").write_text(text, encoding="utf-8")
    assert "suppressed: 1 x any-host\n  1 x any-host: the move (until 9999-01-01)\n" in grantlint().out
    (one,) = json.loads(grantlint("--output", "json").out)["summary"]["suppressions"]
    assert (one["rule"], one["line"], one["reason"], one["until"]) == ("any-host", 1, "the move", "9999-01-01")


@pytest.mark.e2e
def test_a_script_with_comments_written_hands_over_the_same_statements(here: Path, grantlint: Run) -> None:
    text = "mysql -e \"\n  CREATE USER 'a'@'%';\n\" -e 'CREATE USER b@\"%\"'\n"
    (here / "s.sh").write_text(text, encoding="utf-8")
    grantlint("s.sh", "--add-ignores", 'it\'s "known" for $5 `ls`')
    after = (here / "s.sh").read_text(encoding="utf-8")
    assert after.count("grantlint: ignore") == len("ab")
    fake = "mysql() { printf '%s\\n' \"$@\"; }\n"
    said = [
        subprocess.run(["bash", "-c", fake + script], capture_output=True, check=True, text=True).stdout.splitlines()
        for script in (text, after)
    ]
    assert [line for line in said[1] if "grantlint" not in line] == said[0]


def test_each_comment_that_silences_nothing_has_a_fix(here: Path, grantlint: Run) -> None:
    """Without a reason, with a word or a day that is none, without a name, or with one that is no name."""
    (here / "grantlint.toml").write_text("require-reason = true\n", encoding="utf-8")
    said = (
        "ignore[any-host]", "ignore[any-host, root-remote]", "ingore[any-host] why not", "ignore[] why not",
        "ignore[any-host] until 2026-13-45 why not", "ignore[any_host, Any Host] why not",
        "ignore[any-host] until 2020-01-31 why not",
    )  # fmt: skip
    lines = [f"- user: u{number}\n  host: '%'  # grantlint: {comment}\n" for number, comment in enumerate(said)]
    (here / "p.yml").write_text("users:\n" + "".join(lines), encoding="utf-8")
    told = json.loads(grantlint("--output", "json", "p.yml").out)
    wrong = [one for one in told["findings"] if "suppression" in one["rule"]]
    assert len(wrong) == len(said) + 1, "one of them has two names that are none"
    assert [one["message"] for one in wrong if one["fix"] is None] == []
    grantlint("--fix", "p.yml")
    kept = [line.partition("# ")[2] for line in (here / "p.yml").read_text("utf-8").splitlines() if "#" in line]
    assert kept == ["grantlint: ignore[any-host] why not"] * 2
    assert not any(
        "suppression" in one["rule"] for one in json.loads(grantlint("--output", "json", "p.yml").out)["findings"]
    )


def test_prose_behind_the_word_is_left_alone(here: Path, grantlint: Run) -> None:
    text = "# grantlint: reads this\nusers:\n- {user: a, host: 10.0.3.7}\n"
    (here / "p.yml").write_text(text, encoding="utf-8")
    assert "is no suppression" in grantlint("--fix", "p.yml").out
    assert (here / "p.yml").read_text("utf-8") == text
