"""Shapes that took the square of their size, or more: calls and steps are counted, never seconds."""

import gc
import io
import itertools
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType

import pytest

from counting import profiled
from grantlint.access.server import server
from grantlint.cli.main import main
from grantlint.model import location
from grantlint.model.location import Source
from grantlint.reader.formats.terraform import document as terraform
from grantlint.reader.formats.terraform.module.names import Module
from grantlint.servers.taking_in import MOST

pytestmark = pytest.mark.slow

Shape = Callable[[int], tuple[str, str]]
FEW = 100  # calls that come and go: a file whose lines cost next to none has no more of them
USER = "CREATE USER 'x'@'h';\n"
_RUNS = itertools.count()


def tasks_that_append(n: int) -> tuple[str, str]:
    task = "- mysql_user: {{name: a, host: b, append_privs: true, priv: 'd{0}.*:SELECT'}}\n"
    return "a.yml", "".join(map(task.format, range(n)))


def a_mapping_of_privileges(n: int) -> tuple[str, str]:
    run = next(_RUNS)  # what a text grants is remembered: no run has that of one before
    given = "".join(f"      'd{run}x{number}.*': 'SELECT,INSERT'\n" for number in range(3 * n))
    return "a.yml", "- mysql_user:\n    name: a\n    host: b\n    priv:\n" + given


def tasks_that_register(n: int) -> tuple[str, str]:
    task = "- shell: x\n  register: a{0}\n- mysql_user: {{name: '{{{{ a{0} }}}}', host: b}}\n"
    return "a.yml", "".join(map(task.format, range(n)))


def the_same_account_in_pipes(n: int) -> tuple[str, str]:
    return "a.sh", "#!/bin/sh\n" + 'echo "CREATE USER a@b" | mysql\n' * n


def variables_of_a_makefile(n: int) -> tuple[str, str]:
    return "Makefile", "ifdef A\nU = a\nendif\nV ?= b\n" * n + "db:\n\tmysql -e 'CREATE USER a@b'\n"


def containers_whose_number_is_kept(n: int) -> tuple[str, str]:
    return "a.sh", "#!/bin/sh\n" + "id=$(docker run -e MYSQL_ROOT_PASSWORD=x mysql:8)\n" * n


def edits_of_an_option_file(n: int) -> tuple[str, str]:
    return "a.sh", "#!/bin/sh\nmysql -e 'CREATE USER a@b'\n" + "sed -i 's/^bind-address/#&/' a.cnf\n" * n


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


def references_in_turn(n: int) -> tuple[str, str]:
    one = 'resource "mysql_user" "a{0}" {{\n user = "x${{mysql_user.a{1}.user}}${{mysql_user.a{1}.user}}"\n}}\n'
    return "a.tf", "".join(one.format(number, number - 1) for number in range(1, n))


def loops_over_themselves(n: int) -> tuple[str, str]:
    one = (
        'resource "mysql_user" "{0}" {{\n for_each = mysql_user.{0}[each.key].user\n user = mysql_user.{0}[1].user\n}}'
    )
    return "a.tf", "\n".join(one.format(f"a{number}") for number in range(n))


def roles_of_one_user(n: int) -> tuple[str, str]:
    one = "CREATE ROLE r{0}; GRANT r{0} TO x@h; SET DEFAULT ROLE r{0} TO x@h;\n"
    return "a.sql", USER + "".join(map(one.format, range(n)))


def roles_given_in_a_chain(n: int) -> tuple[str, str]:
    made = "".join(f"CREATE ROLE r{number};\n" for number in range(2 * n + 1))
    return "a.sql", USER + made + "".join(f"GRANT r{number} TO r{number + 1};\n" for number in range(2 * n))


def roles_declared_in_a_chain(n: int) -> tuple[str, str]:
    role = "  - role: r{1}\n    roles: [r{0}]\n"
    chain = "".join(role.format(number, number + 1) for number in range(2 * n))
    return "a.yml", "server: {product: mysql-8.4}\nroles:\n  - role: r0\n" + chain


def one_account_declared_again_and_again(n: int) -> tuple[str, str]:
    one = (
        'resource "mysql_user" "u{0}" {{\n user = "a"\n}}\n'
        'resource "mysql_grant" "g{0}" {{\n user = "a"\n database = "d{0}"\n privileges = ["SELECT"]\n}}\n'
    )
    return "a.tf", "".join(map(one.format, range(2 * n)))


def grants_on_columns(n: int) -> tuple[str, str]:
    return "a.sql", USER + "".join(f"GRANT SELECT (c{number}) ON shop.t TO x@h;\n" for number in range(n))


def grants_on_a_column_of_many_tables(n: int) -> tuple[str, str]:
    return "a.sql", USER + "".join(f"GRANT SELECT (c) ON shop.t{number} TO x@h;\n" for number in range(n))


def resources_by_their_keys(n: int) -> tuple[str, str]:
    users = "".join(f'    u{number} = "h{number}"\n' for number in range(2 * n))
    made = 'resource "mysql_user" "u" {\n  for_each = local.users\n  user = each.key\n  host = each.value\n}\n'
    given = (
        'resource "mysql_grant" "g" {\n  for_each = local.users\n  user = mysql_user.u[each.key].user\n'
        '  host = mysql_user.u[each.key].host\n  database = "shop"\n  privileges = ["SELECT"]\n}\n'
    )
    return "a.tf", f"locals {{\n  users = {{\n{users}  }}\n}}\n{made}{given}"


def grants_on_patterns(n: int) -> tuple[str, str]:
    return "a.sql", USER + "".join(f"GRANT SELECT ON shop_{number}_x.* TO x@h;\n" for number in range(100, 100 + n))


def names_with_a_wildcard(n: int) -> tuple[str, str]:
    given = ", ".join(
        f"{{privileges: [{('SELECT', 'INSERT')[number % 2]}], target: shop_{number}.*}}"
        for number in range(100, 100 + n)
    )
    return "a.yml", f"users:\n  - {{user: x, host: '10.%', grants: [{given}]}}\n"


def hosts_with_a_grant_beside_one_everywhere(n: int) -> tuple[str, str]:
    user = "  - {{user: x, host: '{0}', authentication: {{secret: a}}, grants: [{1}]}}\n"
    given = "{{privileges: [{0}], target: 'shop_{1}.*'}}"
    everywhere = ", ".join(given.format("SELECT", number) for number in range(100, 100 + 5 * n))
    hosts = (
        user.format(f"10.{number // 100}.{number % 100}.%", given.format("INSERT", number))
        for number in range(100, 100 + 5 * n)
    )
    return "a.yml", "users:\n" + user.format("%", everywhere) + "".join(hosts)


def names_that_all_overlap(n: int) -> tuple[str, str]:
    return "a.sql", USER + "".join(f"GRANT SELECT ON `%a{number}%`.* TO x@h;\n" for number in range(4 * n))


def kinds_that_all_overlap(n: int) -> tuple[str, str]:
    grant = "GRANT {1} ON `%a{0}%`.* TO x@h;\n"
    kinds = ("SELECT", "INSERT", "DELETE")
    return "a.sql", USER + "".join(grant.format(number, kinds[number % 3]) for number in range(n))


def hosts_with_a_wildcard_beside_names_everywhere(n: int) -> tuple[str, str]:
    user = "  - {{user: x, host: '{0}', authentication: {{secret: a}}, grants: [{1}]}}\n"
    given = "{{privileges: [{0}], target: '{1}.*'}}"
    everywhere = ", ".join(given.format("SELECT", f"shop_{number}") for number in range(100, 100 + 4 * n))
    hosts = (user.format(f"10.0.{number}.%", given.format("INSERT", "%")) for number in range(n))
    return "a.yml", "users:\n" + user.format("%", everywhere) + "".join(hosts)


SHAPES = (
    names_that_all_overlap,
    hosts_with_a_wildcard_beside_names_everywhere,
    names_with_a_wildcard,
    hosts_with_a_grant_beside_one_everywhere,
    grants_on_patterns,
    references_in_turn,
    loops_over_themselves,
    roles_of_one_user,
    roles_given_in_a_chain,
    roles_declared_in_a_chain,
    one_account_declared_again_and_again,
    grants_on_columns,
    grants_on_a_column_of_many_tables,
    resources_by_their_keys,
    tasks_that_append,
    a_mapping_of_privileges,
    tasks_that_register,
    the_same_account_in_pipes,
    variables_of_a_makefile,
    containers_whose_number_is_kept,
    edits_of_an_option_file,
    options_of_one_command,
    config_maps,
    rows_of_a_dump,
    findings_on_one_line,
    equal_grants,
)


def times(folder: Path, happens: Callable[[FrameType, str, object], bool], *options: str) -> int:
    """Return how often something happens in a run over a folder: of what a profiler is told."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += happens(frame, event, argument)

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), profiled(count):
        main(["--no-config", *options, str(folder)])
    return counted


def called(name: str) -> Callable[[FrameType, str, object], bool]:
    """Return what tells calls of a function."""
    return lambda frame, event, _: event == "call" and frame.f_code.co_qualname == name


def calls(folder: Path, files: dict[str, str]) -> int:
    """Return how many functions, Python's own too, a run over files calls."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return times(folder, lambda _frame, event, _argument: event in {"call", "c_call"})


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_twice_as_much_costs_twice_as_much(shape: Shape, tmp_path: Path) -> None:
    calls(tmp_path / "first", dict([shape(50)]))  # what is made once, or from some number on
    once, twice, four_times = (calls(tmp_path / str(n), dict([shape(n)])) for n in (25, 50, 100))
    assert twice - once < 2.3 * once
    assert four_times - twice < 2.3 * (twice - once) + FEW


def services_that_mount_a_folder(n: int) -> dict[str, str]:
    service = "  db{0}: {{image: 'mysql:8', volumes: ['./init:/docker-entrypoint-initdb.d']}}\n"
    named = {f"init/{number}.txt": "" for number in range(n)}
    return {"compose.yml": "services:\n" + "".join(map(service.format, range(n)))} | named


def test_twice_as_many_services_cost_twice_as_much(tmp_path: Path) -> None:
    calls(tmp_path / "first", services_that_mount_a_folder(50))
    once, twice, four_times = (calls(tmp_path / str(n), services_that_mount_a_folder(n)) for n in (25, 50, 100))
    assert four_times - twice < 2.3 * (twice - once)


def names_of_one_suppression(n: int) -> tuple[str, str]:
    names = ",".join(f"no-rule-{number}" for number in range(n))
    return "a.yml", f"# grantlint: ignore-file[{names}]\nusers: [{{user: a, host: b}}]\n"


def steps(folder: Path, name: str, text: str) -> int:
    """Return how many instructions of grantlint's own code a run over one file takes."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    counted = 0

    def count(frame: FrameType, event: str, _argument: object) -> object:
        nonlocal counted
        if "grantlint" not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        counted += event == "opcode"
        return count

    before = sys.gettrace()
    gc.disable()  # as where calls are counted
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        sys.settrace(count)
        try:
            main(["--no-config", str(folder)])
        finally:
            sys.settrace(before)
            gc.enable()
    return counted


def test_twice_as_many_names_in_a_comment_take_twice_as_many_steps(tmp_path: Path) -> None:
    steps(tmp_path / "first", *names_of_one_suppression(10))
    # behind a hundred complaints no name is guessed
    once, twice, four_times = (steps(tmp_path / str(n), *names_of_one_suppression(n)) for n in (200, 400, 800))
    assert four_times - twice < 2.3 * (twice - once)


def test_a_statement_without_an_end_is_cut_for_few_grammars(tmp_path: Path) -> None:
    words = 3_000 * 7
    (tmp_path / "a.sql").write_text(USER + "GRANT SELECT ON d TO a b\n" * 3_000, encoding="utf-8")
    cut = times(tmp_path, called("_word"))
    assert words < cut < 12 * words


def test_a_folder_of_terraform_is_not_listed_for_each_of_its_files(tmp_path: Path) -> None:
    for number in range(40):
        text = f'variable "a" {{}}\nresource "mysql_user" "u{number}" {{\n user = var.a\n}}\n'
        (tmp_path / f"a{number}.tf").write_text(text, encoding="utf-8")
    os.utime(tmp_path, (1_700_000_000, 1_700_000_000))  # what has just changed is listed again
    assert 0 < times(tmp_path, lambda _frame, event, function: event == "c_call" and function is os.scandir) < 20


@pytest.mark.parametrize(("text", "pieces"), [(USER + "{0}", 1), ("{0}" + USER, 17)])
def test_a_large_file_is_searched_for_words_once_and_no_further_than_they_stand(
    text: str, pieces: int, tmp_path: Path
) -> None:
    row = f"INSERT INTO `orders` VALUES ('{'x' * 100_000}');\n"  # noqa: S608 - read, never run
    (tmp_path / "a.sql").write_text(text.format(row * 175), encoding="utf-8")
    assert times(tmp_path, called("Sieve.matches")) == pieces, "a megabyte each"


def test_what_begins_a_large_file_tells_its_format(tmp_path: Path) -> None:
    row = f"INSERT INTO `orders` VALUES ('{'x' * 1_000}');\n"  # noqa: S608 - read, never run
    (tmp_path / "a.sql").write_text(USER + row * 3_000 + "DROP USER 'x'@'h';\n", encoding="utf-8")
    searched: list[int] = []

    def is_search(frame: FrameType, event: str, _: object) -> bool:
        if event == "call" and frame.f_code.co_name == "_statements":
            searched.append(len(frame.f_locals["text"]))
        return False

    times(tmp_path, is_search)
    assert 0 < max(searched) <= 1 << 20


def test_the_files_of_a_project_are_looked_for_once_for_all_its_documents(tmp_path: Path) -> None:
    service = "services: {db: {image: 'mysql:8', environment: {MYSQL_USER: a, MYSQL_PASSWORD: b}}}\n---\n"
    (tmp_path / "compose.yml").write_text(service * 20, encoding="utf-8")
    assert times(tmp_path, called("files_of")) == 1
    assert times(tmp_path, called("_scripts")) == 0, "there is no word of a statement"


def test_a_statement_is_looked_at_once_for_grammars_that_cut_it_alike(tmp_path: Path) -> None:
    grants = "".join(f"GRANT SELECT ON a{number}.* /* {number} */ TO x@h;\n" for number in range(20))
    (tmp_path / "a.sql").write_text(USER + grants, encoding="utf-8")
    assert times(tmp_path, called("_shape")) == 20 + 1, "of four products"


def test_whose_file_it_is_is_looked_for_once_for_all_findings(tmp_path: Path) -> None:
    script = "".join(f"    CREATE USER a{number}@db.example.com IDENTIFIED BY 'x';\n" for number in range(20))
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a.sql: |\n"
    (tmp_path / "a.yml").write_text(head + script, encoding="utf-8")
    options = ("--profile", "pedantic", "--server", "mysql-8.4")
    assert times(tmp_path, called("_is_of_mariadb_operator"), *options) == 1


def test_the_text_around_many_scripts_is_searched_once(tmp_path: Path) -> None:
    name, text = config_maps(20)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert times(tmp_path, called("_ends_by_error")) == 1


def test_a_host_that_takes_nobody_is_told_without_judging_the_rows_beside_it(tmp_path: Path) -> None:
    hosts = ", ".join(f"10.{number}.0.0/16, 10.{number}.%" for number in range(20))
    text = f"server: {{name: x, product: mariadb-11.8}}\nusers: [{{user: app, hosts: [{hosts}]}}]\n"
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    asked = ("_plain", "_sweep")
    counted = [
        times(tmp_path, lambda frame, event, _, name=name: event == "call" and frame.f_code.co_name == name)
        for name in asked
    ]
    assert counted[0] > 0
    assert counted[1] == 0


@pytest.mark.parametrize("function", ["at_grant", "_of_grant"])
def test_grants_of_an_item_are_looked_at_once_for_all_its_hosts(function: str, tmp_path: Path) -> None:
    hosts = ", ".join(f"10.0.0.{number}" for number in range(30))
    grants = ", ".join(f"{{privileges: [SELECT], target: 'a_{number}.*'}}" for number in range(5))
    users = f"{{user: app, hosts: [{hosts}], grants: [{grants}]}}, {{user: web, host: '10.*'}}"  # the second: a finding
    (tmp_path / "a.yml").write_text(f"users: [{users}]\n", encoding="utf-8")
    counted = times(tmp_path, lambda frame, event, _: event == "call" and frame.f_code.co_name == function)
    assert counted == 5


def test_no_more_products_are_asked_behind_one_of_which_a_rule_says_nothing(tmp_path: Path) -> None:
    task = r"- mysql_user: {name: a, host: b, priv: 'a\_b.*:SELECT'}"
    (tmp_path / "a.yml").write_text(task, encoding="utf-8")

    def is_asked(frame: FrameType, event: str, _: object) -> bool:
        code = frame.f_code
        return event == "call" and code.co_name == "check" and code.co_filename.endswith("grant_escape_literal.py")

    assert times(tmp_path, is_asked) == 1


def test_scripts_that_too_many_services_mount_are_judged_for_the_first_and_left_open_for_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = "  db{0}:\n    image: mysql:8\n    volumes: ['./init:/docker-entrypoint-initdb.d']\n"
    (tmp_path / "compose.yml").write_text("services:\n" + "".join(map(service.format, range(100))), encoding="utf-8")
    (tmp_path / "init").mkdir()
    for number in range(20):
        text = "".join(f"CREATE USER a{number}_{each}@h;\n" for each in range(20))
        (tmp_path / "init" / f"i{number}.sql").write_text(text, encoding="utf-8")
    assert main(["--no-config", str(tmp_path)]) == 1
    told = " ".join(capsys.readouterr().out.split())
    judged = 1 + MOST // (20 * (2 * 20 + 1))  # accounts, steps, and that the server is started again
    assert (
        f"limit-reached]: 100 servers take in this file, and it is judged for the first {judged}: who gets in" in told
    )
    assert f"{100 - judged} x user: scripts that more servers take in than they are judged for may make it" in told


BEYOND: dict[str, Callable[[], tuple[str, str]]] = {
    "loops": lambda: (
        "a.yml",
        "- mysql_user: {name: 'a{{ item.0 }}', host: '10.{{ item.1 }}.{{ item.2 }}.1'}\n  with_nested:\n"
        + f"    - [{','.join(map(str, range(30)))}]\n" * 3,
    ),
    "queries": lambda: (
        "a.yml",
        f"# {'x' * 200_000}\n" + "- mysql_query: {query: CREATE USER a@h}\n" * 700,
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


@pytest.mark.parametrize("hosts", [1, 6])
def test_database_grants_behind_a_budget_are_not_decided_and_said_to_be(
    hosts: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, text = hosts_with_a_grant_beside_one_everywhere(hosts) if hosts > 1 else kinds_that_all_overlap(12)
    (tmp_path / name).write_text(text, encoding="utf-8")
    main(["--no-config", str(tmp_path)])
    said = "which database grants serve"
    assert said not in " ".join(capsys.readouterr().out.split())
    monkeypatch.setattr(server, "LOOKS", 10)
    assert main(["--no-config", str(tmp_path)]) == 1
    assert said in " ".join(capsys.readouterr().out.split())


def test_what_a_file_of_terraform_is_read_with_is_let_go(tmp_path: Path) -> None:
    user = 'resource "mysql_user" "u" {\n for_each = toset(["a", "b"])\n user = each.key\n host = local.host\n}\n'
    grant = 'resource "mysql_grant" "g" {\n for_each = mysql_user.u\n user = each.value.user\n database = "d"\n}\n'
    path = tmp_path / "a.tf"
    path.write_text(user + grant + 'locals {\n host = "h"\n}\n', encoding="utf-8")
    gc.disable()  # as a run does: what leads in a circle is there until its end
    try:
        read = terraform.read(Source(str(path), path.read_text(encoding="utf-8")))
        assert [len(part.accounts) for part in read] == [2]
        assert not [one for one in gc.get_objects() if isinstance(one, Module)]
    finally:
        gc.enable()


def variables_of_a_script(n: int) -> tuple[str, str]:
    return "a.sh", "#!/bin/sh\n" + "".join(
        f"V{each}=a{each}\nmysql -e \"DROP USER '$V{each}'@h\"\n" for each in range(n)
    )


def functions_of_a_script(n: int) -> tuple[str, str]:
    one = "f{0}() {{\n mysql -e \"DROP USER '$1'@h\"\n}}\nf{0} a{0}\n"
    return "a.sh", "#!/bin/sh\n" + "".join(one.format(number) for number in range(n))


def test_of_a_script_the_variables_are_looked_up_that_a_statement_names(tmp_path: Path) -> None:
    name, text = variables_of_a_script(50)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert 50 <= times(tmp_path, called("OfScript._is_reached")) <= 100


def test_of_a_script_the_function_is_looked_up_in_which_a_statement_stands(tmp_path: Path) -> None:
    name, text = functions_of_a_script(50)
    (tmp_path / name).write_text(text, encoding="utf-8")
    looked_at: list[int] = []

    def is_bound(frame: FrameType, event: str, _: object) -> bool:
        if event == "call" and frame.f_code.co_name == "bound":
            looked_at.append(len(frame.f_locals["functions"]))
        return False

    times(tmp_path, is_bound)
    assert sum(looked_at) == 50
    assert max(looked_at) == 1


def test_loops_of_a_script_are_closed_in_one_pass(tmp_path: Path) -> None:
    loop = "for u{0} in a b; do\n mysql -e \"DROP USER '$u{0}'@h\"\ndone\n"
    (tmp_path / "a.sh").write_text("#!/bin/sh\n" + "".join(map(loop.format, range(20))), encoding="utf-8")
    assert times(tmp_path, called("_ends_of_loops")) == 1


def test_the_instances_of_cloud_sql_are_looked_up_by_name(tmp_path: Path) -> None:
    instance = (
        'resource "google_sql_database_instance" "i{0}" {{\n name = "n{0}"\n database_version = "MYSQL_8_0"\n}}\n'
    )
    user = 'resource "google_sql_user" "u{0}" {{\n name = "u{0}"\n instance = "n{0}"\n host = "h"\n}}\n'
    text = "".join((instance + user).format(number) for number in range(30))
    (tmp_path / "a.tf").write_text(text, encoding="utf-8")
    assert 0 < times(tmp_path, called("Instance.value")) <= 30 * 16, "not for each of the others"


def test_services_that_extend_each_other_are_followed_within_a_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(location, "REPEATED", 1_000)
    chain = "".join(f"  db{number + 1}: {{extends: db{number}}}\n" for number in range(100))
    (tmp_path / "compose.yml").write_text(f"services:\n  db0: {{image: 'mysql:8'}}\n{chain}", encoding="utf-8")
    looked_at = times(tmp_path, called("_extend"))
    assert 1_000 < looked_at < 2_000
    main(["--no-config", str(tmp_path)])
    assert "services of this file extend others more often than can be followed" in capsys.readouterr().out


def test_conditions_of_a_script_that_nest_without_end_are_noted_up_to_a_depth(tmp_path: Path) -> None:
    text = "#!/bin/sh\n" + "if x; then\n" * 200 + "mysql -e 'CREATE USER a@h'\n" + "else y\nfi\n" * 200
    (tmp_path / "a.sh").write_text(text, encoding="utf-8")
    lengths: list[int] = []

    def is_begun(frame: FrameType, event: str, _: object) -> bool:
        if event == "call" and frame.f_code.co_qualname == "Stretches.begin":
            lengths.append(len(frame.f_locals["path"]))
        return False

    times(tmp_path, is_begun)
    assert max(lengths) == 51


def test_what_is_declared_is_gone_through_once_for_all_findings(tmp_path: Path) -> None:
    name, text = options_of_one_command(20)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert times(tmp_path, lambda frame, event, _: event == "call" and frame.f_code.co_name == "_made_again") <= 2
