"""Functions that a script calls with words: what each call makes of their statements."""

from collections.abc import Callable

import pytest

from grantlint import lint
from grantlint.model import Declarations

Reading = Callable[..., list[Declarations]]
Shown = Callable[[str], list[str]]

NAMED = """
make() {
  local user=$1 host="${2:-localhost}" db=$3
  mysql <<SQL
CREATE USER '$user'@'${host}' IDENTIFIED BY '$4';
GRANT SELECT ON \\`$db\\`.* TO '$user'@'$host';
SQL
}
"""
BARE = """
function make {
  mysql -e "CREATE USER '$1'@'${2}' IDENTIFIED BY '$4'; GRANT SELECT ON \\`$3\\`.* TO '$1'@'$2'"
}
"""
APP, ON_SHOP = "app@10.%", "SELECT ON `shop`.* TO "


@pytest.mark.parametrize(
    ("calls", "made"),
    [
        ("make app 10.% shop x", [APP, f"{ON_SHOP}{APP}"]),
        ("make 'app' \"10.%\" shop\nmake web % shop", [APP, "web@%", f"{ON_SHOP}{APP}", f"{ON_SHOP}web@%"]),
        ("NET=10.%\nmake app $NET shop", [APP, f"{ON_SHOP}{APP}"]),
        ('NET=10.%\nmake app "${NET}" shop', [APP, f"{ON_SHOP}{APP}"]),
        ("for u in app; do\n  make $u 10.% shop\ndone", [APP, f"{ON_SHOP}{APP}"]),
        ("true && make app 10.% shop", [APP, f"{ON_SHOP}{APP}"]),
        ("if x; then make app 10.% shop; fi", [APP, f"{ON_SHOP}{APP}"]),
        ("make app $(net) shop", ["app@?", "? ON ? TO app@?"]),
        ('make app "$UNKNOWN" shop', ["app@?", f"{ON_SHOP}app@?"]),
        ('make "$@"', ["?@?", "? ON ? TO ?@?"]),
        ("echo make app 10.% shop", ["?@?", "? ON ? TO ?@?"]),
    ],
)
@pytest.mark.parametrize("function", [NAMED, BARE])
def test_each_call_gives_its_words(shown: Shown, function: str, calls: str, made: list[str]) -> None:
    found = shown(f"#!/bin/bash\n{function}\n{calls}\n")
    assert [one.replace("SELECT ON ?", "? ON ?") for one in found] == made


def test_a_parameter_with_a_default_has_it_where_a_call_gives_no_word(shown: Shown) -> None:
    function = NAMED.replace("db=$3", "db=${3:-shop}")
    assert shown(f"#!/bin/bash\n{function}\nmake app\n") == ["app@localhost", f"{ON_SHOP}app@localhost"]


@pytest.mark.parametrize(
    "text",
    [
        NAMED.replace("  mysql", "  host=$(hostname)\n  mysql") + "make app 10.% shop\n",
        BARE.replace("'${2}'", "'$X'").replace("'$1'", "'app'") + "make app 10.% shop\n",
    ],
)
def test_what_something_else_may_set_is_not_known(shown: Shown, text: str) -> None:
    assert shown(f"#!/bin/bash\n{text}")[0] == "app@?"


def test_a_function_that_is_not_called_is_read_once(shown: Shown) -> None:
    assert shown(f"#!/bin/bash\n{NAMED}\n")[0] == "?@?"


def test_no_word_of_a_call_is_shown(reading: Reading) -> None:
    text = f"#!/bin/bash\n{NAMED}\nmake app % shop Tr0ub4dor; mysql -e \"CREATE USER a@'%'\"\n"
    (found,) = reading(text)
    source = found.accounts[0].span.source
    assert {"app", "%", "shop", "Tr0ub4dor"} <= {source.text[start:end].strip() for start, end in source.secrets}
    assert "Tr0ub4dor" not in repr(lint(text=text, filename="a.sh"))


def test_a_password_that_a_call_gives_stands_in_the_file() -> None:
    text = f"#!/bin/bash\n{NAMED}\nmake app 10.0.3.7 shop Tr0ub4dor\n"
    (found,) = lint(text=text, filename="a.sh", select=["plain-text-password"]).findings
    assert text.splitlines()[found.line - 1][found.place.column - 1 : found.place.end_column - 1] == "Tr0ub4dor"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "script",
    [
        "U=app\nmysql -e \"CREATE USER '$U'@'h'\"\n",
        "U=app  # of the shop\nif x; then y; fi\nmysql -e \"CREATE USER '$U'@'h'\"\n",
        "for U in app\ndo\nmysql -e \"CREATE USER '$U'@'h'\"\ndone\n",
        "f() { echo; }\nV=app\ng() {\nmysql -e \"CREATE USER '$1'@'h'\"\n}\ng $V\n",
    ],
)
def test_lines_may_end_as_those_of_windows(shown: Callable[[str], list[str]], script: str, end: str) -> None:
    assert shown(script.replace("\n", end)) == ["app@h"]
