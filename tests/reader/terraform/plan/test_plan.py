import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damage import damaged
from draws import examples
from grantlint.model import Secrecy
from grantlint.model.location import Located, Source, Span, Unresolved
from grantlint.reader.files.formats import format_named
from grantlint.reader.formats.terraform.plan.document import read
from grantlint.servers.grouping import group
from told import text_told

PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.9.0",
    "variables": {"db_password": {"value": "hunter2"}},
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": 'mysql_user.app["a"]',
                    "mode": "managed",
                    "type": "mysql_user",
                    "name": "app",
                    "index": "a",
                    "values": {"user": "app", "host": "10.%", "plaintext_password": "hunter2", "tls_option": "NONE"},
                    "sensitive_values": {"plaintext_password": True},
                },
                {
                    "address": "mysql_grant.app",
                    "mode": "managed",
                    "type": "mysql_grant",
                    "values": {
                        "user": "app",
                        "host": "10.%",
                        "database": "shop",
                        "table": "*",
                        "privileges": ["SELECT", "INSERT"],
                        "roles": None,
                        "role": None,
                        "grant": True,
                    },
                },
                {
                    "address": "aws_db_instance.a",
                    "mode": "managed",
                    "type": "aws_db_instance",
                    "values": {"username": "root"},
                },
            ],
            "child_modules": [
                {
                    "address": "module.db",
                    "resources": [
                        {
                            "address": "module.db.mysql_user.ops",
                            "mode": "managed",
                            "type": "mysql_user",
                            "values": {"host": "%"},
                        }
                    ],
                }
            ],
        }
    },
    "resource_changes": [
        {
            "address": "mysql_user.old",
            "type": "mysql_user",
            "change": {"actions": ["delete"], "before": {"user": "old"}},
        },
        {"address": "mysql_user.new", "type": "mysql_user", "change": {"actions": ["delete", "create"]}},
        {
            "address": "module.db.mysql_user.ops",
            "type": "mysql_user",
            "change": {"actions": ["create"], "after_unknown": {"user": True, "id": True}},
        },
    ],
    "configuration": {
        "root_module": {
            "module_calls": {
                "db": {
                    "module": {
                        "resources": [{"address": "mysql_user.ops", "provider_config_key": "module.db:mysql.second"}]
                    }
                }
            },
            "resources": [{"address": "mysql_user.app", "provider_config_key": "mysql"}],
        }
    },
}


def written(span: Span) -> str:
    return span.source.text[span.start : span.end]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_plan_is_fully_resolved_and_each_leaf_has_its_place(indent: int | None) -> None:
    text = json.dumps(PLAN, indent=indent)
    first, second = group(read(Source("plan.json", text)))
    (account,) = first.accounts
    assert str(account) == "'app'@'10.%'"
    assert (written(account.user.span), written(account.host.span)) == ('"app"', '"10.%"')
    assert written(account.span) == json.dumps('mysql_user.app["a"]')
    (grant,) = account.grants
    assert isinstance(grant.target, Located)
    assert (text_told(grant.target), [written(each.span) for each in grant.privileges]) == (
        "shop.*",
        ['"SELECT"', '"INSERT"'],
    )
    assert isinstance(grant.option, Located)
    assert second.name.endswith("mysql.second")
    (other,) = second.accounts
    assert isinstance(other.user, Unresolved)
    assert other.user.reason == "known only after apply"


def test_no_secret_of_a_plan_is_shown() -> None:
    text = json.dumps(PLAN)
    source = Source("plan.json", text)
    (found, _) = read(source)
    authentication = found.accounts[0].authentication
    assert authentication is not None
    assert authentication.credential is not None
    assert authentication.credential.secrecy is Secrecy.PLAIN
    places = [match.span() for match in re.finditer("hunter2", text)]
    assert len(places) == 2
    for start, end in places:
        assert any(at <= start and end <= until for at, until in source.secrets)


def test_what_is_marked_as_sensitive_is_unresolved() -> None:
    text = json.dumps(PLAN).replace('{"plaintext_password": true}', '{"plaintext_password": true, "user": true}')
    (found, _) = read(Source("plan.json", text))
    assert isinstance(found.accounts[0].user, Unresolved)


@pytest.mark.parametrize(("version", "accounts"), [("MYSQL_8_0", ["'app'@'%'"]), ("POSTGRES_15", [])])
def test_users_of_cloud_sql_count_for_mysql_instances_only(version: str, accounts: list[str]) -> None:
    user = {"address": "a", "type": "google_sql_user", "values": {"name": "app", "host": None, "instance": "main"}}
    change = {
        "type": "google_sql_database_instance",
        "change": {"after": {"name": "main", "database_version": version}},
    }
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [user]}},
        "resource_changes": [change],
    }
    found = read(Source("plan.json", json.dumps(plan)))
    assert [str(account) for each in found for account in each.accounts] == accounts


def test_what_is_only_deleted_is_a_removal() -> None:
    assert sum(found.removals for found in read(Source("plan.json", json.dumps(PLAN)))) == 1


def test_a_state_is_read_like_a_plan() -> None:
    state = {"format_version": "1.0", "values": PLAN["planned_values"]}
    assert len(read(Source("state.json", json.dumps(state)))[0].accounts) == 2


def test_half_characters_do_no_harm() -> None:
    text = json.dumps(PLAN).replace('"terraform_version"', '"x": "\\ud83d\\ude00", "terraform_version"')
    found = read(Source("plan.json", text))
    assert not any(each.faults for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format_version": "1.0", "planned_values": []}',
        '{"format_version": "1.0", "planned_values": {"root_module": {"resources": [1, {}, {"type": "mysql_user"}]}}}',
        json.dumps(PLAN).replace('"app"', "[]").replace('["SELECT", "INSERT"]', "{}"),
        '{"format_version": "1.0", "resource_changes": [{"type": "mysql_user", "change": []}]}',
        '{"a": ' * 3000 + "1" + "}" * 3000,
    ],
)
def test_odd_shapes_are_no_exception(text: str) -> None:
    read(Source("plan.json", text))


@examples(100)
@given(st.data())
def test_any_damage_to_a_plan_is_read(data: st.DataObject) -> None:
    text = json.dumps(PLAN)
    text = damaged(data, text, ["", '"', "{", "}", "[", "]", ",", "null", "\\u00e9", "1"])
    read(Source("plan.json", text))


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        (json.dumps(PLAN), True),
        ('{"type": "mysql_user"}', False),
        ('{"format_version": "1.2", "planned_values": {}, "note": "mysql_user"}', False),
    ],
)
def test_plans_with_accounts_are_claimed(text: str, claimed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    known = format_named("terraform-plan")
    assert known is not None
    assert known.claims("plan.json", text) is claimed
