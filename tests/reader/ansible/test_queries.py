"""Account statements in `mysql_query`, with their places in the task."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Source, Unresolved
from grantlint.reader.formats.ansible.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

CREATE = "CREATE USER 'app'@'10.%' IDENTIFIED BY 'canary'"
GRANT = "GRANT ALL ON shop.* TO 'app'@'10.%'"


@pytest.mark.parametrize(
    "query",
    [
        f'query: "{CREATE}; {GRANT}"',
        f"query: {CREATE}; {GRANT};",
        f"query:\n      - {CREATE}\n      - {GRANT}",
        f'query: ["{CREATE}", "{GRANT}"]',
        f"query: |\n      {CREATE};\n      {GRANT};",
        f"query: >-\n      {CREATE};\n      GRANT ALL\n      ON shop.* TO 'app'@'10.%'",
    ],
)
def test_statements_are_read_with_their_places(query: str) -> None:
    source = Source("site.yml", f"- name: x\n  community.mysql.mysql_query:\n    login_db: mysql\n    {query}\n")
    (found,) = read(source)
    (account,) = found.accounts
    grants = [*(grant.grant for grant in found.grants), *account.grants]
    leaves = [account.user, account.host, grants[0].target]
    assert [str(leaf.value) for leaf in leaves if isinstance(leaf, Located)] == ["app", "10.%", "`shop`.*"]
    assert all(leaf.source is source for leaf in leaves)
    assert "app" in source.text[account.user.start : account.user.end]
    assert source.text[grants[0].target.start : grants[0].target.end] == "shop.*"
    assert any("canary" in source.text[start:end] for start, end in source.secrets)
    assert (found.faults, found.not_checked) == ([], [])


def test_queries_about_anything_else_say_nothing(reading: Reading) -> None:
    text = "- mysql_query: {query: 'SELECT 1'}\n- mysql_query: {query: }\n- mysql_query: {query: [a, {b: c}]}"
    assert reading(text) == []


def test_templates_in_a_query_are_unresolved(reading: Reading) -> None:
    (found,) = reading("""
        - mysql_query:
            query: "CREATE USER '{{ item }}'@'%' IDENTIFIED BY '{{ password }}'"
          loop: "{{ users }}"
    """)
    (account,) = found.accounts
    assert isinstance(account.user, Unresolved)
    assert isinstance(account.host, Located)


@pytest.mark.parametrize(
    "arguments",
    [
        "query: 'GRANT ALL ON x.* TO %s@%s', positional_args: [a, canary]",
        "query: 'GRANT ALL ON x.* TO ''canary''@''%'' '",
        "query: ['GRANT ALL ON x.* TO a', !vault GRANT canary]",
        "query: 'GRANT ALL ON x.* TO a; -- folded, so that the rest is a comment\n  GRANT ALL ON x.* TO canary;'",
    ],
)
def test_a_query_whose_text_is_not_that_of_the_file_is_not_checked(arguments: str) -> None:
    (found,) = read(Source("site.yml", f"- mysql_query: {{{arguments}}}\n"))
    assert [item.what for item in found.not_checked] == ["statements of mysql_query"]
    assert found.accounts == []


def test_a_statement_that_no_server_takes_is_a_fault_and_shows_no_secret() -> None:
    source = Source("site.yml", "- mysql_query: {query: \"CREATE USER a IDENTIFIED BYE 'canary'\"}\n")
    (found,) = read(source)
    assert [fault.rule for fault in found.faults] == ["syntax-error"]
    assert any("canary" in source.text[start:end] for start, end in source.secrets)


def test_statements_and_tasks_make_one_server(accounts: Shown) -> None:
    text = f"""
        - mysql_query:
            query: "{CREATE}"
        - mysql_user: {{name: other, host: '%'}}
    """
    assert accounts(text) == ["app@10.%", "other@%"]


def test_a_query_in_the_database_of_accounts_writes_to_them(accounts: Shown, reading: Reading) -> None:
    task = "- mysql_query: {login_db: %s, query: \"INSERT INTO user (Host, User) VALUES ('%%', 'app')%s\"}\n"
    assert accounts(task % ("mysql", "")) == ["app@%"]
    assert reading(task % ("shop", "")) == []
    assert reading(task % ("shop", "\\x20")) == []
    assert [item.what for item in reading(task % ("mysql", "\\x20"))[0].not_checked] == ["statements of mysql_query"]
