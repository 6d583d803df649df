"""`--fix` and `--diff`: what is written, what is not, and that every other byte stays."""

import os
import subprocess
from pathlib import Path

import pytest

from runs import Ran, Run

UNDERSCORE = "grant-underscore-unescaped"


@pytest.fixture(autouse=True)
def heard(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hear of each `_`, whatever other databases there are: its fix is tried in every format."""
    file = tmp_path_factory.mktemp("configured") / "grantlint.toml"
    file.write_text(f'[severity]\n{UNDERSCORE} = "warning"\n', encoding="utf-8")
    monkeypatch.setenv("GRANTLINT_CONFIG", str(file))


POLICY = (
    "server: {name: shop, product: mysql-8.4}\nusers:\n  - user: app # the shop\n    host: 10.0.3.7\n"
    "    authentication: {secret: vault:db/app}\n    grants:\n      - privileges: [SELECT]\n        target: "
)
TASK = "- hosts: db\n  tasks:\n    - community.mysql.mysql_user:\n        name: app\n        host: 10.0.3.7\n        "
TO = "TO app@'10.0.3.7'"
SHAPES = {  # a file, what is to be written in it, and in place of what
    "comment": ("p.yml", POLICY + "'shop_eu.*'  # shop_eu alone\n", "'shop_eu.*'", r"'`shop\_eu`.*'"),
    "crlf": ("p.yml", (POLICY + "'shop_eu.*'\n").replace("\n", "\r\n"), "'shop_eu.*'", r"'`shop\_eu`.*'"),
    "bom": ("p.yml", "\ufeff" + POLICY + "'shop_eu.*'\n", "'shop_eu.*'", r"'`shop\_eu`.*'"),
    "no-end-of-line": ("p.yml", POLICY + '"shop_eu.*"', "shop_eu.*", r"`shop\\_eu`.*"),
    "anchor": (
        "p.yml",
        (
            POLICY + "&target 'shop_eu.*'\n  - user: web\n    host: 10.0.3.8\n    authentication: {secret: vault:x}\n"
            "    grants:\n      - privileges: [SELECT]\n        target: *target\n"
        ),
        "&target 'shop_eu.*'",
        r"&target '`shop\_eu`.*'",
    ),
    "flow": (
        "p.yml",
        (
            "users: [{user: app, host: 10.0.3.7, authentication: {secret: vault:x},\n"
            "  grants: [{privileges: [SELECT], target: shop_eu.*}]}]\n"
        ),
        "shop_eu.*}",
        r"'`shop\_eu`.*'}",
    ),
    "block": ("a.yml", TASK + "priv: >-\n          shop_eu.*:SELECT,\n          INSERT\n", "shop_eu.*", r"shop\_eu.*"),
    "template-beside": (
        "a.yml",
        TASK + 'password: "{{ vault_app }}"\n        priv: "shop_eu.*:SELECT"\n',
        "shop_eu.*",
        r"shop\\_eu.*",
    ),
    "sql-tabs": ("g.sql", f"GRANT\tSELECT\tON\tshop_eu.*\t{TO};\n", "shop_eu.*", r"`shop\_eu`.*"),
    "here-document": (
        "s.sh",
        f"mysql <<-EOF\n\tGRANT SELECT ON \\`shop_eu\\`.* {TO};\n\tEOF\n",
        r"\`shop_eu\`.*",
        r"\`shop\_eu\`.*",
    ),
    "sql-template": (
        "g.sql.j2",
        f"GRANT SELECT ON shop_eu.* {TO};\nCREATE USER '{{{{ u }}}}'@'10.0.3.8' IDENTIFIED BY '{{{{ p }}}}';\n",
        "shop_eu.*",
        r"`shop\_eu`.*",
    ),
    "terraform": (
        "m.tf",
        (
            'resource "mysql_database" "shop" {\n  name = "shop_eu" # eu\n}\nresource "mysql_grant" "app" {\n'
            '  user = "app"\n  host = "10.0.3.7"\n  database = mysql_database.shop.name\n  privileges = ["SELECT"]\n}\n'
        ),
        "mysql_database.shop.name",
        r'replace(mysql_database.shop.name, "_", "\\_")',
    ),
}
HERE = 'resource "mysql_user" "app" {\n  user = "app"\n  host = <<EOT\n10.0.3.7\nEOT\n}\n'


def test_a_host_in_a_here_document_of_terraform_is_written_in_quotes(here: Path, grantlint: Run) -> None:
    (here / "m.tf").write_text(HERE, encoding="utf-8")
    assert "x host-blank, in m.tf" in _told(grantlint("m.tf", "--fix", "--unsafe-fixes"))
    assert (here / "m.tf").read_text(encoding="utf-8") == HERE.replace("<<EOT\n10.0.3.7\nEOT", '"10.0.3.7"')


TITLED = """\
mysql_user { "db@10.0.3.7:3306":
  password_hash => $hash,
}
mysql_grant { "db@10.0.3.7:3306/shop.*":
  user => "db@10.0.3.7:3306", table => 'shop.*', privileges => ['SELECT'],
}
"""


def test_a_host_is_written_in_the_title_of_a_grant_too(here: Path, grantlint: Run) -> None:
    (here / "db.pp").write_text(TITLED, encoding="utf-8")
    assert "x host-with-port, in db.pp" in _told(grantlint("db.pp", "--fix", "--unsafe-fixes"))
    assert (here / "db.pp").read_text(encoding="utf-8") == TITLED.replace(":3306", "")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_value_is_written_in_the_terms_of_its_place_and_nothing_else(shape: str, here: Path, grantlint: Run) -> None:
    name, text, old, new = SHAPES[shape]
    (here / name).write_bytes(text.encode())
    assert f"[{UNDERSCORE}]" in grantlint(name).out
    ran = grantlint(name, "--fix", "--unsafe-fixes")
    assert (here / name).read_bytes().decode() == text.replace(old, new, 1)
    assert f"x {UNDERSCORE}, in {name}" in _told(ran)
    assert f"[{UNDERSCORE}]" not in grantlint(name).out
    assert "fixed" not in grantlint(name, "--fix", "--unsafe-fixes").out
    assert (here / name).read_bytes().decode() == text.replace(old, new, 1)


def test_what_takes_access_away_is_not_fixed_unasked(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(POLICY + "'shop_eu.*'\n", encoding="utf-8")
    assert grantlint("--fix").status == 1
    assert "shop_eu.*" in (here / "p.yml").read_text(encoding="utf-8")


def test_a_diff_shows_the_change_without_secrets_and_writes_nothing(here: Path, grantlint: Run) -> None:
    text = f"CREATE USER app@'10.0.3.7' IDENTIFIED BY 'geheim';\nGRANT SELECT ON shop_eu.* {TO};\n"
    (here / "g.sql").write_text(text, encoding="utf-8")
    ran = grantlint("--diff", "--unsafe-fixes")
    assert ran.status == 1
    assert ran.out == (
        "--- a/g.sql\n+++ b/g.sql\n@@ -2 +2 @@\n"
        "-GRANT SELECT ON shop_eu.* TO app@'10.0.3.7';\n+GRANT SELECT ON `shop\\_eu`.* TO app@'10.0.3.7';\n"
    )
    assert ran.err == f"grantlint: --fix would fix 1 x {UNDERSCORE}\n"
    assert (here / "g.sql").read_text(encoding="utf-8") == text
    assert grantlint("--diff").status == 0


@pytest.mark.e2e
def test_the_diff_is_one_that_git_takes(here: Path, grantlint: Run) -> None:
    for shape in ("crlf", "no-end-of-line", "flow", "block", "sql-tabs", "here-document"):
        name, text, _, _ = SHAPES[shape]
        (here / f"{shape}-{name}").write_bytes(text.encode())
    before = _texts(here)
    patch = grantlint("--diff", "--unsafe-fixes").out
    subprocess.run(["git", "apply", "-"], input=patch.encode(), check=True, cwd=here)
    applied = _texts(here)
    for path, data in before.items():
        (here / path).write_bytes(data)
    grantlint("--fix", "--unsafe-fixes")
    assert _texts(here) == applied != before


def _told(ran: Ran) -> str:
    """Return what a run printed, however its lines were broken."""
    return " ".join(ran.out.split())


def _texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.e2e
def test_mode_and_link_of_a_file_stay(here: Path, grantlint: Run) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    (here / "real").mkdir()
    file = here / "real" / "p.yml"
    file.write_text(POLICY + "'shop_eu.*'\n", encoding="utf-8")
    file.chmod(0o640)
    (here / "p.yml").symlink_to("real/p.yml")
    refused = grantlint("p.yml", "--fix", "--unsafe-fixes")
    assert "p.yml is not changed: it is a symbolic link that no repository knows" in _told(refused)
    subprocess.run(["git", "add", "-A"], check=True)
    assert "fixed: 1 x" in grantlint("p.yml", "--fix", "--unsafe-fixes").out
    assert (here / "p.yml").is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert "_eu`" in file.read_text(encoding="utf-8")


@pytest.mark.e2e
def test_a_link_out_of_the_tree_is_never_written(
    here: Path, tmp_path_factory: pytest.TempPathFactory, grantlint: Run
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "p.yml"
    outside.write_text(POLICY + "'shop_eu.*'\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], check=True)
    (here / "p.yml").symlink_to(outside)
    subprocess.run(["git", "add", "-A"], check=True)
    assert "it lies outside of the tree" in _told(grantlint("p.yml", "--fix", "--unsafe-fixes"))
    assert "_eu`" not in outside.read_text(encoding="utf-8")


def test_a_file_with_another_name_is_left_as_it_is(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(POLICY + "'shop_eu.*'\n", encoding="utf-8")
    os.link(here / "p.yml", here / "p.txt")
    assert "not written: p.yml has other names (hard links)" in _told(grantlint("p.yml", "--fix", "--unsafe-fixes"))


def test_what_is_not_written_is_reported_as_it_stands(here: Path, grantlint: Run) -> None:
    text = "users:\n- {user: b, host: 10.0.0.1/24, authentication: {secret: 'vault:a'}}\n"
    for name in ("p.yml", "q.yml"):
        (here / name).write_text(text, encoding="utf-8")
    (here / "p.yml").chmod(0o444)
    ran = grantlint("--server", "mysql-8.4", "--fix", "--unsafe-fixes", "--output", "concise")
    assert ran.status == 2
    assert "p.yml:2:19: error[netmask-host-bits]" in ran.out
    assert "q.yml:2" not in ran.out
    assert "written: q.yml\nnot written: p.yml is not writable\n" in ran.out
    assert (here / "p.yml").read_text("utf-8") == text
    ignored = grantlint("p.yml", "--server", "mysql-8.4", "--add-ignores", "OPS-1", "--output", "concise")
    assert ignored.status == 2
    assert "error[netmask-host-bits]" in ignored.out
    assert "suppressed" not in ignored.out


def test_misuse_is_told(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(POLICY + "'shop.*'\n", encoding="utf-8")
    alone = grantlint("--unsafe-fixes")
    assert (alone.status, alone.err) == (
        2,
        "grantlint: --unsafe-fixes goes with --fix, or with --diff to see what it would change\n",
    )
    assert grantlint("--fix", "-").status == 2


SQL = "CREATE USER app@'10.0.3.7' IDENTIFIED BY 'geheim';\n"
OLD = "GRANT SELECT ON shop.* TO old@'10.0.3.8' IDENTIFIED BY 'geheim' WITH GRANT OPTION;\n"
NEW = (
    "CREATE USER IF NOT EXISTS old@'10.0.3.8' IDENTIFIED BY 'geheim';\n"
    "GRANT SELECT ON shop.* TO old@'10.0.3.8' WITH GRANT OPTION;\n"
)
ITEM = "  - user: app # again\n    host: 10.0.3.7\n    authentication: {secret: vault:db/app}\n"
OTHER = "  - user: web\n    host: 10.0.3.9\n    authentication: {secret: vault:db/web} # stays\n"
FLOW = "{user: app, host: 10.0.3.7, authentication: {secret: vault:db/app}}"
SAFE = {  # a file, before and after `--fix` alone
    "statement-twice": ("g.sql", f"{SQL}{SQL}-- stays\n", f"{SQL}-- stays\n"),
    "item-twice": ("p.yml", f"users:\n{ITEM}{ITEM}{OTHER}", f"users:\n{ITEM}{OTHER}"),
    "item-twice-crlf": (
        "p.yml",
        f"users:\n{ITEM}{ITEM}{OTHER}".replace("\n", "\r\n"),
        f"users:\n{ITEM}{OTHER}".replace("\n", "\r\n"),
    ),
    "item-twice-flow": ("p.yml", f"users: [{FLOW}, {FLOW}] # stays\n", f"users: [{FLOW}] # stays\n"),
    "comment": (
        "p.yml",
        f"users:\n{OTHER}".replace("10.0.3.9", "10.0.3.9  # grantlint: ignore[any-host] no more"),
        f"users:\n{OTHER}",
    ),
    "comment-above": (
        "p.yml",
        f"users:\n  # grantlint: ignore[any-host]\n{OTHER}",
        f"users:\n{OTHER}",
    ),
    "comment-of-two": (
        "p.yml",
        f"users:\n{OTHER}".replace("10.0.3.9", "'%' # grantlint: ignore[host-blank, any-host] known"),
        f"users:\n{OTHER}".replace("10.0.3.9", "'%' # grantlint: ignore[any-host] known"),
    ),
}


@pytest.mark.parametrize("case", SAFE)
def test_a_safe_fix_is_made_unasked(case: str, here: Path, grantlint: Run) -> None:
    name, before, after = SAFE[case]
    (here / name).write_bytes(before.encode())
    assert "nobody's access changes" in grantlint(name, "--format", "json").out
    ran = grantlint(name, "--fix")
    assert (here / name).read_bytes().decode() == after, ran.out
    grantlint(name, "--fix")
    assert (here / name).read_bytes().decode() == after


def test_declarations_that_differ_are_both_left(here: Path, grantlint: Run) -> None:
    text = f"users:\n{ITEM}{ITEM.replace('db/app', 'db/other')}{OTHER}"
    (here / "p.yml").write_text(text, encoding="utf-8")
    grantlint("p.yml", "--fix", "--unsafe-fixes")
    assert (here / "p.yml").read_text(encoding="utf-8") == text


def test_an_old_grant_becomes_two_statements_and_the_password_is_in_no_edit(here: Path, grantlint: Run) -> None:
    (here / "g.sql").write_text(OLD, encoding="utf-8")
    assert "geheim" not in grantlint("--format", "json").out
    grantlint("--fix")
    assert (here / "g.sql").read_text(encoding="utf-8") == OLD, "it gives access"
    grantlint("--fix", "--unsafe-fixes")
    assert (here / "g.sql").read_text(encoding="utf-8") == NEW
    assert "statement-outdated" not in grantlint("g.sql").out
    (here / "g.sql").write_text(OLD, encoding="utf-8")
    grantlint("--fix", "--unsafe-fixes", "--server", "mysql-8.4")
    assert (here / "g.sql").read_text(encoding="utf-8") == NEW
