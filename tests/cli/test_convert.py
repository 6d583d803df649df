"""`grantlint convert`: one policy from whatever was understood."""

from pathlib import Path

import pytest

from .conftest import Run

SQL = "CREATE USER 'app'@'10.%' IDENTIFIED BY 'geheim';\nGRANT SELECT ON shop.* TO 'app'@'10.%', 'other'@'%';\n"
CONVERTED = """\
# left out: grants to 'other'@'%', which nothing declares
# left out: the statements themselves
users:
  - user: app
    host: '10.%'
    authentication:
      secret: vault:TODO/app
    grants:
      - privileges: [SELECT]
        target: '`shop`.*'
"""
PUPPET = "mysql_user { 'a@%': ensure => present }\n"


def test_a_file_is_converted_without_its_secrets(grantlint: Run, here: Path) -> None:
    (here / "users.sql").write_text(SQL, encoding="utf-8")
    ran = grantlint("convert", "users.sql", "--to", "policy")
    assert (ran.status, ran.out, ran.err) == (0, CONVERTED, "")


def test_a_converted_policy_is_clean_for_the_reader_and_converts_to_itself(grantlint: Run, here: Path) -> None:
    (here / "users.sql").write_text(SQL, encoding="utf-8")
    first = grantlint("convert", "users.sql").out
    (here / "policy.yml").write_text(first, encoding="utf-8")
    assert grantlint("check", "policy.yml", "--ignore", "any-host").status == 0
    again = grantlint("convert", "policy.yml").out
    assert again.split("\n") == [line for line in first.split("\n") if not line.startswith("# left out")]


def test_several_files_are_several_documents(grantlint: Run, here: Path) -> None:
    (here / "a.pp").write_text(PUPPET, encoding="utf-8")
    (here / "b.pp").write_text(PUPPET, encoding="utf-8")
    document = "users:\n  - user: a\n    host: '%'\n"
    assert grantlint("convert").out == f"{document}---\n{document}"


def test_faults_are_told_beside_the_policy(grantlint: Run, here: Path) -> None:
    (here / "a.pp").write_text(f"{PUPPET}mysql_user {{ 'b': }}\n", encoding="utf-8")
    ran = grantlint("convert", "a.pp")
    assert ran.status == 0
    assert "1 fault, and what those hide is left out" in ran.err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("convert",), 4), (("convert", "--to", "sql"), 2), (("convert", "nowhere"), 2), (("convert", "--help"), 0)],
)
def test_statuses(arguments: tuple[str, ...], status: int, grantlint: Run) -> None:
    assert grantlint(*arguments).status == status


def test_stdin_filename_goes_with_standard_input(grantlint: Run) -> None:
    ran = grantlint("convert", "--stdin-filename", "a.sql")
    assert (ran.status, ran.err) == (2, "grantlint: --stdin-filename goes with - (standard input) among the paths\n")


def test_a_member_that_is_a_template_has_a_host_that_nobody_knows(grantlint: Run, here: Path) -> None:
    task = '- hosts: db\n  tasks:\n    - mysql_role: {name: reader, members: ["{{ u }}@10.0.3.7"]}\n'
    (here / "roles.yml").write_text(task, encoding="utf-8")
    assert "- {user: '{{ unresolved }}', host: '{{ unresolved }}'}" in grantlint("convert", "roles.yml").out
