"""Which declaration makes an account that several may: of that one TLS is asked, once."""

import pytest

from grantlint import lint

CREATE = "CREATE USER 'a'@'10.0.0.3' IDENTIFIED BY '{{ x }}'"
UNLESS = CREATE.replace("USER", "USER IF NOT EXISTS")
REPLACE = CREATE.replace("CREATE", "CREATE OR REPLACE")
GRANT = "GRANT SELECT ON d.* TO 'a'@'10.0.0.3' IDENTIFIED BY '{{ x }}'"
ALTER = "ALTER USER 'a'@'10.0.0.3' IDENTIFIED BY '{{ x }}'"
OF_NOBODY = UNLESS.replace("'a'", "'{{ user }}'")


@pytest.mark.parametrize(
    ("statements", "lines", "server"),
    [
        ([CREATE], [1], "mysql-8.4"),
        ([UNLESS], [1], "mysql-8.4"),
        ([REPLACE], [1], "mariadb-10.11"),
        ([UNLESS, UNLESS], [1], "mysql-8.4"),
        ([CREATE, UNLESS], [1], "mysql-8.4"),
        ([f"{CREATE} REQUIRE SSL", UNLESS], [], "mysql-8.4"),
        ([f"{UNLESS} REQUIRE SSL", UNLESS], [], "mysql-8.4"),
        ([ALTER], [], "mysql-8.4"),
        ([GRANT], [1], "mariadb-10.11"),
        ([CREATE, GRANT], [1], "mariadb-10.11"),
        ([GRANT], [], "mysql-8.4"),
        ([GRANT.partition(" IDENTIFIED")[0]], [], "mariadb-10.11"),
        ([OF_NOBODY, OF_NOBODY], [1], "mysql-8.4"),
    ],
)
def test_tls_is_asked_of_the_declaration_that_makes_the_account(
    statements: list[str], lines: list[int], server: str
) -> None:
    text = "".join(f"{statement};\n" for statement in statements)
    found = lint(text=text, filename="a.sql", select=["tls-not-required"], servers=[server]).findings
    assert [one.place.line for one in found] == lines
