"""What fuzzing has found, each once: none of it may break anything again."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.formats.kubernetes import document as kubernetes
from grantlint.reader.formats.salt import document as salt

from .invariants import check_run, formats

MANY_DIGITS = ("9" * 5000, "0" * 5000 + "1")  # of which Python makes no number
HOSTS = ("{}", "1.2.3.{}", "1.2.3.4/{}", "{}.1.1.1/255.0.0.0", "1:{}::", "0x{}", "1.2.3.0/24{}")


@pytest.mark.slow
@pytest.mark.parametrize("digits", MANY_DIGITS, ids=["nines", "zeros"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mycnf", "[mysqld-{}.1]\nskip-name-resolve\n"),
        ("policy", "server: {{product: 'mysql-{}.0'}}\nusers:\n- user: a\n  host: h\n"),
        ("policy", "users:\n- user: a\n  host: h\n  limits: {{max_user_connections: '{}'}}\n"),
        ("sql", "CREATE USER a WITH MAX_USER_CONNECTIONS {0} PASSWORD EXPIRE INTERVAL {0} DAY;/*!{0} x */"),
        ("ansible", "- mysql_user: {{name: '{{{{ x.{} }}}}', host: h}}\n  vars: {{x: [a]}}\n"),
        ("ansible", "- mysql_user: {{name: '{{{{ item.{} }}}}', host: h}}\n  loop: [[a], [b]]\n"),
        ("terraform", 'resource "mysql_user" "a" {{\n  count = {0}\n  user = ["a"][{0}]\n  host = "%"\n}}\n'),
        *(("policy", f"users:\n- user: a\n  host: '{host}'\n") for host in HOSTS),
    ],
)
def test_a_number_of_thousands_of_digits_is_no_crash(name: str, text: str, digits: str) -> None:
    check_run(formats()[name], text.format(digits))


def test_the_sql_of_a_block_that_ends_with_the_file_lies_in_it() -> None:
    head = "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.sql: |\n"
    text = f"{head}    CREATE USER a IDENTIFIED BY 'x';\n    GRANT ALL ON d.* TO 'a"
    check_run(formats()["kubernetes"], text)


def test_a_comment_at_the_end_of_a_block_hides_nothing_of_the_next() -> None:
    text = (
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.sql: |\n    CREATE USER 'a'@'h' IDENTIFIED BY 'x'; -- the first\n"
        "  b.sql: CREATE USER 'b'@'h' IDENTIFIED BY 'x'\n"
    )
    (found,) = kubernetes.read(Source("a.yml", text))
    assert [str(account) for account in found.accounts] == ["'a'@'h'", "'b'@'h'"]


def test_the_name_of_a_renderer_is_told_only_if_it_is_one() -> None:
    (named,) = salt.read(Source("a.sls", "#!jinja|mako\na: mysql_user.present\n"))
    assert named.not_checked[0].why == "it is rendered by mako"
    (other,) = salt.read(Source("a.sls", "#!password=canary1\na: mysql_user.present\n"))
    assert "canary1" not in other.not_checked[0].why


def test_a_file_on_which_the_parser_of_terraform_despairs_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grantlint.reader.formats.terraform.hcl.syntax.PATIENCE", -1.0)
    resource = 'resource "mysql_user" "a" {\n  user = "a"\n  plaintext_password = "canary1"\n}\n'
    done = check_run(formats()["terraform"], resource + "# x\n" * 2000)
    assert [finding.rule for finding in done.report.findings] == ["limit-reached"]
    assert done.sources[0].secrets


def test_the_sql_of_a_script_that_ends_with_the_file_lies_in_it() -> None:
    check_run(formats()["shell"], "mysql -e \"CREATE USER a IDENTIFIED BY 'x'; GRANT ALL ON d.* TO 'a")


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        ("policy", "x.yml", "users:\n- user: a\n  host: h\n"),
        ("policy", "x.yml", "roles: # none\n\n  - role: a\n"),
        ("ansible", "x.yml", "mysql_users:\n  - name: a\n"),
        ("compose", "compose.yml", "services:\n  db:\n    image: mysql\n"),
        ("mycnf", "my.cnf", "[mysqld]\nskip-name-resolve\n"),
        ("sql", "x.sql", "CREATE USER 'a'@'h' IDENTIFIED BY 'x';\n"),
        ("terraform", "x.tf", 'resource "mysql_user" "a" {\n  user = "a"\n}\n'),
        ("kubernetes", "x.yaml", "apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\n"),
        ("puppet", "x.pp", "mysql_user { 'a@h':\n  ensure => present,\n}\n"),
        ("salt", "x.sls", "a:\n  mysql_user.present:\n    - host: h\n"),
        ("shell", "x.sh", "mysql <<EOF\nCREATE USER 'a'@'h' IDENTIFIED BY 'x';\nEOF\n"),
    ],
)
def test_line_ends_of_windows_make_no_other_file(name: str, path: str, text: str) -> None:
    assert formats()[name].claims(path, text)
    assert formats()[name].claims(path, text.replace("\n", "\r\n"))
