"""Option files: which settings they state, of which product, and where."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.model import ServerFacts
from grantlint.model.location import Located, Source, Unresolved
from grantlint.reader.files.formats import format_named
from grantlint.reader.formats.mycnf import document
from grantlint.reader.formats.mycnf.document import MAX_FILES, read
from grantlint.reader.tree.surroundings import Found
from grantlint.reader.tree.surroundings import read as read_found


def facts(text: str, path: str = "my.cnf") -> ServerFacts | None:
    found = read(Source(path, text, (os.path.realpath(os.path.dirname(path)),)))
    assert all(one.only_settings and not one.accounts for one in found)
    return found[0].server if found else None


def settings(text: str, path: str = "my.cnf") -> dict[str, str]:
    """Return the settings by name; `?` and the reason stand for what is unresolved."""
    found = facts(text, path)
    if found is None:
        return {}
    return {
        name: value.value if isinstance(value, Located) else f"? {value.reason}"
        for name, value in found.settings.items()
    }


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("skip-name-resolve", "skip_name_resolve", "ON"),
        ("skip_name_resolve", "skip_name_resolve", "ON"),
        ("SKIP-NAME-RESOLVE", "skip_name_resolve", "ON"),
        ("  skip-name-resolve  # no DNS here", "skip_name_resolve", "ON"),
        ("skip-name-resolve=0", "skip_name_resolve", "0"),
        ("skip_name_resolve = OFF", "skip_name_resolve", "OFF"),
        ("loose-skip-name-resolve", "skip_name_resolve", "ON"),
        ("loose_partial_revokes=ON", "partial_revokes", "ON"),
        ("skip-partial-revokes", "partial_revokes", "OFF"),
        ("disable_partial-revokes", "partial_revokes", "OFF"),
        ("enable-partial-revokes", "partial_revokes", "ON"),
        ("skip-require-secure-transport=0", "require_secure_transport", "ON"),
        ("bind-address = 10.0.0.0", "bind_address", "10.0.0.0"),
        ("bind_address='10.0.0.1' # inside", "bind_address", "10.0.0.1"),
        ('bind-address="::1"', "bind_address", "::1"),
        ("bind-address=*", "bind_address", "*"),
        ("default-authentication-plugin=mysql_native_password", "default_authentication_plugin",
         "mysql_native_password"),
        ("authentication_policy = caching_sha2_password,,", "authentication_policy", "caching_sha2_password,,"),
        ("lower_case_table_names=1", "lower_case_table_names", "1"),
        ("mandatory_roles='`r1`@`%`,r2'", "mandatory_roles", "`r1`@`%`,r2"),
        ("activate_all_roles_on_login", "activate_all_roles_on_login", "ON"),
        ("sql-mode=", "sql_mode", ""),
        ("bind-address = {{ ip }}", "bind_address", "? a template"),
        ("bind-address = <%= @ip %>", "bind_address", "? a template"),
        ("bind-address = ${IP}", "bind_address", "? a template"),
        ("bind-address = @@IP@@", "bind_address", "? a template"),
    ],
)  # fmt: skip
def test_an_option_is_a_setting_in_each_spelling(line: str, name: str, value: str) -> None:
    assert settings(f"[mysqld]\n{line}\n") == {name: value}
    assert settings(f"# x\r\n[mysqld]\r\n{line}\r\n") == {name: value}


def test_the_place_is_the_option_without_its_comment() -> None:
    text = "[client]\nport=3306\n\n[mysqld]\n  bind-address = '10.0.0.1'  # inside\nskip-name-resolve # x\n"
    found = facts(text)
    assert found is not None
    places = [value.span for value in found.settings.values()]
    assert [text[place.start : place.end] for place in places] == ["bind-address = '10.0.0.1'", "skip-name-resolve"]
    assert found.span == places[0]


@pytest.mark.parametrize("group", ["mysqld", "server", "mariadb", "mariadbd", "client-server", "galera", "MYSQLD"])
def test_groups_that_servers_read(group: str) -> None:
    assert settings(f"[{group}]\nskip-name-resolve\n") == {"skip_name_resolve": "ON"}


@pytest.mark.parametrize("group", ["client", "mysql", "mysqldump", "mysqld_safe", "mysqld1", "{{ g }}", "mysqld"])
def test_other_groups_are_passed_over(group: str) -> None:
    comment = "#" if group == "mysqld" else ""
    assert settings(f"[{group}]\n{comment}skip-name-resolve\n;skip-name-resolve\n") == {}


def test_the_last_of_two_counts_in_one_file() -> None:
    text = "[mysqld]\nskip-name-resolve\n[client]\nx=1\n[mysqld]\nskip-name-resolve=0\nbind-address=a\nbind-address=b\n"
    assert settings(text) == {"skip_name_resolve": "0", "bind_address": "b"}


@pytest.mark.parametrize(
    "text",
    [
        "{% if x %}\nskip-name-resolve\n{% endif %}\n",
        "{%- for o in x %}\n{{ o }}\nskip-name-resolve\n{% endfor %}\n",
        "{% if x %}skip-name-resolve{% endif %}\n",
        "<% if @x -%>\nskip-name-resolve\n<% end -%>\n",
        "<% @o.each do |o| -%>\nskip-name-resolve\n<% end -%>\n",
        "{{- if .x }}\nskip-name-resolve\n{{- end }}\n",
        "skip-name-resolve=0\n{% if x %}\nskip-name-resolve\n{% endif %}\n",
    ],
)
def test_what_a_template_may_leave_out_is_unresolved(text: str) -> None:
    found = settings(f"[mysqld]\n{text}bind-address=x\n")
    assert found.pop("bind_address") == "x"
    if found:  # an option on one line with its condition is not seen as one
        assert found == {"skip_name_resolve": "? a template decides whether it is there"}


def test_template_comments_say_nothing() -> None:
    assert settings("[mysqld]\n{# skip-name-resolve\n{% if %} #}\n<%# if x %>\nbind-address=x\n") == {
        "bind_address": "x"
    }


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("[mysqld]\n", None),
        ("[mysqld-8.4]\n", "mysql-8.4"),
        ("[mysqld]\n[mysqld-5.7]\n[mysqld-8.0]\n", None),
        ("[mariadb]\n", "mariadb"),
        ("[mysqld]\n[mariadb]\n[mariadb-10.11]\n", "mariadb-10.11"),
        ("[mysqld-10.6]\n", "mariadb-10.6"),
        ("[mysqld-8.4]\n[mariadb]\n", None),
        ("[mysqld-3.23]\n", None),
    ],
)
def test_groups_tell_the_product(text: str, product: str | None) -> None:
    found = facts(f"{text}[server]\nskip-name-resolve\n")
    assert found is not None
    assert (found.product.value if isinstance(found.product, Located) else None) == product


def test_what_one_version_alone_reads_is_unresolved() -> None:
    assert settings("[mysqld-8.0]\nskip-name-resolve\n") == {"skip_name_resolve": "? only version 8.0 reads its group"}


def test_included_files_are_read_where_they_are_included_and_lie_in_the_tree(tmp_path: Path) -> None:
    tree = tmp_path / "project"
    (tree / "conf.d").mkdir(parents=True)
    (tree / "conf.d" / "b.cnf").write_text("[mysqld]\nbind-address=b\n!include ../my.cnf\n", encoding="utf-8")
    (tree / "conf.d" / "a.cnf").write_text("[mysqld]\nbind-address=a\nsql_mode=ANSI\n", encoding="utf-8")
    (tree / "conf.d" / "notes.txt").write_text("[mysqld]\nbind-address=t\n", encoding="utf-8")
    (tree / "conf.d" / "bad.cnf").write_bytes(b"[mysqld]\n\xff\xfe")
    (tmp_path / "outside.cnf").write_text("[mysqld]\nskip-name-resolve\n", encoding="utf-8")
    text = (
        "[mysqld]\nbind-address=first\nsql_mode=x\n!includedir conf.d\n!include ../outside.cnf\n!include missing.cnf\n"
        "!include /etc/mysql/other.cnf\n{% if x %}\n!include conf.d/a.cnf\n{% endif %}\n"
    )
    (tree / "my.cnf").write_text(text, encoding="utf-8")
    found = facts(text, str(tree / "my.cnf"))
    assert found is not None
    assert settings(text, str(tree / "my.cnf")) == {"bind_address": "b", "sql_mode": "ANSI"}
    assert Path(found.settings["bind_address"].span.source.path).name == "b.cnf"


def test_files_that_include_each_other_without_end_are_counted_and_no_value_of_theirs_is_known(tmp_path: Path) -> None:
    text = "[mysqld]\nskip-name-resolve\n" + "".join(f"!include f{number}.cnf\n" for number in range(7))
    for number in range(7):
        (tmp_path / f"f{number}.cnf").write_text(text, encoding="utf-8")
    (found,) = read(Source(str(tmp_path / "f0.cnf"), text, (str(tmp_path.resolve()),)))
    reason = f"more than {MAX_FILES} files are included"
    assert settings(text, str(tmp_path / "f0.cnf")) == {"skip_name_resolve": f"? {reason}"}
    assert [one.why for one in found.not_checked] == [f"more than {MAX_FILES} are read"]


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("my.cnf", "[mysqld]\n", True),
        ("my.cnf.j2", "{{ x }}\n[mysqld-8.4]\n", True),
        ("openssl.cnf", "[req]\ndefault_bits=2048\n", False),
        ("my.cnf", "[client]\nuser=root\n", False),
    ],
)
def test_option_files_of_servers_are_told_from_others(path: str, text: str, claimed: bool) -> None:  # noqa: FBT001 - a table
    known = format_named("mycnf")
    assert known is not None
    assert known.claims(path, text) is claimed
    assert path.endswith(known.suffixes)


PIECES = st.sampled_from(
    ["[mysqld]\n", "[", "]", "skip-name-resolve", "=", "bind-address = ", "'", '"', "#", "{% if %}", "{{", "}}", "<%=",
     "\n", "\r\n", "!include x\n", "!includedir", "é", "{#", "#}", " ", "[mysqld-8.0]\n", "sql_mode"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    found = facts("[mysqld]\n" + text)
    for value in found.settings.values() if found else ():
        assert 0 <= value.span.start < value.span.end <= len(text) + 9
        assert isinstance(value, Unresolved) or "\n" not in value.value


def test_files_that_include_each_other_are_read_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    includes = "".join(f"!include f{number}.cnf\n" for number in range(40))
    for number in range(40):
        (tmp_path / f"f{number}.cnf").write_text(f"[mysqld]\nskip-name-resolve\n{includes}", encoding="utf-8")
    opened: list[str] = []

    def noting(found: Found) -> Source:
        opened.append(found.path)
        return read_found(found)

    monkeypatch.setattr(document, "read_found", noting)
    text = (tmp_path / "f0.cnf").read_text(encoding="utf-8")
    for _ in range(3):
        (declarations,) = document.read(Source(str(tmp_path / "f0.cnf"), text, (str(tmp_path.resolve()),)))
        assert [one.why for one in declarations.not_checked] == ["more than 500 are read"]
    assert len(opened) == len(set(opened)) <= 40
