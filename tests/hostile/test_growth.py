"""Shapes that took the square of their size, or more: calls are counted, never seconds."""

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from grantlint.cli.main import main

Shape = Callable[[int], tuple[str, str]]
USER = "CREATE USER 'x'@'h';\n"


def tasks_that_append(n: int) -> tuple[str, str]:
    task = "- mysql_user: {{name: a, host: b, append_privs: true, priv: 'd{0}.*:SELECT'}}\n"
    return "a.yml", "".join(map(task.format, range(n)))


def tasks_that_register(n: int) -> tuple[str, str]:
    task = "- shell: x\n  register: a{0}\n- mysql_user: {{name: '{{{{ a{0} }}}}', host: b}}\n"
    return "a.yml", "".join(map(task.format, range(n)))


def the_same_account_in_pipes(n: int) -> tuple[str, str]:
    return "a.sh", "#!/bin/sh\n" + 'echo "CREATE USER a@b" | mysql\n' * n


def options_of_one_command(n: int) -> tuple[str, str]:
    return "a.sh", "#!/bin/sh\nmysql" + " -e 'drop user a'" * n + "\n"


def config_maps(n: int) -> tuple[str, str]:
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: x{0}}}\n"
    one = head + "data:\n  a.sql: |\n    CREATE USER 'u{0}'@'h';\n---\n"
    return "a.yml", "".join(map(one.format, range(n)))


def rows_of_a_dump(n: int) -> tuple[str, str]:
    return "a.sql", USER + "INSERT INTO `orders` VALUES (1,'it''s');\n" * n  # noqa: S608 - read, never run


def findings_on_one_line(n: int) -> tuple[str, str]:
    users = ", ".join(f"{{user: u{number}, host: '%'}}" for number in range(n))
    return "a.yml", f"server: {{name: x, product: mysql-8.4}}\nusers: [{users}]\n"


def equal_grants(n: int) -> tuple[str, str]:
    return "a.yml", "mysql_users:\n" + "  - {name: a, host: b, priv: 'a.*:ALL'}\n" * n


SHAPES = (
    tasks_that_append,
    tasks_that_register,
    the_same_account_in_pipes,
    options_of_one_command,
    config_maps,
    rows_of_a_dump,
    findings_on_one_line,
    equal_grants,
)


def calls(folder: Path, name: str, text: str) -> int:
    """Return how many functions, Python's own too, a run over one file calls."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        sys.setprofile(count)
        try:
            main(["--no-config", str(folder)])
        finally:
            sys.setprofile(before)
    return counted


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_twice_as_much_costs_twice_as_much(shape: Shape, tmp_path: Path) -> None:
    calls(tmp_path / "first", *shape(10))  # what is made once
    once, twice, four_times = (calls(tmp_path / str(n), *shape(n)) for n in (25, 50, 100))
    assert twice - once < 2.3 * once
    assert four_times - twice < 2.3 * (twice - once)


BEYOND: dict[str, Callable[[], tuple[str, str]]] = {
    "loops": lambda: (
        "a.yml",
        "- mysql_user: {name: 'a{{ item.0 }}', host: '10.{{ item.1 }}.{{ item.2 }}.1'}\n  with_nested:\n"
        + f"    - [{','.join(map(str, range(30)))}]\n" * 3,
    ),
    "updates": lambda: (
        "a.sql",
        "".join(f"CREATE USER u{number}@h;\n" for number in range(200)) + "UPDATE mysql.user SET Host='%';\n" * 200,
    ),
}


@pytest.mark.parametrize("what", BEYOND)
def test_what_is_behind_a_budget_is_not_decided_and_said_to_be(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, text = BEYOND[what]()
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["--no-config", str(tmp_path)]) == 1
    assert "limit-reached" in capsys.readouterr().out
