"""What looks like an account statement is found by its first words as by one expression over the whole text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.reader.files.other import leftover

PIECES = (
    "GRANT", "Grants", "create", " user", "OR REPLACE", "drop", "set password for", "mysql.", "user_create", "into",
    "FROM ", "mysql", ".", "`", "user", "db", "\n", "x", "_", "\u0130", "rename\t",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_first_words_lead_to_all_that_the_expression_finds(text: str) -> None:
    found = [match.span() for match in leftover._beginnings(text)]  # noqa: SLF001 - against its own expression
    assert found == [match.span() for match in leftover._BEGINS.finditer(text)]  # noqa: SLF001 - as above


@pytest.mark.parametrize("name", ["app", "${user}", "#{user}", "{{ user }}", "%{user}"])
def test_a_name_that_a_program_fills_in_is_one(name: str) -> None:
    assert leftover.holds_statements(f"run `mysql -e 'create user if not exists '{name}_test'@'localhost';'`")
    assert leftover.holds_statements(f"run(\"GRANT ALL ON {name}.* TO '{name}'@'%'\")")
