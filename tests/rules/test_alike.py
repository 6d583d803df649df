"""Products that decide a server alike are looked at once: what is reported is what a look at each would report."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import grantlint_rules
from grantlint import HostValue, Problem, Rule, Server, ServerSettings, Severity, each_host
from grantlint.access import DEFAULT_PANEL, host_value, parse_target
from grantlint.access.host.value import is_read_alike
from grantlint.access.product.releases import SERIES
from grantlint.access.server import alike
from grantlint.access.server.kin import Kin
from grantlint.lint.engine import lint
from grantlint.lint.rule import EachHost
from grantlint.model import DeclaredServer
from grantlint.model.location import Source
from grantlint.reader.formats.policy import document as policy
from grantlint.servers.grouping import group
from grantlint.servers.panel import Panel, panels
from grantlint.testing import Example, examples_of

SERVERS = ("mysql-8.0.21", "mysql-8.0", "mysql-8.4", "mysql-9.7", "mariadb-10.6", "mariadb-10.11", "mariadb-11.8")
HOSTS = ("%", "10.0.3.7", "10.0.3.%", "10.0.3.0/24", "10.0.0.0/16", "localhost", "web1.example.com", "")
TARGETS = ("*.*", "foo.*", "foo_bar.*", r"`foo\_bar`.*", "`foo%`.*", "fooxbar.*", "foo.t")
PRIVILEGES = ("SELECT", "INSERT", "ALL", "SUPER", "BINLOG ADMIN", "SET_USER_ID", "ROLE_ADMIN", "SHOW CREATE ROUTINE")
PLUGINS = ("mysql_native_password", "caching_sha2_password", "sha256_password", "parsec", "auth_socket", "")

grants = st.tuples(st.lists(st.sampled_from(PRIVILEGES), min_size=1, max_size=2), st.sampled_from(TARGETS))
accounts = st.lists(
    st.tuples(
        st.sampled_from(("app", "app", "", "r1")),
        st.sampled_from(HOSTS),
        st.lists(grants, max_size=3),
        st.sampled_from(PLUGINS),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


def text_of(declared: list[tuple[str, str, list[tuple[list[str], str]], str, bool]]) -> str:
    lines = ["users:"]
    for user, host, theirs, plugin, role in declared:
        lines += [f"  - user: '{user}'", f"    host: '{host}'"]
        lines += [f"    authentication: {{plugin: {plugin}, secret: 'vault:x'}}"] if plugin else []
        lines += ["    roles: [r1]", "    default_roles: [r1]"] if role and user not in {"", "r1"} else []
        lines += ["    grants:"] if theirs else []
        lines += [f"      - {{privileges: [{', '.join(names)}], target: '{target}'}}" for names, target in theirs]
    return "\n".join(["server: {name: s}", *lines, ""])


def declared_of(text: str) -> Iterable[DeclaredServer]:
    return group(policy.read(Source("p.yml", text)))


class Apart(Kin):
    """Installations of which none decides as another does."""

    @property
    def alike(self) -> tuple[tuple[Server, tuple[str, ...]], ...]:
        """Return all of them."""
        return tuple((server, (server.installation.target.label,)) for server in self.servers)


def apart(panel: Panel) -> Panel:
    """Return a panel of which no product shares anything with another."""
    servers = tuple(Server(panel.declared, one.installation, one.census) for one in panel.servers)
    return panel._replace(servers=servers, kin=Apart(servers))


def reported(made: Sequence[Panel]) -> list[tuple[object, ...]]:
    outcome = lint(made, grantlint_rules.RULES)
    assert not outcome.crashes
    return [
        (one.rule, one.message, one.span.start, one.witness, one.servers, tuple(rel.message for rel in one.related))
        for one in outcome.findings
    ]


def check(text: str) -> None:
    for asked in ((), SERVERS):
        made, *_ = panels(declared_of(text), [parse_target(name) for name in asked])
        assert reported(made) == reported([apart(panel) for panel in made])


@given(accounts)
@example([*[("app", "%", [], "", False)] * 3, ("app", "", [(["ALL"], "*.*")], "", False)])
def test_one_look_finds_what_a_look_at_each_product_finds(
    declared: list[tuple[str, str, list[tuple[list[str], str]], str, bool]],
) -> None:
    check(text_of(declared))


@pytest.mark.parametrize("example", examples_of(grantlint_rules.RULES), ids=str)
def test_so_it_is_with_the_examples_of_all_rules(example: Example) -> None:
    text = example.text
    if text.lstrip().startswith(("server", "users", "hosts", "roles")):
        check(text)


def test_the_servers_assumed_are_two_for_plain_accounts() -> None:
    text = text_of([("app", "10.0.3.7", [(["SELECT"], "foo_a.*"), (["ALL"], "foo_b.*")], "", False)])
    (panel,), *_ = panels(declared_of(text), [])
    assert [labels for _, labels in panel.alike] == [DEFAULT_PANEL[:2], DEFAULT_PANEL[2:]]


@pytest.mark.parametrize(
    ("account", "classes"),
    [
        (("app", "10.0.3.7", [(["SELECT"], "foo_a.*"), (["ALL"], "foo%.*")], "", False), 3),  # 8.0: a tie
        (("app", "10.0.3.7", [], "mysql_native_password", False), 4),
        (("app", "%", [(["SUPER"], "*.*")], "", False), 3),  # MariaDB 10.11: stands for more
        (("app", "%", [(["SET_USER_ID"], "*.*")], "", False), 3),  # MySQL 8.4 refuses it
    ],
)
def test_what_products_decide_otherwise_tells_them_apart(
    account: tuple[str, str, list[tuple[list[str], str]], str, bool], classes: int
) -> None:
    asked = ("mysql-8.0", "mysql-8.4", "mysql-9.7", "mariadb-10.11", "mariadb-11.8")
    (panel,), *_ = panels(declared_of(text_of([account])), [parse_target(name) for name in asked])
    assert len(panel.alike) == classes


def test_no_product_is_told_apart_for_servers_of_which_no_rule_asks_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted: of two hundred playbooks none needs a table, and telling products apart took a seventh of the run."""
    asked: list[int] = []
    monkeypatch.setattr(alike, "likeness", lambda *_: asked.append(1))
    text = "users:\n" + "".join(f"  - {{user: app{number}, host: 10.0.0.{number}}}\n" for number in range(8))
    text += "  - {user: app, host: 10.1.0.0/16}\n"
    (panel,), *_ = panels(declared_of(text), [])
    assert len(panel.servers) == len(DEFAULT_PANEL)
    assert not lint([panel], grantlint_rules.RULES).crashes
    assert asked == []


SHORT = ("%", "1.%", "10.0.%", "10.0.3.%", "010.0.3.%", "300.1.%", "0.%")
LONGER = ("10.0.3.7", "10.0.3.0/24", "10.0.3._", "10.%.%", "%.com", "", "10.0.3.4.%", "10.0.3.4%", "10.0.3%")


@pytest.mark.parametrize("text", SHORT)
def test_no_release_reads_numbers_with_a_last_percent_otherwise(text: str) -> None:
    assert is_read_alike(text)
    rules = [(rule.name, rule.check) for rule in grantlint_rules.RULES if isinstance(rule.check, EachHost)]
    answers: set[object] = set()
    for series in SERIES:
        host = host_value(text, parse_target(series.name).traits)
        said = [(name, [*one.check(host, ServerSettings.of([]))]) for name, one in rules]
        globs = (tuple(host.name_glob.tokens), tuple(host.address_glob.tokens))
        answers.add((host.kind, host.network, host.mask, globs, repr(said)))
    assert len(answers) == 1


@pytest.mark.parametrize(("said", "longer"), [((Problem("noted"),), 2), ((), 1)])
def test_each_host_value_is_asked_about_for_each_way_to_read_it(said: tuple[Problem, ...], longer: int) -> None:
    """Counted: the commonest pattern once, an address as MySQL and as MariaDB read it while there is a problem."""
    asked: list[str] = []

    def note(host: HostValue, settings: ServerSettings) -> Iterable[Problem]:
        del settings
        asked.append(host.text)
        return said

    rule = Rule("noting", "-", "-", "-", Severity.INFO, each_host(note), (), ())
    text = "users:\n" + "".join(f"  - {{user: app, host: '{host}'}}\n" for host in (*SHORT, *LONGER))
    (panel,), *_ = panels(declared_of(text), [])
    assert not lint([panel], [rule]).crashes
    assert {text: asked.count(text) for text in asked} == {**dict.fromkeys(LONGER, longer), **dict.fromkeys(SHORT, 1)}
