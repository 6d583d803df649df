"""What a run does not see and could have been meant: said or counted, in words that tell where to look."""

import json
from pathlib import Path

from runs import Run

ROLE = "- mysql_role: {name: boss, priv: {'*.*': ALL}, members: ['evil@%']}\n"


def test_a_command_that_is_a_file_too_is_told(here: Path, grantlint: Run) -> None:
    assert grantlint("rules").err == ""
    (here / "rules").mkdir()
    said = grantlint("rules").err
    assert said == (
        "grantlint: rules is taken as the command, though a file or folder is named so too; for that write ./rules\n"
    )
    assert grantlint("check", "rules").err == "grantlint: nothing to check: no account declaration in rules\n"


def test_who_has_a_role_and_is_declared_nowhere_is_counted(here: Path, grantlint: Run) -> None:
    (here / "a.yml").write_text(ROLE)
    assert "1 x account with a role: nothing declares it here (first at a.yml:1:" in grantlint(".").out
    (here / "a.yml").write_text(f"{ROLE}- mysql_user: {{name: evil, host: '%'}}\n")
    assert "account with a role" not in grantlint(".").out
    (here / "a.yml").write_text(f"{ROLE}- mysql_user: {{name: '{{{{ x }}}}', host: '%'}}\n")
    assert "account with a role" not in grantlint(".").out, "which may be it"
    (here / "a.yml").unlink()
    (here / "a.sql").write_text("CREATE ROLE r, s; GRANT r TO s; GRANT r TO evil@'10.0.0.1';\n")
    assert "1 x account with a role: nothing declares it here" in grantlint(".").out


def test_a_vault_that_may_set_a_variable_is_named(here: Path, grantlint: Run) -> None:
    (here / "site.yml").write_text(
        "- hosts: a\n  vars_files: [v.yml]\n  tasks:\n"
        "  - mysql_user: {name: app, host: '{{ h }}', priv: \"{{ p | default('*.*:USAGE') }}\"}\n"
    )
    (here / "group_vars").mkdir()
    for name in ("v.yml", "group_vars/all"):
        (here / name).write_text("$ANSIBLE_VAULT;1.1;AES256\n6162\n")
    said = grantlint("site.yml").out
    assert "1 x variables of a file: v.yml is encrypted by ansible-vault" in said
    assert "1 x host: a variable that group_vars/all may set, which is encrypted by ansible-vault" in said
    assert "2 x file: it is encrypted by ansible-vault (first at group_vars/all:1:1)" in grantlint(".").out


def test_a_blank_that_servers_keep_is_part_of_a_name(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text(
        "CREATE USER '\u00a0'@'%' IDENTIFIED BY '${P}'; CREATE USER app@'10.0.0.1' IDENTIFIED BY '${P}';\n"
    )
    found = grantlint("--quiet", ".").out
    assert "anonymous" not in found
    assert "invisible-character" in found
    assert "'app'@'10.0.0.1'" in grantlint("why", "app", "--from", "10.0.0.1", ".").out
    assert "ERROR 1045" in grantlint("why", "nobody", "--from", "10.0.0.1", ".").out


def test_an_environment_file_of_an_image_is_counted_and_others_are_not(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text("users:\n- {user: a, host: 10.0.3.7}\n")
    for name in (".env", ".env.prod", "db.env"):
        (here / name).write_text("MYSQL_ROOT_PASSWORD=4711\nMYSQL_USER=app\n")
    (here / "web.env").write_text("# for mysql\nDB_HOST=10.0.3.7\n")
    said = grantlint(".").out
    assert "variables of a server's image, read where a Compose file names them: 3 files" in said
    assert "4711" not in said
    assert ".env       -       variables of a server's image" in grantlint("files").out
    alone = grantlint(".env")
    assert (alone.status, "1 x variables of a server's image" in alone.err) == (4, True)


def test_accounts_in_a_state_of_terraform_are_counted(here: Path, grantlint: Run) -> None:
    user = {
        "mode": "managed",
        "type": "mysql_user",
        "name": "a",
        "instances": [{"attributes": {"user": "evil", "p": "4711"}}],
    }
    for name, indent in (("terraform.tfstate", 2), ("terraform.tfstate.backup", None)):
        (here / name).write_text(json.dumps({"version": 4, "resources": [user]}, indent=indent))
    (here / "other.tfstate").write_text(
        json.dumps({"version": 4, "resources": [{"type": "aws_instance", "name": "mysql"}]})
    )
    said = grantlint(".").out
    assert "2 x account: a state as Terraform keeps it" in said
    assert "4711" not in said
