from collections.abc import Callable

from grantlint.model import Declarations

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

CONFIG_MAP = """
apiVersion: v1
kind: ConfigMap
metadata:
  name: init
data:
  my.cnf: |
    [mysqld]
    bind-address=0.0.0.0
  init.sql: |
    CREATE DATABASE shop;
    CREATE USER 'app'@'10.%' IDENTIFIED BY 'hunter2';
    GRANT SELECT ON shop.* TO 'app'@'10.%';
"""


def test_the_sql_of_a_config_map_is_read_at_its_place(reading: Reading, accounts: Shown) -> None:
    assert accounts(CONFIG_MAP) == ["app@10.%: SELECT ON shop.*"]
    (found,) = reading(CONFIG_MAP)
    (account,) = found.accounts
    text = account.host.source.text
    assert text[account.host.start : account.host.end].strip("'") == "10.%"
    assert any("hunter2" in text[start:end] for start, end in account.host.source.secrets)


def test_a_secret_in_plain_text_is_read_too(accounts: Shown) -> None:
    text = CONFIG_MAP.replace("ConfigMap", "Secret").replace("data:", "stringData:")
    assert accounts(text) == ["app@10.%: SELECT ON shop.*"]


def test_quoted_sql_is_read(accounts: Shown) -> None:
    text = "apiVersion: v1\nkind: ConfigMap\ndata: {a.sql: \"GRANT ALL ON *.* TO 'a'@'%'\"}\n"
    assert accounts(text) == ["+ a@%: ALL ON *.*"]


def test_sql_of_another_database_and_prose_give_nothing(reading: Reading) -> None:
    for value in (
        "GRANT ALL PRIVILEGES ON DATABASE app TO app;",
        "CREATE ROLE app LOGIN PASSWORD 'x';",
        "Grant access to the user, then create user accounts.",
        "GRANT MODIFY ON KEYSPACE app TO app;",
    ):
        assert reading(f"apiVersion: v1\nkind: ConfigMap\ndata:\n  init.sql: |\n    {value}\n") == []


def test_two_config_maps_are_two_servers(reading: Reading) -> None:
    assert len(reading(CONFIG_MAP + "---" + CONFIG_MAP)) == 2


TWO = (
    CONFIG_MAP + "  other.sql: |\n    CREATE USER 'app'@'10.%' IDENTIFIED BY 'hunter3';\n    CREATE USER 'b'@'10.%';\n"
)


def test_two_scripts_of_one_config_map_that_make_the_same_account_are_alternatives(reading: Reading) -> None:
    assert [len(found.accounts) for found in reading(TWO)] == [1, 2]
    assert [
        len(found.accounts) for found in reading(TWO.replace("CREATE USER 'app'@'10.%' IDENTIFIED BY 'hunter3';", ""))
    ] == [2]


def test_scripts_that_gos_actions_control(reading: Reading) -> None:
    text = CONFIG_MAP + (
        "    {{- if .Values.monitor }}\n    CREATE USER 'm'@'h';\n    {{- else }}\n    DROP USER 'm'@'h';\n"
        "    {{- end }}\n    {{ include \"more\" . }}\n    CREATE USER 'n'@'h';\n"
    )
    (found,) = reading(text)
    assert [str(account) for account in found.accounts] == ["'app'@'10.%'", "'m'@'h'", "'n'@'h'"]
    assert [why for _, why, _ in found.not_checked] == ["a template by itself may bring statements"]


def test_a_comment_of_sql_goes_on_where_yaml_folds_the_lines(accounts: Shown) -> None:
    folded = """
apiVersion: v1
kind: ConfigMap
metadata: {name: init}
data:
  init.sql: >
    CREATE USER 'first'@'10.%' IDENTIFIED BY 'hunter2'; -- the next line is in this comment
    CREATE USER 'lost'@'10.%' IDENTIFIED BY 'hunter2';

    CREATE USER 'after'@'10.%' IDENTIFIED BY 'hunter2';
"""
    assert accounts(folded) == ["first@10.%", "after@10.%"]
    assert accounts(folded.replace("init.sql: >", "init.sql: |")) == ["first@10.%", "lost@10.%", "after@10.%"]
