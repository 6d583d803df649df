"""Values of charts: what the image of a chart makes of them."""

from textwrap import dedent

import pytest

from grantlint.model.location import Located, Source
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
    (account,) = found.accounts
    assert isinstance(account.user, Located)
    assert (account.user.value, account.host.value if isinstance(account.host, Located) else "?") == ("app", "%")
    assert isinstance(account.grants[0].target, Located)
    assert str(account.grants[0].target.value) == "`shop`.*"


@pytest.mark.parametrize("text", [_below("postgresql"), _below("mysql").replace("app", '""'), _below("redis")])
def test_others_and_empty_names_declare_nothing(text: str) -> None:
    assert read(Source("values.yaml", text)) == ()


@pytest.mark.parametrize(("path", "text"), [("mysql/values.yaml", _AUTH), ("values.yaml", _below("shop-mysql"))])
def test_an_account_of_a_chart_that_is_not_told_is_counted(path: str, text: str) -> None:
    (found,) = read(Source(path, text))
    assert not found.accounts
    assert [one.what for one in found.not_checked] == ["account"]
