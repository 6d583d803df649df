"""The binder, which is fast, and the schema, which is the law, accept the same documents."""

import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.model.location import Source
from grantlint.reader import schema
from grantlint.reader.formats.policy import accounts, grants, roles, servers
from grantlint.reader.formats.policy.document import read
from grantlint.reader.formats.policy.explanation import plain_data
from grantlint.reader.yaml.items import Items
from grantlint.reader.yaml.parser import parser

Tree = str | list["Tree"] | dict[str, "Tree"]

KINDS = (
    r"""a|'a'|''|~|yes|'yes'|'on'|no|true|'true'|Off|0|1|'1'|-1|-2|1.5|-1.5|20.0|0123|1e3|10.1|'10.1'|10.0.0.1|'::1'"""
    r"""|fe80::1/64|10.0.0.300|'a${b}'|'*.*'|'shop.*'|shop|SSL|none|X509|ALL|NONE|env:X|vault:db/x|'Vault:x'|root@%"""
    r"""|'PROXY a'|PROXY|2026-11-20|1:30|"a"|"a\n"|{}|[]|[a]|'{{ x }}'|!vault b|!!str 5|!!int 5|!other {a: 1}|{a: b}"""
)
TOKENS = KINDS.split("|")


def of(*choices: Tree) -> st.SearchStrategy[Tree]:
    return st.sampled_from(choices)


def listed(items: st.SearchStrategy[Tree], least: int = 0) -> st.SearchStrategy[Tree]:
    return st.lists(items, min_size=least, max_size=3)


NAMES = of("a", "NO", "0123", "'x y'", "'{{ x }}'")
HOSTS = of("'%'", "localhost", "10.0.0.%", "'10.1'", "!vault x", "no")
FLAGS = of("true", "no", "On", "'yes'", "'{{ x }}'")
GRANTS: st.SearchStrategy[Tree] = listed(
    st.fixed_dictionaries(
        {
            "privileges": st.one_of(of("ALL", "'SELECT, INSERT'"), listed(NAMES, 1)),
            "target": of("'*.*'", "a.b", "'${x}'"),
        },
        optional={"grant_option": FLAGS},
    )
)
ROLES = listed(st.one_of(NAMES, st.fixed_dictionaries({"role": NAMES}, optional={"admin": FLAGS})))
AUTHENTICATION = st.one_of(
    st.fixed_dictionaries({"plugin": NAMES}, optional={name: of(*good)})
    for name, good in {"secret": ("env:X", "'{{ x }}'"), "password": ("'5'", "''", "x"), "hash": ("'*AB'",)}.items()
)
LIMITS = st.fixed_dictionaries(
    {"max_user_connections": of("-1", "0", "20")},
    optional={"max_statement_time": of("1.5", "2", "'{{ x }}'"), "max_queries_per_hour": of("7")},
)
REQUIRE = st.one_of(of("SSL", "none", "'${x}'"), st.fixed_dictionaries({"subject": NAMES}, optional={"cipher": NAMES}))
OPTIONAL = {
    "authentication": AUTHENTICATION,
    "require": REQUIRE,
    "limits": LIMITS,
    "locked": FLAGS,
    "comment": NAMES,
    "roles": ROLES,
    "default_roles": of("ALL", "none"),
    "grants": GRANTS,
}
USER = st.one_of(
    st.fixed_dictionaries({"user": NAMES, "host": HOSTS}, optional=OPTIONAL),
    st.fixed_dictionaries({"user": of("''"), "hosts": listed(HOSTS, 1)}, optional=OPTIONAL),
)
MEMBER = st.one_of(
    of("app@%", "other"), st.fixed_dictionaries({"user": NAMES}, optional={"host": HOSTS, "admin": FLAGS})
)
ROLE = st.fixed_dictionaries(
    {"role": NAMES},
    optional={"host": HOSTS, "grants": GRANTS, "roles": ROLES, "members": listed(MEMBER), "comment": NAMES},
)
NAMED_HOST = st.fixed_dictionaries(
    {"name": NAMES, "addresses": listed(of("10.0.0.1", "'::1'", "10.0.0.0/8"), 1)},
    optional={"dns_names": listed(of("a.example"), 1)},
)
SERVER = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "product": of("mysql-8.4"),
        "settings": st.dictionaries(of("skip_name_resolve", "sql-mode"), of("on", "1", "''", "0x5"), max_size=1),
        "administrators": listed(NAMES),
    },
)
POLICY: st.SearchStrategy[Tree] = st.fixed_dictionaries(
    {},
    optional={
        "server": SERVER,
        "users": listed(USER),
        "roles": listed(ROLE),
        "hosts": listed(NAMED_HOST),
        "x-more": of("a", "{b: c}"),
        "$schema": of("'a.json'"),
    },
)

KEYS = sorted(accounts.USER | accounts.AUTHENTICATION | accounts.LIMITS | roles.ROLE | servers.SERVER | grants.GRANT)


def written(tree: Tree) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"'{key}': {written(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(written(value) for value in tree) + "]"
    return tree


def places(tree: Tree) -> list[tuple[Tree, str | int]]:
    """Return each place of a tree: its container and the key or index in it."""
    inside: list[tuple[str | int, Tree]] = []
    if isinstance(tree, dict):
        inside = list(tree.items())
    elif isinstance(tree, list):
        inside = list(enumerate(tree))
    return [place for key, value in inside for place in ((tree, key), *places(value))]


def mutate(tree: Tree, chance: random.Random) -> None:
    """Put something else at one place, take it away, or put a key beside it."""
    container, key = chance.choice(places(tree) or [({}, "")])
    if isinstance(container, list):
        container[int(key)] = chance.choice(TOKENS)
    elif isinstance(container, dict) and container:
        change = chance.randrange(3)
        if change == 0:
            container.pop(str(key))
        else:
            container[str(key) if change == 1 else chance.choice([*KEYS, "x-y", "other"])] = chance.choice(TOKENS)


def faults_and_mismatches(text: str) -> tuple[list[str], list[schema.Mismatch]]:
    source = Source("policy.yml", text)
    found = [
        fault.message
        for declarations in read(source)
        for fault in declarations.faults
        if fault.rule != "duplicate-key" and "is a default role, but" not in fault.message
    ]
    items = Items(source, parser(text))
    (event,) = [items.compose(first, 1) for first in items.documents()]
    return found, list(schema.mismatches(plain_data(event)))


@examples(60)
@given(POLICY)
def test_both_accept_what_is_right(policy: Tree) -> None:
    assert faults_and_mismatches(written(policy)) == ([], [])


@examples(200)
@given(POLICY, st.integers(0, 1 << 30), st.integers(1, 3))
def test_both_refuse_the_same(policy: Tree, seed: int, changes: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's own choices
    for _ in range(changes):
        mutate(policy, chance)
    found, mismatches = faults_and_mismatches(written(policy))
    assert bool(found) == bool(mismatches), (written(policy), found, mismatches)
    assert "this does not fit the schema" not in found


def test_the_schema_is_one_and_has_words_for_every_value() -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - used only here

    policy = json.loads(schema.schema_text())
    Draft202012Validator.check_schema(policy)
    for name, definition in policy["$defs"].items():
        assert definition["title"], name
        assert definition["description"], name


@pytest.mark.parametrize(
    ("definition", "pattern"),
    [
        ("address", servers.ADDRESS),
        ("defaultRoles", roles.DEFAULTS),
        ("require", accounts.REQUIREMENT),
    ],
)
def test_binder_and_schema_have_the_same_patterns(definition: str, pattern: re.Pattern[str]) -> None:
    assert json.loads(schema.schema_text())["$defs"][definition]["pattern"] == pattern.pattern
