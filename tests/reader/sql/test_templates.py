"""SQL files that are templates: what controls them, what they bring in, which branch takes what away."""

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.reader.sql.document import read
from grantlint.servers.grouping import group


def declarations(text: str) -> Declarations:
    (found,) = read(Source("init.sql.tpl", text))
    return found


def accounts(text: str) -> list[str]:
    return [str(account) for account in declarations(text).accounts]


def not_checked(text: str) -> list[str]:
    return [why for _, why, _ in declarations(text).not_checked]


@pytest.mark.parametrize(
    "control",
    [
        "{{- end }}",
        "{{ end -}}",
        "{{- else }}",
        "{{- if .Values.metrics.enabled }}",
        '{{- if (and (hasKey .Values "a") (eq .Values.b "c")) }}',
        "{{ else if not .b }}",
        "{{- range $user, $values := .Values.users }}",
        "{{- with .Values.user }}",
        "{{- $user := default $user $values.name }}",
        "{{- $user = .b }}",
        "{{/* GRANT, it's a comment */}}",
        "{{- /* one\n of two lines */ -}}",
        "{% if a %}",
        "<% end %>",
    ],
)
def test_what_controls_a_template_is_no_part_of_the_next_statement(control: str) -> None:
    for text in (
        f"{control}\n\nALTER USER 'a'@'h' PASSWORD EXPIRE;",
        f"SET @x = 1;\n  {control} ALTER USER a@h PASSWORD EXPIRE;",
    ):
        assert accounts(text) == ["'a'@'h'"]
        assert not_checked(text) == []


@pytest.mark.parametrize("template", ['{{ include "grants" . }}', "{{- .Values.sql -}}", "${MORE_SQL}", "<%= more %>"])
def test_a_template_on_a_line_of_its_own_is_counted_and_the_next_statement_read(template: str) -> None:
    text = f"CREATE USER 'a'@'h';\n  {template}\nCREATE USER 'b'@'h';\n{template};CREATE USER 'c'@'h';"
    assert accounts(text) == ["'a'@'h'", "'b'@'h'", "'c'@'h'"]
    assert not_checked(text) == ["a template by itself may bring statements"] * 2


def test_a_template_on_a_line_of_its_own_within_a_statement_is_part_of_it() -> None:
    found = declarations(
        "GRANT SELECT ON db.* TO\n  {{ .user }}\n  IDENTIFIED BY 'x';\nCREATE USER\n{{ include `b` . }};"
    )
    assert len(found.accounts) == 2
    assert not found.not_checked


def test_a_choice_between_words_of_a_statement_is_not_checked_and_no_fault() -> None:
    for control in ("{% if a %}", "{% else %}", "{% endif %}"), ("{{ if .a }}", "{{ else }}", "{{ end }}"):
        text = "GRANT SELECT ON *.* TO {}'a'{}'b'{}@'h'; CREATE USER 'c'@'h';".format(*control)
        found = declarations(text)
        assert not found.faults
        assert len(found.not_checked) == 1
        assert [str(account) for account in found.accounts] == ["'c'@'h'"]


BRANCHES = [
    ("{{- if .a }}", "{{- else }}", "{{- end }}"),
    ("{{- with .a }}", "{{- else if .b }}", "{{- end }}"),
    ("{% if a %}", "{% else %}", "{% endif %}"),
    ("{% for a in b %}", "{%- else -%}", "{%- endfor -%}"),
    ("<% if @a -%>", "<% else -%>", "<% end -%>"),
    ("<% if $a { -%>", "<% } else { -%>", "<% } -%>"),
]


@pytest.mark.parametrize(("first", "other", "end"), BRANCHES)
def test_what_one_branch_takes_away_the_other_still_makes(first: str, other: str, end: str) -> None:
    text = f"""
        {first}
        CREATE USER IF NOT EXISTS 'm'@'h' WITH MAX_USER_CONNECTIONS 5;
        GRANT PROCESS ON *.* TO 'm'@'h';
        {other}
        DROP USER IF EXISTS 'm'@'h';
        {end}
        """
    found = declarations(text)
    assert [str(account) for account in found.accounts] == ["'m'@'h'"]
    assert len(found.grants) == 1
    assert found.removals == 1
    assert not found.not_checked


@pytest.mark.parametrize(("first", "other", "end"), BRANCHES)
def test_what_is_made_again_in_the_branch_that_drops_it_is_declared_once(first: str, other: str, end: str) -> None:
    drop = "DROP USER IF EXISTS 'm'@'h'; CREATE USER 'm'@'h';"
    assert accounts(f"{first} {drop} {end}") == ["'m'@'h'"]
    assert accounts(f"{first} {drop} DROP USER 'm'@'h'; {other} {end} CREATE USER x@h;") == ["'x'@'h'"]


@pytest.mark.parametrize(
    "taken",
    [
        "DROP USER 'a'@'h'",
        "REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'a'@'h'",
        "REVOKE SELECT ON db.* FROM 'a'@'h'",
        "RENAME USER 'a'@'h' TO 'b'@'h'",
        "DELETE FROM mysql.user WHERE User = 'a'",
    ],
)
def test_what_a_condition_may_take_away_stays_and_is_counted(taken: str) -> None:
    made = "CREATE USER 'a'@'h'; GRANT SELECT ON db.* TO 'a'@'h';"
    for text in (
        f"{made} {{{{ if .gone }}}} {taken}; {{{{ end }}}}",
        f"{{% if a %}} {made} {{% endif %}} {{% if b %}} {taken}; {{% endif %}}",
    ):
        found = declarations(text)
        assert [str(account) for account in found.accounts] == ["'a'@'h'"]
        assert len(found.grants) == 1
        assert [why for _, why, _ in found.not_checked] == [
            "a condition of the template decides whether it has an effect"
        ]
    assert not declarations(f"{made} {taken}; {{% if c %}} SELECT 1; {{% endif %}}").not_checked


def test_what_is_made_in_one_branch_is_gone_where_all_of_it_is_dropped() -> None:
    assert accounts("{{ if .a }} CREATE USER 'a'@'h'; {{ end }} DROP USER 'a'@'h'; CREATE USER x@h;") == ["'x'@'h'"]


@pytest.mark.parametrize("if_not_exists", ["", "IF NOT EXISTS "])
def test_an_account_of_two_branches_is_declared_once_and_the_other_counted(if_not_exists: str) -> None:
    text = (
        f"{{% if a %}} CREATE USER {if_not_exists}'a'@'h' REQUIRE SSL; {{% else %}}"
        f" CREATE USER {if_not_exists}'a'@'h' REQUIRE X509; {{% endif %}}"
    )
    assert accounts(text) == ["'a'@'h'"]
    assert len(not_checked(text)) == 1


def test_an_account_that_is_there_already_is_declared_twice_in_a_branch_too() -> None:
    assert accounts("CREATE USER 'a'@'h'; {% if a %} CREATE USER 'a'@'h'; {% endif %}") == ["'a'@'h'"] * 2


def test_a_bare_template_may_bring_the_host_and_a_quoted_one_is_a_user() -> None:
    text = "CREATE USER {{ a }};\nGRANT SELECT ON d.* TO {{ a }};\nCREATE USER '{{ b }}';\nCREATE USER {{ c }}@h;\n"
    assert accounts(text) == ["{{ a }}@{{ a }}", "{{ b }}@'%'", "{{ c }}@'h'"]
    (server,) = group([declarations(text)])
    assert server.grantees == ()
    assert [len(account.grants) for account in server.accounts] == [1, 0, 0]
