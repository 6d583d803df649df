"""Files to measure with: made, not collected, and the same on every run.

As a script it writes them all into a folder, in a process of its own: what the measuring process holds in memory
would count as the peak of every process that it starts.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

MODULE = "community.mysql.mysql_user"


def small_policy(folder: Path) -> Path:
    """One clean file with three accounts."""
    file = folder / "small.yml"
    file.write_text(policy(3), encoding="utf-8")
    return file


def playbooks(folder: Path, count: int = 200, tasks: int = 8) -> Path:
    """Make a folder of playbooks with account tasks.

    They are as people write them.
    """
    target = folder / "playbooks"
    target.mkdir(exist_ok=True)
    for number in range(count):
        lines = ["- name: Accounts", "  hosts: db", "  become: true", "  tasks:"]
        for task in range(tasks):
            lines += [
                f"    - name: Account {task} of service {number}",
                f"      {MODULE}:",
                f"        name: service{number}_{task}",
                f"        host: 10.{number}.{task}.%",
                f'        password: "{{{{ vault_service{number}_{task} }}}}"',
                f"        priv: service{number}.*:SELECT,INSERT,UPDATE,DELETE",
                "        state: present",
                "      no_log: true",
                "",
            ]
        (target / f"service{number}.yml").write_text("\n".join(lines), encoding="utf-8")
    return target


def compose_files(folder: Path, count: int = 200) -> Path:
    """Make a folder of Compose files.

    Each has an application and its database.
    """
    target = folder / "compose"
    target.mkdir(exist_ok=True)
    for number in range(count):
        lines = ["services:", "  web:", f"    image: registry.example.com/shop{number}:1.0", "    ports: ['8080:80']"]
        lines += ["    depends_on: [db]", "    environment:", "      DB_HOST: db", f"      DB_USER: shop{number}"]
        lines += ["  db:", f"    image: mysql:8.{number % 2 * 4}", "    restart: always", "    environment:"]
        lines += [f"      MYSQL_DATABASE: shop_{number}", f"      MYSQL_USER: shop{number}"]
        lines += ["      MYSQL_PASSWORD: ${SHOP_PASSWORD}", "      MYSQL_ROOT_PASSWORD: ${ROOT_PASSWORD:?}"]
        lines += ["    command: --skip-name-resolve --bind-address=0.0.0.0", "    volumes: ['data:/var/lib/mysql']"]
        (target / f"service{number}.yml").write_text("\n".join([*lines, "volumes: {data: {}}", ""]), encoding="utf-8")
    return target


def option_files(folder: Path, count: int = 200) -> Path:
    """Make a folder of option files of servers."""
    target = folder / "options"
    target.mkdir(exist_ok=True)
    for number in range(count):
        lines = ["[client]", "port = 3306", "", "[mysqld]", "# Networking", f"bind-address = 10.0.0.{number}"]
        lines += ["skip-name-resolve", *(f"innodb_setting_{each} = {each}M  # tuned" for each in range(30))]
        (target / f"server{number}.cnf").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return target


_KINDS = ("yml", "py", "md", "json", "go", "yaml", "ts", "txt", "sql", "html", "js", "css", "tf", "java", "sh")
_WORDS = [*"the server reads its values from a file and writes them to a table before the next request".split()]  # noqa: SIM905 - prose


def without_accounts(target: Path, kinds: Sequence[str] = _KINDS, count: int = 10_000) -> Path:
    """Make a tree of files of 4 KB without accounts.

    They are as repositories hold them, by default a third of them of kinds that are read. One in fifty has the word
    `mysql` in it.
    """
    for number in range(count):
        place = target / f"part{number // 500}" / f"module{number // 25 % 20}"
        place.mkdir(parents=True, exist_ok=True)
        lines = [
            f"key{line}: " + " ".join(_WORDS[(number * 7 + line * word) % len(_WORDS)] for word in range(8))
            for line in range(20 + number * 13 % 140)
        ]
        lines += ["# mysql is elsewhere"] if number % 50 == 0 else []
        (place / f"file{number}.{kinds[number % len(kinds)]}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def policy(accounts: int) -> str:
    """Return a policy of so many accounts.

    Most have a host value of their own, and a few are anonymous.
    """
    lines = ["server: {name: big, product: mysql-8.4}", "users:"]
    for number in range(accounts):
        if number % 5000 == 4999:  # noqa: PLR2004 - one in five thousand
            lines += [
                "  - user: ''",
                f"    host: host{number}.example.com",
                "    authentication: {secret: vault:nobody}",
            ]
            continue
        host = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" if number % 3 else f"10.{number % 250}.%"
        lines += [
            f"  - user: user{number}",
            f"    host: '{host}'",
            f"    authentication: {{secret: vault:db/user{number}}}",
            f"    grants: [{{privileges: [SELECT, INSERT], target: 'app{number % 500}.*'}}]",
        ]
    return "\n".join(lines) + "\n"


def one_user(addresses: int) -> str:
    """Return a policy of one user with so many addresses.

    There are some patterns over them, and an anonymous row.
    """
    lines = ["server: {name: one, product: mysql-8.4}", "users:"]
    hosts = [f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in range(addresses)]
    hosts += [f"10.0.{n}.%" for n in range(0, addresses >> 8, 2)] + ["10.0.%", "%.example.com"]
    for host in hosts:
        lines += ["  - user: app", f"    host: '{host}'", "    authentication: {secret: vault:db/app}"]
    lines += ["  - user: ''", "    host: '10.0.3.%'", "    authentication: {secret: vault:db/nobody}"]
    return "\n".join(lines) + "\n"


def many_anonymous(anonymous: int, users: int) -> str:
    """Return a policy of anonymous rows beside users with one host each."""
    lines = ["server: {name: crowd, product: mysql-8.4}", "users:"]
    for number in range(anonymous):
        host = f"10.{number >> 8}.{number & 255}.%" if number % 2 else f"host{number}.example.com"
        lines += ["  - user: ''", f"    host: '{host}'", "    authentication: {secret: vault:db/nobody}"]
    for number in range(users):
        host = f"10.{number >> 8 & 255}.{number & 255}.7" if number % 2 else f"%.zone{number}.example.com"
        lines += [
            f"  - user: user{number}",
            f"    host: '{host}'",
            f"    authentication: {{secret: vault:db/u{number}}}",
        ]
    return "\n".join(lines) + "\n"


_SQL = """CREATE USER 'app{n}'@'10.{n}.%' IDENTIFIED BY '${PASSWORD}' REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE ON `shop{n}`.* TO 'app{n}'@'10.{n}.%';
"""
_MANIFEST = """apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata: {name: app{n}}
spec: {mariaDbRef: {name: db}, host: 10.{n}.%, maxUserConnections: 20}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
metadata: {name: app{n}}
spec:
  {mariaDbRef: {name: db}, privileges: [SELECT, INSERT], database: shop{n}, table: "*", username: app{n}}
---
"""
_HCL = """resource "mysql_user" "app{n}" {
  user               = "app{n}"
  host               = "10.{n}.%"
  plaintext_password = var.password
}
resource "mysql_grant" "app{n}" {
  user       = mysql_user.app{n}.user
  host       = mysql_user.app{n}.host
  database   = "shop{n}"
  privileges = ["SELECT", "INSERT"]
}
"""
_PUPPET = """mysql_user { 'app{n}@10.{n}.%': ensure => present, password_hash => mysql_password($password) }
mysql_grant { 'app{n}@10.{n}.%/shop{n}.*':
  user => 'app{n}@10.{n}.%', table => 'shop{n}.*', privileges => ['SELECT', 'INSERT'],
}
"""
_STATE = """app{n}:
  mysql_user.present:
    - host: 10.{n}.%
    - password: {{ pillar['password'] }}
  mysql_grants.present:
    - {grant: "SELECT,INSERT", database: shop{n}.*, user: app{n}, host: 10.{n}.%}
"""
_TASK = """- name: Account {n}
  community.mysql.mysql_user:
    name: app{n}
    host: 10.{n}.%
    password: "{{ vault_app{n} }}"
    priv: shop{n}.*:SELECT,INSERT
"""
_SERVICE = """  db{n}:
    image: mysql:8.4
    environment: {MYSQL_ROOT_PASSWORD: "${ROOT:?}", MYSQL_USER: app{n}, MYSQL_PASSWORD: "${APP:?}"}
"""
_CALL = """if [ "$1" = app{n} ]; then  # don't forget
  mysql -u root -p"$ROOT" -e "CREATE USER 'app{n}'@'10.{n}.%' IDENTIFIED BY '$APP'"
  mysql -u root <<EOSQL
GRANT SELECT, INSERT ON \\`shop{n}\\`.* TO 'app{n}'@'10.{n}.%';
EOSQL
fi
"""


def of_each_format(accounts: int = 10) -> dict[str, str]:
    """Return a file of each format with so many accounts.

    They are as people write them.
    """

    def repeated(piece: str, beginning: str = "") -> str:
        return beginning + "".join(piece.replace("{n}", str(number)) for number in range(accounts))

    return {
        "ansible": repeated(_TASK),
        "policy": policy(accounts),
        "compose": repeated(_SERVICE, "services:\n"),
        "kubernetes": repeated(_MANIFEST),
        "salt": repeated(_STATE),
        "terraform": repeated(_HCL),
        "sql": repeated(_SQL),
        "shell": repeated(_CALL, "#!/bin/bash\nset -eu\n"),
        "puppet": repeated(_PUPPET),
        "mycnf": repeated("# {n}\nmax_connections = {n}\n", "[mysqld]\nskip-name-resolve\nbind-address = ::\n"),
        "yaml": repeated(_SQL.replace("\n", "\n    "), "initdbScripts:\n  a.sql: |\n    "),
    }


def write(folder: Path) -> None:
    """Write every corpus into the folder."""
    small_policy(folder)
    playbooks(folder)
    compose_files(folder)
    option_files(folder)
    without_accounts(folder / "tree")
    without_accounts(folder / "yaml", ("yml",))
    for accounts in (2_000, 10_000, 20_000, 100_000):
        (folder / f"policy{accounts}.yml").write_text(policy(accounts), encoding="utf-8")
    (folder / "one.yml").write_text(one_user(20_000), encoding="utf-8")
    (folder / "crowd.yml").write_text(many_anonymous(1_000, 10_000), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
