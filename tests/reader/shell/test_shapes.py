"""Each shape in which people hand SQL to a client."""

# ruff: noqa: E501 - scripts stand here as people write them

from collections.abc import Callable

import pytest

from grantlint.model import Declarations

Shown = Callable[[str], list[str]]

APP = "app@10.%"
GRANT = "SELECT ON `shop`.* TO app@10.%"


@pytest.mark.parametrize(
    "script",
    [
        "mysql -u root <<EOF\nCREATE USER 'app'@'10.%';\nGRANT SELECT ON shop.* TO 'app'@'10.%';\nEOF\n",
        "mysql -e $\"\nCREATE USER 'app'@'10.%';\nGRANT SELECT ON shop.* TO 'app'@'10.%';\"\n",
        "mysql -u root <<'EOF'\nCREATE USER 'app'@'10.%';\nGRANT SELECT ON shop.* TO 'app'@'10.%'\nEOF\n",
        "mysql <<-\"EOF\" || exit 1\n\tCREATE USER 'app'@'10.%';\n\tGRANT SELECT ON shop.* TO 'app'@'10.%';\n\tEOF\n",
        "mysql<<EOF\n  CREATE USER `app`@`10.%`; GRANT SELECT ON \\`shop\\`.* TO 'app'@\"10.%\";\n  EOF\n".replace(
            "`app`@`10.%`", "\\`app\\`@\\`10.%\\`"
        ),
        "docker_process_sql <<-EOSQL\n\tCREATE USER 'app'@'10.%';\n\tGRANT SELECT ON shop.* TO 'app'@'10.%';\nEOSQL\n",
        "mysql -e \"CREATE USER 'app'@'10.%'; GRANT SELECT ON shop.* TO 'app'@'10.%'\"\n",
        'mysql -e "CREATE USER \\"app\\"@\\"10.%\\"; GRANT SELECT ON \\`shop\\`.* TO \\"app\\"@\\"10.%\\""\n',
        "mysql --execute='CREATE USER app@\"10.%\"; GRANT SELECT ON `shop`.* TO app@\"10.%\"'\n",
        'mysql -e"CREATE USER app@\'10.%\'" && mysql -Ne "GRANT SELECT ON shop.* TO app@\'10.%\'"\n',
        "echo \"CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'10.%'\" | mysql -u root\n",
        "echo -e \"CREATE USER app@'10.%';\\nGRANT SELECT ON shop.* TO app@'10.%'\" | sudo mysql\n",
        "printf \"CREATE USER app@'10.%%';\\nGRANT SELECT ON shop.* TO app@'10.%%';\" > init.sql\n",
        "docker exec -i db mysql -proot <<< \"CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'10.%'\"\n",
        "docker exec db sh -c 'mysql -e \"CREATE USER \\\"app\\\"@\\\"10.%\\\"; GRANT SELECT ON shop.* TO app@\\\"10.%\\\"\"'\n",
        "docker exec db bash -c \"mysql -e \\\"CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'10.%'\\\"\"\n",
        "ssh db <<'OUT'\nmysql -e \"CREATE USER app@'10.%'; GRANT SELECT ON shop.* TO app@'10.%'\"\nOUT\n",
        "cat > /docker-entrypoint-initdb.d/a.sql <<EOF\nCREATE USER app@'10.%';\nGRANT SELECT ON shop.* TO app@'10.%';\nEOF\n",
        "( cat <<EOF\nCREATE USER app@'10.%';\nGRANT SELECT ON shop.* TO app@'10.%';\nEOF\n) | mysql\n",
        "mysql -e \"$(cat <<EOF\nCREATE USER app@'10.%';\nGRANT SELECT ON shop.* TO app@'10.%';\nEOF\n)\"\n",
        "read -r -d '' SQL <<EOF || true\nCREATE USER app@'10.%';\nGRANT SELECT ON shop.* TO app@'10.%';\nEOF\n",
        "SQL=\"\n  CREATE USER app@'10.%';\n  GRANT SELECT ON shop.* TO app@'10.%';\n\"\nmysql -e \"$SQL\"\n",
        "Q1=\"CREATE USER app@'10.%';\"\nQ2=\"GRANT SELECT ON shop.* TO app@'10.%';\"\nmysql -e \"$Q1$Q2\"\n",
        "statements() {\n  echo \"CREATE USER app@'10.%';\"\n  echo \"GRANT SELECT ON shop.* TO app@'10.%';\"\n}\nsql=$(statements)\n",
        "if true; then\n  mysql -e \"CREATE USER app@'10.%'\"\nfi\ngrant_to() { mysql -e \"GRANT SELECT ON shop.* TO app@'10.%'\"; }\n",
        "mysql <<EOF\n${PREPARE}\nCREATE USER app@'10.%';\n$MORE\nGRANT SELECT ON shop.* TO app@'10.%';\nEOF\n",
        "kubectl create configmap init --from-literal=init.sql=\"\n  CREATE USER app@'10.%';\n  GRANT SELECT ON shop.* TO app@'10.%';\"\n",
        "mysql -e \"CREATE USER app@'10.%';\nGRANT SELECT \\\n  ON shop.* \\\n  TO app@'10.%'\"\n",
    ],
)  # fmt: skip
def test_a_statement_is_read_in_whatever_way_it_reaches_the_client(script: str, shown: Shown) -> None:
    assert shown(f"#!/bin/bash\n# don't stop here\n{script}echo done\n") == [APP, GRANT]


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT ALL ON shop.* TO '$APP'@'10.%'",
        "GRANT ALL ON shop.* TO $APP@'10.%'",
        "GRANT ALL ON shop.* TO '${APP:-web}'@'10.%'",
        "GRANT ALL ON shop.* TO '${APP//\\'/}'@'10.%'",
        "GRANT ALL ON shop.* TO '$(whoami)'@'10.%'",
        "GRANT ALL ON shop.* TO '$(cat \"$FILE\")'@'10.%'",
        "GRANT ALL ON shop.* TO '`whoami`'@'10.%'",
        "GRANT ALL ON shop.* TO '$1'@'10.%'",
        "GRANT ALL ON shop.* TO '\"$APP\"'@'10.%'",
        "GRANT ALL ON shop.* TO '\"$(cat \"$FILE\")\"'@'10.%'",
    ],
)
def test_what_the_shell_puts_in_is_unresolved_and_the_rest_is_read(statement: str, shown: Shown) -> None:
    assert shown(f'mysql -e "{statement}"\n') == ["ALL ON `shop`.* TO ?@10.%"]


def test_single_quotes_that_are_left_for_a_variable(shown: Shown) -> None:
    script = "mysql -e 'GRANT ALL ON shop.* TO \"'$APP'\"@\"10.%\"; CREATE USER '\\''web'\\''@'\\''%'\\'''\n"
    assert shown(script) == ["web@%", "ALL ON `shop`.* TO ?@10.%"]


def test_a_backslash_that_the_shell_takes_and_one_that_it_leaves(shown: Shown) -> None:
    script = 'mysql -e "GRANT ALL ON \\`my_db\\`.* TO a@b; GRANT ALL ON \\`our\\\\_db\\`.* TO a@b; GRANT ALL ON \\`x\\_y\\`.* TO a@b"\n'
    assert shown(script) == [
        "ALL ON `my_db`.* TO a@b",
        "ALL ON `our\\_db`.* TO a@b",
        "ALL ON `x\\_y`.* TO a@b",
    ]


def test_one_variable_is_one_account_and_another_is_another(shown: Shown) -> None:
    script = "mysql <<EOF\nCREATE USER '$A'@'%';\nCREATE USER '$B'@'%';\nDROP USER '$A'@'%';\nEOF\n"
    assert shown(script) == ["?@%"]


def test_a_variable_takes_statements_with_every_option(shown: Shown) -> None:
    script = "read -r -d '' SQL <<EOF\nGRANT BACKUP_ADMIN ON *.* TO a@b WITH GRANT OPTION;\nEOF\n"
    assert shown(script) == ["BACKUP_ADMIN ON *.* TO a@b +GRANT"]


def test_clean_ups_take_away_what_stands_before_them(shown: Shown) -> None:
    script = "mysql -e \"CREATE USER a@b; GRANT ALL ON *.* TO a@b\"\nmysql -e 'DROP USER a@b'\nmysql -e 'DELETE FROM mysql.user'"
    assert shown(script) == []


def test_a_template_of_a_script_is_unresolved(shown: Shown) -> None:
    assert shown("mysql -e \"CREATE USER '{{ user }}'@'<%= @host %>'\"\n") == ["?@?"]


def test_an_absent_host_is_any(shown: Shown) -> None:
    assert shown("mysql -e 'CREATE USER app'\n") == ["app@(%)"]


def test_here_documents_that_templates_control(reading: Callable[..., list[Declarations]]) -> None:
    (found,) = reading(
        "mysql -uroot <<EOF\n{{- if .a }}\nCREATE USER 'm'@'h';\n{{- else }}\nDROP USER 'm'@'h';\n{{- end }}\n"
        "SET PASSWORD = PASSWORD('x');\nEOF\n",
        "setup.sh.tpl",
    )
    assert [str(account) for account in found.accounts] == ["'m'@'h'"]
    assert [why for _, why, _ in found.not_checked] == ["it is the one of the session"]
