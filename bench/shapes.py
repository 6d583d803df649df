"""Shapes that real repositories have, each grown by one dimension alone: `make growth`, or with names of shapes.

A line is: what, the size, CPU seconds, by how much twice as much costs more, peak memory. A process that takes longer
than the limit is ended, and the line says so.
"""

import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from corpora import of_each_format

from run import GRANTLINT, cost

LIMIT = 60  # seconds of CPU
HOST_KINDS = (
    "10.{0}.{1}.%",
    "10.{0}.{1}.7",
    "%",
    "db{0}.example.com",
    "%.example.com",
    "localhost",
    "10.{0}.0.0/16",
    "::{1}",
)
Files = dict[str, str]
HEAD = "server: {name: shop, product: mysql-8.4}\nusers:\n"


def user(name: str, hosts: Iterable[str], grants: Iterable[str], privileges: str = "SELECT") -> str:
    """Return one account of a policy."""
    given = ", ".join(f"{{privileges: [{privileges}], target: '{target}'}}" for target in grants)
    return f"  - {{user: '{name}', hosts: [{', '.join(map(repr, hosts))}], grants: [{given}]}}\n"


def addresses(count: int) -> list[str]:
    """Return addresses of one network."""
    return [f"10.0.{number // 200}.{number % 200 + 1}" for number in range(count)]


def one_user_at_many_hosts(size: int) -> Files:
    """One user, ten databases with `_` in their names at each host."""
    return {"a.yml": HEAD + user("app", addresses(size), (f"shop_{number}.*" for number in range(10)))}


def one_user_at_many_databases(size: int) -> Files:
    """One user at one host; database names with `_`, and different rights."""
    rights = ("SELECT", "INSERT", "SELECT, UPDATE")
    given = (f"{{privileges: [{rights[each % 3]}], target: 'shop_{each}.*'}}" for each in range(size))
    return {"a.yml": HEAD + f"  - {{user: app, host: '10.0.0.%', grants: [{', '.join(given)}]}}\n"}


def hosts_below_each_other(size: int) -> Files:
    """One user at patterns and at addresses that they take.

    At each it has ten databases of its own.
    """
    kinds = ("%", "10.%", "10.{0}.%", "10.{0}.{1}.%", "10.{0}.{1}.9")
    hosts = [kinds[each % len(kinds)].format(each % 250, each // 250) for each in range(size)]
    rights = ("SELECT", "SELECT, INSERT", "UPDATE", "ALL")
    users = (
        user("app", [host], (f"db_{each}_{number}.*" for number in range(10)), rights[each % 4])
        for each, host in enumerate(hosts)
    )
    return {"a.yml": HEAD + "".join(users)}


def many_users_at_many_hosts(size: int) -> Files:
    """Each user at 20 hosts with five databases."""
    users = (user(f"u{each}", addresses(20), (f"u{each}_{number}.*" for number in range(5))) for each in range(size))
    return {"a.yml": HEAD + "".join(users)}


def anonymous_rows(size: int) -> Files:
    """Set a hundred anonymous rows with grants beside users."""
    nobody = user("", addresses(100), ("test.*", "`test%`.*"))
    return {"a.yml": HEAD + nobody + "".join(user(f"u{number}", ["%"], ["a.*"]) for number in range(size))}


def members_of_a_role(size: int) -> Files:
    """One role, and users that have it."""
    users = (f"  - {{user: u{number}, hosts: ['%'], roles: [r], default_roles: [r]}}\n" for number in range(size))
    return {"a.yml": HEAD + "".join(users) + "roles:\n  - {role: r, grants: [{privileges: [SELECT], target: 'a.*'}]}\n"}


def grants_to_absent_accounts(size: int) -> Files:
    """Grants to hosts at which the user does not exist."""
    made = "".join(f"CREATE USER u{number}@h;\n" for number in range(size))
    return {"a.sql": made + "".join(f"GRANT SELECT ON a.* TO u{number}@g;\n" for number in range(size))}


def duplicates(size: int) -> Files:
    """Accounts that are declared twice."""
    return {"a.yml": HEAD + "".join(user(f"u{number // 2}", ["10.0.0.7"], ["a.*"]) for number in range(size))}


def overlapping_names(size: int) -> Files:
    """Host patterns of one user that overlap."""
    return {"a.yml": HEAD + user("app", (f"%a{number}.example.com" for number in range(size)), ["a.*"])}


def findings(size: int) -> Files:
    """One finding an account, each on a line of its own."""
    return {"a.yml": HEAD + "".join(f"  - {{user: u{number}, hosts: ['%']}}\n" for number in range(size))}


def servers(size: int) -> Files:
    """Playbooks of one kind, each for a server of its own."""
    return {f"service{number}.yml": playbook(number) for number in range(size)}


def playbook(number: int) -> str:
    """Return tasks with two database grants each.

    There is `_` in the names, and there are eight kinds of hosts.
    """
    lines = [f"- hosts: db{number}", "  tasks:"]
    for task, kind in enumerate(HOST_KINDS):
        name = f"service{number}_{task}"
        lines += [
            f"    - community.mysql.mysql_user:\n        name: {name}\n        host: '{kind.format(number, task)}'"
        ]
        lines += [
            f"        priv: 'service_{number}.*:SELECT,INSERT/service_{number}_log.*:INSERT'",
            "        state: present",
        ]
    return "\n".join([*lines, ""])


def hiera(size: int) -> Files:
    """Hiera data: seven users a node, each at several hosts with grants."""
    found: Files = {"site.pp": "include mysql::server\n"}
    for node in range(size):
        users, grants = "mysql::server::users:\n", "mysql::server::grants:\n"
        for number in range(7):
            name = f"'app{number}@10.{node % 200}.{number}.%'"
            users += f"  {name}:\n    ensure: present\n    password_hash: '*{'A1' * 20}'\n"
            grants += f"  {name[:-1]}/shop_{number}.*':\n    user: {name}\n    table: 'shop_{number}.*'\n"
            grants += "    privileges: ['SELECT', 'INSERT']\n"
        found[f"data/nodes/db{node}.yaml"] = users + grants
    return found


def of_format(name: str, file: str) -> Callable[[int], Files]:
    """Return a shape of files of one format, ten accounts each."""

    def files(size: int) -> Files:
        text = of_each_format()[name]
        return {file.format(number): text for number in range(size)}

    return files


def chart(size: int) -> Files:
    """Values and templates of charts.

    Each has a script of its accounts.
    """
    found: Files = {}
    for number in range(size):
        folder = f"charts/shop{number}"
        found[f"{folder}/Chart.yaml"] = f"apiVersion: v2\nname: shop{number}\nversion: 1.0.0\n"
        found[f"{folder}/values.yaml"] = f"auth:\n  username: shop_{number}\n  database: shop_{number}\n  host: '%'\n"
        found[f"{folder}/templates/init.yaml"] = (
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-mysql-init\ndata:\n  init.sql: |\n"
            f"    CREATE USER 'shop{number}'@'10.%' IDENTIFIED BY '{{{{ .Values.auth.password }}}}';\n"
            f"    GRANT SELECT, INSERT ON `shop_{number}`.* TO 'shop{number}'@'10.%';\n"
        )
    return found


def dump(size: int) -> Files:
    """Return a dump of so many thousand INSERT rows.

    Account statements stand at both ends.
    """
    rows = "".join(f"INSERT INTO `orders` VALUES ({number},'it''s {number}');\n" for number in range(1_000))  # noqa: S608 - read, never run
    return {"a.sql": "-- MySQL dump\nCREATE USER a@b;\n" + rows * size + "CREATE USER c@d;\n"}


SHAPES: dict[str, tuple[Callable[[int], Files], int]] = {
    "one user, 10 databases, hosts": (one_user_at_many_hosts, 25),
    "one user, databases": (one_user_at_many_databases, 500),
    "hosts below each other": (hosts_below_each_other, 40),
    "users at 20 hosts, 5 databases": (many_users_at_many_hosts, 125),
    "100 anonymous rows, users": (anonymous_rows, 125),
    "members of a role": (members_of_a_role, 625),
    "grants to absent accounts": (grants_to_absent_accounts, 625),
    "duplicates": (duplicates, 1_250),
    "overlapping name patterns": (overlapping_names, 25),
    "findings": (findings, 1_250),
    "playbooks, a server each": (servers, 25),
    "nodes of Hiera, 7 users each": (hiera, 20),
    "thousand rows of a dump": (dump, 50),
    "charts of Helm": (chart, 25),
    "Terraform files": (of_format("terraform", "db{}/main.tf"), 25),
    "Compose files": (of_format("compose", "shop{}/compose.yml"), 25),
}


def written(folder: Path, files: Files) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def main(names: Sequence[str]) -> None:
    """Measure the shapes whose names hold one of these words.

    All without any.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))  # of each process; the measuring one takes next to none
    for what, (shape, first) in SHAPES.items():
        if names and not any(name in what for name in names):
            continue
        before = 0.0
        for size in (first, 2 * first, 4 * first, 8 * first):
            with tempfile.TemporaryDirectory() as folder:
                spent = cost([GRANTLINT, "--no-config", str(written(Path(folder), shape(size)))])
            ended = "  ended" if spent.seconds >= LIMIT else ""
            grown = f"{spent.seconds / before:6.2f}x" if before else " " * 7
            print(f"{what:<34}{size:>7}{spent.seconds:8.2f} s{grown}{spent.mebibytes:7.0f} MiB{ended}", flush=True)
            before = spent.seconds
            if ended:
                break


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "100")
    main(sys.argv[1:])
