"""Branches of scripts, templates and playbooks that exclude each other, or ask which server it is."""

import pytest

from grantlint import lint
from grantlint.reader.leaf.versions import asks_for_version

OLD = "GRANT ALL ON shop.* TO 'web'@'10.0.0.7' IDENTIFIED BY '{{ pw }}';"
NEW = "CREATE USER 'web'@'10.0.0.7' IDENTIFIED BY '{{ pw }}';"


def rules(name: str, text: str, *select: str) -> list[str]:
    """Return the rules that report something about servers, and whether files were read at all."""
    told = [finding.rule for finding in lint(text=text, filename=name, select=select).findings]
    return [rule for rule in told if rule.startswith(("statement-", "duplicate-", "needless-", "syntax-"))]


@pytest.mark.parametrize(
    "condition",
    [
        "mysql_daemon == 'mariadb'",
        "db == 'mysql'",
        "mysql_version is version('5.7.6', '>=')",
        '[ "$mysql_ver" -ge 8 ]',
        "[ $flavour = mysql ]",
        "if command -v mariadb >/dev/null",
        "'8.0.' in cli.stdout",
        '[ "$PERCONA_MAJOR" = 5.6 ]',
    ],
)
def test_a_condition_asks_for_the_server(condition: str) -> None:
    assert asks_for_version(condition)


@pytest.mark.parametrize(
    "condition",
    [
        '[ -n "$MYSQL_USER" ]',
        '[ "$MARIADB_DATABASE" ]',
        "! mariadb -e 'SELECT 1'",
        "verbose",
        "host == '10.0.0.5'",
        "mysql_users is defined",
        "until mysqladmin ping",
        "reverse_proxy",
    ],
)
def test_another_condition_does_not(condition: str) -> None:
    assert not asks_for_version(condition)


@pytest.mark.parametrize(
    ("first", "between", "last"),
    [
        ('if [ "$ver" -lt 8 ]; then', "else", "fi"),
        ("if [ -f /usr/bin/mariadb ]\nthen\n", "else", "fi"),
        ('case "$ver" in\n5.*)', ";;\n*)", ";; esac"),
    ],
)
def test_a_script_that_asks_is_right_on_both_servers(first: str, between: str, last: str) -> None:
    text = f'#!/bin/sh\n{first}\nmysql -e "{OLD}"\n{between}\nmysql -e "{NEW}"\n{last}\n'
    assert rules("a.sh", text) == []


def test_an_if_without_else_that_asks_is_for_the_servers_that_take_it() -> None:
    assert rules("a.sh", f'#!/bin/sh\nif [ "$version" = 5.7 ]; then\nmysql -e "{OLD}"\nfi\n') == []


def test_an_if_that_asks_for_something_else_is_read_as_before() -> None:
    text = f'#!/bin/sh\nif [ -n "$MYSQL_USER" ]; then\nmysql -e "{OLD}"\nfi\n'
    assert rules("a.sh", text) == ["statement-outdated"]


def test_behind_the_condition_statements_are_for_every_server() -> None:
    text = f'#!/bin/sh\nif [ "$version" = 5.7 ]; then\necho old\nelse\necho new\nfi\nmysql -e "{OLD}"\n'
    assert rules("a.sh", text) == ["statement-outdated"]


def test_branches_of_one_condition_make_an_account_once() -> None:
    made = "mysql -e \"CREATE USER 'a'@'10.0.0.7' IDENTIFIED BY '$P'\""
    assert rules("a.sh", f'#!/bin/sh\nif [ -n "$X" ]; then\n{made}\nelse\n{made}\nfi\n') == []
    assert rules("a.sh", f"#!/bin/sh\n{made}\n{made}\n") == ["duplicate-account"]


def test_branches_of_one_condition_drop_an_account_once() -> None:
    drop = 'mysql -e "DROP USER a@localhost"'
    text = f"#!/bin/sh\nif true; then\n{drop}\nelif false; then\n{drop}\nelse\n{drop}\nfi\n"
    assert rules("a.sh", text) == []
    assert rules("a.sh", f"#!/bin/sh\n{drop}\n{drop}\n") == ["statement-rejected"]


def test_words_in_quotes_and_here_documents_are_no_branches() -> None:
    made = f'mysql -e "{NEW}"'
    text = f"#!/bin/sh\nif true; then\nmysql <<EOS\n-- \nelse\nEOS\necho 'else'\n{made}\n{made}\nfi\n"
    assert rules("a.sh", text) == ["duplicate-account"]


def test_branches_of_a_template_that_ask_are_for_the_servers_that_take_them() -> None:
    text = (
        "{% if daemon == 'mariadb' %}\nSET PASSWORD FOR 'root'@'localhost' = PASSWORD('{{ pw }}');\n"
        "{% elif version is version('5.7.6', '>=') %}\n"
        "ALTER USER 'root'@'localhost' IDENTIFIED WITH mysql_native_password BY '{{ pw }}';\n"
        "{% else %}\nSET PASSWORD FOR 'root'@'localhost' = PASSWORD('{{ pw }}');\n{% endif %}\n"
    )
    assert rules("a.sql.j2", text) == []
    assert rules(
        "a.sql.j2", text.replace("daemon == 'mariadb'", "secure")[: text.index("{% elif") - 12] + "{% endif %}"
    )


def test_a_flush_that_comes_first_in_its_branch_may_be_needed() -> None:
    branch = "FLUSH PRIVILEGES;\nALTER USER 'root'@'localhost' IDENTIFIED BY '{{ pw }}';\n"
    only = "needless-flush-privileges"
    assert rules("a.sql.j2", f"{{% if a %}}\n{branch}{{% else %}}\n{branch}{{% endif %}}\n", only) == []
    assert rules("a.sql.j2", f"{branch}{branch}", only) == [only]


def test_a_task_that_asks_is_for_the_servers_that_take_its_statements() -> None:
    text = """\
- hosts: db
  tasks:
    - name: with sha2
      community.mysql.mysql_query:
        query:
          - CREATE USER s@'10.0.0.1' IDENTIFIED WITH caching_sha2_password BY '{{ x }}'
          - GRANT SELECT ON shop.* TO s@'10.0.0.1'
      when: engine == 'mysql'
    - name: by the socket
      community.mysql.mysql_query:
        query: CREATE USER u@'localhost' IDENTIFIED VIA unix_socket
      when: engine == 'mariadb'
"""
    assert rules("play.yml", text) == []


def test_a_command_that_asks_is_for_the_servers_that_take_its_statements() -> None:
    text = f"""\
- hosts: db
  tasks:
    - shell: mysql -NBe "{OLD}"
      when: "'5.7.' in cli.stdout"
"""
    assert rules("play.yml", text) == []
    assert rules("play.yml", text.replace("'5.7.'", "'x'")) == ["statement-outdated"]


def test_a_block_that_asks_stands_around_its_tasks() -> None:
    text = """\
- hosts: db
  tasks:
    - when: mysql_version is version('8.0', '<')
      block:
        - community.mysql.mysql_query:
            query: GRANT SELECT ON shop.* TO s@'10.0.0.1' IDENTIFIED BY '{{ x }}'
"""
    assert rules("play.yml", text) == []
    assert rules("play.yml", text.replace("mysql_version is version('8.0', '<')", "wanted")) == ["statement-outdated"]
