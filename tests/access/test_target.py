"""Names of servers, and the table of versions behind them."""

from itertools import pairwise

import pytest

from grantlint.access import DEFAULT_PANEL, parse_target
from grantlint.access.product.releases import dotted, releases_of
from grantlint.access.product.traits import every_trait, traits_of
from grantlint.platform.errors import GrantlintError, TargetError


@pytest.mark.parametrize(
    ("text", "product", "version", "label"),
    [
        ("mysql-5.6.24", "mysql", (5, 6, 24), "mysql-5.6.24"),
        ("mysql-8.0", "mysql", (8, 0, 46), "mysql-8.0"),
        ("mysql-8.4", "mysql", (8, 4, 13), "mysql-8.4"),
        ("mysql-8", "mysql", (8, 4, 13), "mysql-8"),
        ("mysql-9.7", "mysql", (9, 7, 4), "mysql-9.7"),
        ("mysql", "mysql", (9, 7, 4), "mysql-9.7"),
        ("MySQL 8.0.36", "mysql", (8, 0, 36), "mysql-8.0.36"),
        ("mysql:8.0", "mysql", (8, 0, 46), "mysql-8.0"),
        ("mysql8.0", "mysql", (8, 0, 46), "mysql-8.0"),
        ("Percona_Server 5.7.44", "mysql", (5, 7, 44), "percona-server-5.7.44"),
        ("mariadb-10.11", "mariadb", (10, 11, 19), "mariadb-10.11"),
        ("mariadb", "mariadb", (11, 8, 9), "mariadb-11.8"),
        ("percona-8.0", "mysql", (8, 0, 46), "percona-8.0"),
        ("percona-server-8.4.3", "mysql", (8, 4, 3), "percona-server-8.4.3"),
        ("aurora-mysql-2", "mysql", (5, 7, 44), "aurora-mysql-2"),
        ("aurora-mysql-3", "mysql", (8, 0, 46), "aurora-mysql-3"),
        ("aurora-mysql-3.04.1", "mysql", (8, 0, 46), "aurora-mysql-3.04.1"),
        ("aurora-mysql-8.4", "mysql", (8, 4, 13), "aurora-mysql-8.4"),
        ("rds-8.0", "mysql", (8, 0, 46), "rds-8.0"),
        ("rds-mysql-8.4", "mysql", (8, 4, 13), "rds-mysql-8.4"),
        ("rds-10.11", "mariadb", (10, 11, 19), "rds-10.11"),
        ("rds-mariadb-10.6", "mariadb", (10, 6, 28), "rds-mariadb-10.6"),
        ("cloudsql-5.7", "mysql", (5, 7, 44), "cloudsql-5.7"),
        ("azure-mysql-8.0", "mysql", (8, 0, 46), "azure-mysql-8.0"),
        ("mysql-26.10", "mysql", (26, 10, 0), "mysql-26.10"),
    ],
)
def test_names_are_read_as_people_write_them(text: str, product: str, version: tuple[int, ...], label: str) -> None:
    target = parse_target(text)
    assert (target.product, target.version, target.label, str(target)) == (product, version, label, label)
    assert target.traits is traits_of(target.product, target.version)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("oracle-19", "names no server known here; write mysql-8.4, mariadb-11.8 or the like"),
        ("mysql-8.5", "there is no mysql-8.5 known here; the nearest is mysql-8.4"),
        ("mysql-10.11", "there is no mysql-10.11 known here; there is mariadb-10.11"),
        ("mariadb-8.0", "there is no mariadb-8.0 known here; there is mysql-8.0"),
        ("mysql-5.1", "there is no mysql-5.1 known here; the nearest is mysql-5.5"),
        ("mysql-11", "there is no mysql-11 known here; the nearest is mysql-9.7"),
        ("mariab-10.11", "the nearest is mariadb-10.11"),
        ("mysql-84", "names no server known here; the nearest is mysql-8.4"),
        ("rds-mysql-80", "names no server known here; the nearest is rds-mysql-8.0"),
        ("mariadb-1011", "names no server known here; the nearest is mariadb-10.11"),
        ("mysql-eight", "names no server known here; the nearest is mysql"),
        ("mysql-8.x", "does not end in a version"),
        ("mysql-8.", "does not end in a version"),
        ("mysql-8.0.36.1", "does not end in a version"),
        ("", "names no server"),
        ("8.0", "names no server"),
    ],
)
def test_a_wrong_name_is_a_misuse_with_a_way_out(text: str, words: str) -> None:
    with pytest.raises(TargetError, match=r"^[^\n]+$") as error:
        parse_target(text)
    assert words in str(error.value)
    assert error.value.exit_status == 2
    assert isinstance(error.value, GrantlintError)


def test_the_default_panel_is_known() -> None:
    assert [parse_target(label).label for label in DEFAULT_PANEL] == list(DEFAULT_PANEL)


def test_a_target_says_whether_its_release_was_measured() -> None:
    measured = {"mysql-5.6.24", "mysql-9.7.4", "mysql-9.7", "mariadb-10.5.23", "mariadb-10.11", "mariadb-11.8"}
    for label in (*measured, "mysql-8.0", "mysql-8.4", "mysql-5.7", "mariadb-10.6", "percona-8.0", "mysql-26.10"):
        target = parse_target(label)
        assert target.measured == (label in measured), label
        assert ("were measured on that release" in target.note) == target.measured
        assert ".".join(map(str, target.version)) in target.note


def test_releases_nobody_has_seen_yet_are_read_as_the_newest_and_say_so() -> None:
    for label, known in (
        ("mysql-99.1", f"mysql-{dotted(releases_of('mysql')[-1])}"),
        ("mysql-8.0.99", "mysql-8.0"),
        ("mariadb-99.0", f"mariadb-{dotted(releases_of('mariadb')[-1])}"),
    ):
        target = parse_target(label)
        assert "newer than" in target.note
        assert target.traits.by_name == parse_target(known).traits.by_name


HISTORIES = every_trait()


def test_every_trait_says_what_it_means_and_some_read_hosts() -> None:
    assert len(HISTORIES) > 30
    assert all(trait.meaning for trait in HISTORIES.values())
    assert {name for name, trait in HISTORIES.items() if trait.reads_hosts} >= {"sort_order", "cidr", "split_masks"}


@pytest.mark.parametrize("name", HISTORIES)
def test_every_step_is_dated_in_order_differs_and_names_its_source(name: str) -> None:
    history = HISTORIES[name]
    for steps in (history.mysql, history.mariadb):
        versions = [since for since, _, _ in steps]
        assert versions == sorted(set(versions))
        assert all(source.strip() for _, _, source in steps)
        assert all(a[1] != b[1] for a, b in pairwise(steps)), name


def test_traits_carry_the_value_of_their_version() -> None:
    for name, history in HISTORIES.items():
        for product, versions in (("mysql", ((5, 5, 1), (8, 0, 30), (9, 7, 4))), ("mariadb", ((10, 1), (11, 8, 9)))):
            for version in versions:
                assert product in ("mysql", "mariadb")
                traits = traits_of("mysql" if product == "mysql" else "mariadb", version)
                assert getattr(traits, name.lower()) == history.at(traits.product, version)
