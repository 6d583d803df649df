"""What other files of the tree say of the words in one: values of a role, and scripts that replace placeholders."""

import pytest

from looks import Look

TASK = (
    "- name: set the password\n  ansible.builtin.shell: >\n"
    "    mysql -u root -NBe \"ALTER USER 'root'@'localhost' IDENTIFIED BY '{{ db_password }}';\"\n"
)
MODULE = "- mysql_user: name=z host=h password={{ vault_z }}\n"


@pytest.mark.parametrize("more", ["", MODULE])
def test_a_password_of_the_defaults_that_a_shell_task_names(more: str, look: Look) -> None:
    seen = look({"tasks/main.yml": TASK + more, "defaults/main.yml": "db_password: sesame\n"})
    assert seen.of("plain-text-password") == ["defaults/main.yml:1"]
    assert "sesame" not in seen.messages


@pytest.mark.parametrize(
    ("files", "vars"),
    [
        ({"defaults/main.yml": "db_password: '{{ vault_pw }}'\n"}, ""),
        ({"defaults/main.yml": "db_password: a\n", "vars/main.yml": "db_password: b\n"}, ""),
        ({"defaults/main.yml": "db_password: a\n"}, "  vars:\n    db_password: '{{ other }}'\n"),
    ],
)
def test_a_password_that_may_be_another_is_not_told(files: dict[str, str], vars: str, look: Look) -> None:  # noqa: A002 - Ansible's word
    seen = look({"tasks/main.yml": TASK + vars, **files})
    assert not seen.of("plain-text-password")


SQL = (
    "CREATE USER 'XX_DB_USER'@'XX_HOST' IDENTIFIED BY 'XX_DB_PASSWD';\n"
    "GRANT ALL ON *.* TO 'XX_ADMIN'@'localhost' WITH GRANT OPTION;\n"
    "GRANT SELECT ON XX_DB_NAME.* TO 'XX_DB_USER'@'XX_HOST';\n"
)
REPLACING = (
    "perl -pi -e 's#{0}DB_USER#$ENV{{U}}#g; s|{0}HOST|h|; s#{0}DB_PASSWD#p#g; s#{0}ADMIN#a#; s#{0}DB_NAME#d#' x.sql\n"
)


@pytest.mark.parametrize("place", ["install.sh", "../install.sh", "Makefile"])
def test_placeholders_that_a_script_of_the_tree_replaces_are_not_known(place: str, look: Look) -> None:
    files = {"db/init.sql": SQL, f"db/{place}": REPLACING.format("XX_")}
    seen = look(files)
    assert not seen.findings
    assert seen.counted


def test_words_in_capitals_that_nothing_replaces_are_names(look: Look) -> None:
    seen = look({"db/init.sql": SQL, "db/run.sh": "mysql < init.sql\n"})
    assert "XX_DB_USER@XX_HOST" in seen.declared
    assert seen.of("password-equals-user")


def test_a_prefix_that_says_placeholder_is_enough(look: Look) -> None:
    assert not look({"init.sql": SQL.replace("XX_", "PH_")}).findings


def test_words_in_capitals_within_braces_are_placeholders(look: Look) -> None:
    braced = SQL.replace("XX_DB_NAME", "{DB_NAME}").replace("XX_DB_USER", "{DB_USER}").replace("XX_HOST", "{DB_HOST}")
    seen = look({"init.sql": braced.replace("XX_DB_PASSWD", "{DB_PASSWD}").replace("XX_ADMIN", "{DB_ADMIN}")})
    assert not seen.findings
    assert seen.counted
