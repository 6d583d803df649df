"""Settings that a script writes into an option file."""

import pytest

from grantlint.model.location import Located, Source
from grantlint.reader.formats.shell.document import read

ANY = "0.0.0.0"  # noqa: S104 - as the files say
ACCOUNT = "mysql -e \"CREATE USER 'app'@'%'\"\n"


def told(text: str, path: str = "setup.sh") -> dict[str, str | None]:
    (found,) = read(Source(path, text))
    settings = found.server.settings if found.server else {}
    return {name: value.value if isinstance(value, Located) else None for name, value in settings.items()}


@pytest.mark.parametrize(
    ("command", "settings"),
    [
        ("sed -i 's/^bind-address.*/bind-address = 0.0.0.0/' /etc/my.cnf", {"bind_address": ANY}),
        ("sudo sed -i.bak -e 's|.*bind-address.*|bind-address=::|g' /etc/mysql/my.cnf", {"bind_address": "::"}),
        (r'sed -ri "s/^(bind-address\s*=\s*).*/\1*/" /etc/mysql/my.cnf', {"bind_address": "*"}),
        (r"sed -i 's/\(bind-address[\t ]*\)=.*/\1= 0.0.0.0/' /etc/my.cnf", {"bind_address": ANY}),
        ("sed -i 's/127.0.0.1/0.0.0.0/g' /etc/mysql/mysql.conf.d/mysqld.cnf", {"bind_address": ANY}),
        ("sed -i 's/^bind-address/#bind-address/' /etc/mysql/my.cnf", {"bind_address": "*"}),
        ("sed -i '/bind-address/s/^/#/' /etc/mysql/my.cnf", {"bind_address": "*"}),
        ("sed -i '/^bind-address/d; /skip-networking/d' /etc/my.cnf", {"bind_address": "*", "skip_networking": "OFF"}),
        (r"sed -i '/\[mysqld\]/a bind-address=10.0.0.3' /etc/my.cnf", {"bind_address": "10.0.0.3"}),
        (r"sed -i '/\[mysqld\]/a\skip-name-resolve' /etc/my.cnf", {"skip_name_resolve": "ON"}),
        (r"sed -i 's/\[mysqld\]/[mysqld]\nskip-name-resolve\nlocal_infile=0/' /etc/my.cnf",
         {"skip_name_resolve": "ON", "local_infile": "0"}),
        ("sed -i -e 's/a/b/' -e 's/#bind-address=.*/bind-address=0.0.0.0/' $MYSQL_CNF", {"bind_address": ANY}),
        ("echo 'bind-address=0.0.0.0' >> /etc/mysql/my.cnf", {"bind_address": ANY}),
        ("printf '[mysqld]\\nskip-name-resolve\\n' | tee -a /etc/a.cnf >/dev/null", {"skip_name_resolve": "ON"}),
        ("cat <<E >/etc/mysql/a.cnf\n[client]\nbind-address=1\n[mysqld]\nbind-address=::1\nE", {"bind_address": "::1"}),
        ("sudo sh -c 'echo bind-address=0.0.0.0 >> /etc/my.cnf'", {"bind_address": ANY}),
        ('BIND=0.0.0.0\nsed -i "s/.*bind-address.*/bind-address = $BIND/" /etc/my.cnf', {"bind_address": ANY}),
        ('sed -i "s/.*bind-address.*/bind-address = $1/" /etc/my.cnf', {"bind_address": None}),
        ("sed -i 's/.*bind-address.*/bind-address=::/' a.cnf\necho bind-address=::1 >>b.cnf", {"bind_address": None}),
        ("echo skip-name-resolve >>a.cnf\nsed -i '/skip-name-resolve/d' a.cnf", {"skip_name_resolve": None}),
    ],
)  # fmt: skip
def test_what_a_command_writes_is_a_setting(command: str, settings: dict[str, str | None]) -> None:
    assert told(f"{command}\n{ACCOUNT}") == settings


@pytest.mark.parametrize(
    "command",
    [
        "sed 's/^bind-address.*/bind-address = 0.0.0.0/' /etc/my.cnf",
        "sed -i 's/^bind-address.*/bind-address = 0.0.0.0/' /etc/redis.conf",
        "sed -i 's/^#bind-address.*/# bind-address/' /etc/my.cnf",
        "sed -i '/^#bind-address/d' /etc/my.cnf",
        "sed -i 's/127.0.0.1/db.internal/' /etc/my.cnf",
        "sed -i 's/bind-address' /etc/my.cnf",
        "sed -i s /etc/my.cnf",
        r"sed -i '/\[client\]/a bind-address=0.0.0.0' /etc/my.cnf",
        "# sed -i 's/.*bind-address.*/bind-address=::/' /etc/my.cnf",
        "echo 'bind-address=0.0.0.0' /etc/my.cnf",
        "echo 'set bind-address in /etc/my.cnf' > /dev/null",
        "echo '[client]\nbind-address=0.0.0.0' > ~/.my.cnf",
        "echo skip-grant-tables >> /etc/my.cnf",
        "if false; then sed -i 's/.*bind-address.*/bind-address=::/' /etc/my.cnf; fi",
    ],
)
def test_what_sets_nothing(command: str) -> None:
    assert told(f"{command}\n{ACCOUNT}") == {}


def test_a_makefile_writes_settings_too() -> None:
    text = f"db:\n\t@echo 'bind-address=$(BIND)' >> /etc/mysql/my.cnf\n\t{ACCOUNT}"
    assert told(text, "Makefile") == {"bind_address": None}
    assert told(f"BIND = 0.0.0.0\n{text}", "Makefile") == {"bind_address": ANY}


def test_a_setting_stands_where_it_is_written() -> None:
    text = f"cat >/etc/my.cnf <<'E'\n[mysqld]\nbind-address=0.0.0.0\nE\n{ACCOUNT}"
    (found,) = read(Source("setup.sh", text))
    assert found.server is not None
    place = found.server.settings["bind_address"].span
    assert text[place.start : place.end] == "bind-address=0.0.0.0"


@pytest.mark.parametrize(
    ("commands", "value"),
    [
        (("sed -i 's/^bind-address/#bind-address/' a.cnf", "echo bind-address=::1 >>a.cnf"), "::1"),
        (
            ("sed -i '/skip-networking/d' a.cnf", "sed -i '/bind-address/d' a.cnf", "echo bind-address=::1 >>a.cnf"),
            "::1",
        ),
        (("echo bind-address=::1 >>a.cnf", "sed -i '/bind-address/d' a.cnf"), None),
        (("sed -i '/bind-address/d' a.cnf", "sed -i '/bind-address/d' b.cnf"), "*"),
    ],
)
def test_what_is_taken_out_may_be_written_anew(commands: tuple[str, ...], value: str | None) -> None:
    assert told("\n".join((*commands, ACCOUNT)))["bind_address"] == value
