"""Modules of Terraform and charts of Helm as they stand in repositories, before anybody fills them in."""

import pytest

from looks import Look

GRANT = 'resource "mysql_grant" "g" {\n  user = "app"\n  host = "10.0.3.7"\n'


def test_a_loop_over_a_variable_that_is_empty_stands_for_one(look: Look) -> None:
    module = (
        'variable "people" {\n  default = []\n}\n'
        "locals {\n  people = { for p in var.people : p.name => p }\n}\n"
        'resource "mysql_user" "each" {\n  for_each = local.people\n  user = each.value.name\n  host = "%"\n}\n'
    )
    seen = look({"main.tf": module})
    assert seen.declared == ["?@%"]
    assert seen.counted


def test_roles_that_nobody_knows_hide_no_privileges(look: Look) -> None:
    body = '  database = "shop"\n  privileges = var.p.privileges\n  roles = var.p.roles\n}\n'
    seen = look({"main.tf": f'variable "p" {{}}\n{GRANT}{body}resource "mysql_user" "z" {{\n  user = "z"\n}}\n'})
    assert seen.declared == ["? ON shop.* TO app@10.0.3.7", "? TO app@10.0.3.7", "z@localhost"]
    known = look({"main.tf": f'{GRANT}  privileges = ["ALL"]\n  roles = ["clerk"]\n}}\n'})
    assert not known.of("all-privileges-global")


def test_a_grant_on_a_database_that_is_made_is_mended_in_the_grant(look: Look) -> None:
    made = 'resource "mysql_database" "app" {\n  name = "app_db"\n}\n'
    grant = f'{GRANT}  database = mysql_database.app.name\n  privileges = ["SELECT"]\n}}\n'
    seen = look({"main.tf": made + grant}, "--profile", "pedantic")
    assert seen.of("grant-underscore-unescaped") == ["main.tf:7"]
    assert r'Write replace(mysql_database.app.name, "_", "\\_") here' in seen.messages


def test_an_object_whose_group_is_a_template_is_told_by_its_fields(look: Look) -> None:
    chart = (
        "apiVersion: {{ .Values.group }}/v1alpha1\nkind: User\nmetadata:\n  name: app\nspec:\n"
        '  mariaDbRef:\n    name: mariadb\n  name: app\n  host: "%"\n'
        "---\napiVersion: {{ .Values.group }}/v1alpha1\nkind: Grant\nmetadata:\n  name: app\nspec:\n"
        '  mariaDbRef:\n    name: mariadb\n  privileges: [ALL]\n  database: "*"\n  table: "*"\n  username: app\n'
    )
    assert look({"templates/db.yaml": chart}).declared == ["ALL ON *.* TO app@%", "app@%"]
    other = chart.replace("mariaDbRef", "otherRef")
    assert look({"templates/db.yaml": other}).declared == []


@pytest.mark.parametrize(
    ("sign", "script"),
    [
        ("__{}__", 'sed -e "s|__ADMIN__|$A|g; s|__HOST__|$H|g" i.sql | mysql\n'),
        ("%%{}%%", "perl -pe 's/%%ADMIN%%/$ENV{A}/; s/%%HOST%%/$ENV{H}/' i.sql | mysql\n"),
    ],
)
def test_words_in_signs_that_a_script_replaces_are_not_known(sign: str, script: str, look: Look) -> None:
    statement = f"GRANT ALL ON *.* TO '{sign.format('ADMIN')}'@'{sign.format('HOST')}';\n"
    assert look({"i.sql": statement, "x.sh": script}).declared == ["ALL ON *.* TO ?@?"]


def test_words_in_signs_that_nobody_replaces_are_names(look: Look) -> None:
    files = {"i.sql": "GRANT ALL ON *.* TO '__ADMIN__'@'__HOST__';\n", "x.sh": "mysql < i.sql\n"}
    assert look(files).declared == ["ALL ON *.* TO __ADMIN__@__HOST__"]
