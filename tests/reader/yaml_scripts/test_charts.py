"""Values of charts: what the image of a chart makes of them."""

from pathlib import Path
from textwrap import dedent

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Implied, Located, Source, Unresolved
from grantlint.reader.files.formats import format_named
from grantlint.reader.formats.yaml_scripts.document import read

_AUTH = "auth:\n  username: app\n  password: hunter22\n  database: shop\n"


def _below(key: str) -> str:
    return f"{key}:\n" + "".join(f"  {line}\n" for line in _AUTH.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        _below("mysql"),
        _below("mariadb"),
        "spec:\n  chart: {spec: {chart: mysql}}\n  values:\n    auth: {username: app, database: shop}\n",
        "releases:\n- chart: bitnami/mariadb\n  values:\n  - auth: {username: app, password: x, database: shop}\n",
    ],
)
def test_the_account_of_a_chart_is_read(text: str) -> None:
    known = format_named("yaml")
    assert known is not None
    assert known.claims("values.yaml", dedent(text)) or "{" in text
    (found,) = read(Source("values.yaml", text))
    root, account = found.accounts
    assert isinstance(root.host, Implied)
    assert root.host.value == "%"
    assert isinstance(account.user, Located)
    assert (account.user.value, account.host.value if isinstance(account.host, Located) else "?") == ("app", "%")
    assert isinstance(account.grants[0].target, Located)
    assert str(account.grants[0].target.value) == "`shop`.*"


@pytest.mark.parametrize("text", [_below("postgresql"), _below("redis")])
def test_charts_of_others_declare_nothing(text: str) -> None:
    assert read(Source("values.yaml", text)) == ()


@pytest.mark.parametrize(("path", "text"), [("mysql/values.yaml", _AUTH), ("values.yaml", _below("shop-mysql"))])
def test_an_account_of_a_chart_that_is_not_told_is_counted(path: str, text: str) -> None:
    (found,) = read(Source(path, text))
    assert not found.accounts
    assert [one.what for one in found.not_checked] == ["account"]


def _rows(found: Declarations) -> list[str]:
    return [
        f"{account.user.value if isinstance(account.user, Located) else '?'}@"
        f"{account.host.value if isinstance(account.host, Located | Implied) else '?'}"
        for account in found.accounts
    ]


_EARLIER = """
    mariadb:
      rootUser: {user: admin, password: x}
      db: {user: app, password: hunter22, name: shop}
      replication: {enabled: true, user: repl}
    """
_STABLE = """
    mysql:
      mysqlRootPassword: hunter22
      mysqlUser: app
      mysqlPassword: x
      mysqlDatabase: shop_eu
      imageTag: "5.7.30"
    """
_ARGO = """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    spec:
      source:
        chart: mysql
        helm:
          values: |
            # ours
            architecture: replication
            auth:
              username: app
              replicationUser: repl
    """
_RELEASE_BESIDE = """
    kind: ConfigMap
    apiVersion: v1
    data:
      init.sql: |
        CREATE USER 'other'@'localhost' IDENTIFIED BY 'x';
    ---
    kind: HelmRelease
    spec:
      chart: {spec: {chart: mysql}}
      values: {auth: {username: app, createDatabase: false}}
    """


@pytest.mark.parametrize(
    ("text", "name", "rows", "target"),
    [
        (_EARLIER, "yaml", ["admin@%", "app@%", "repl@%"], "`shop`.*"),
        (_STABLE, "yaml", ["root@%", "root@localhost", "app@%"], r"`shop\_eu`.*"),
        (_ARGO, "yaml", ["root@%", "app@%", "repl@%"], None),
        (_RELEASE_BESIDE, "kubernetes", ["root@%", "app@%"], None),
    ],
)
def test_each_generation_of_charts_and_each_kind_of_release_is_read(
    text: str, name: str, rows: list[str], target: str | None
) -> None:
    known = format_named(name)
    assert known is not None
    assert known.claims("x.yaml", dedent(text))
    *_, found = known.read(Source("x.yaml", dedent(text)))
    assert _rows(found) == rows
    app = next(
        account for account in found.accounts if isinstance(account.user, Located) and account.user.value == "app"
    )
    assert app.user.span.source.text[app.user.span.start :].startswith("app")
    targets = [str(grant.target.value) for grant in app.grants if isinstance(grant.target, Located)]
    assert targets == ([target] if target else [])


def test_the_image_of_a_chart_says_the_version() -> None:
    *_, found = read(Source("values.yaml", dedent(_STABLE)))
    assert found.server is not None
    assert isinstance(found.server.product, Located)
    assert found.server.product.value == "mysql-5.7.30"
    (other,) = read(Source("values.yaml", "mysql:\n  image: {repository: acme/mysql}\n  auth: {username: app}\n"))
    assert [one.why for one in other.not_checked] == ["nothing is known of the image acme/mysql"]
    assert not other.accounts


def test_values_of_stable_charts_are_counted_where_no_chart_is_named() -> None:
    (found,) = read(Source("values.yaml", "mysqlUser: app\n"))
    assert [one.what for one in found.not_checked] == ["account"]


@pytest.mark.parametrize("file", ["Chart.yaml", "requirements.yaml"])
def test_an_alias_of_a_dependency_is_read_with_its_chart(tmp_path: Path, file: str) -> None:
    chart = "name: shop\ndependencies:\n- name: mysql\n  alias: db\n  repository: oci://charts.example.com\n"
    (tmp_path / file).write_text(chart)
    (tmp_path / "values.yaml").write_text("db:\n  auth:\n    username: app\n    password: hunter22\n")
    known = format_named("yaml")
    assert known is not None
    assert known.claims(file, chart)
    (found,) = read(Source(str(tmp_path / file), chart, (str(tmp_path.resolve()),)))
    assert _rows(found) == ["root@%", "app@%"]
    assert isinstance(found.accounts[1].grants[0].target, Unresolved)


def test_the_values_of_bitnamis_own_chart_are_read(tmp_path: Path) -> None:
    (tmp_path / "Chart.yaml").write_text("name: mysql\nhome: https://bitnami.com\n")
    (found,) = read(Source(str(tmp_path / "values.yaml"), _AUTH, (str(tmp_path.resolve()),)))
    assert _rows(found) == ["root@%", "app@%"]
