"""Which programs know which plugin, and what they say that do not."""

import pytest

from grantlint.access.product.clients import SOFTWARE, lacking, release_of


@pytest.mark.parametrize(
    ("client", "plugin", "error"),
    [
        ("mysql-5.6", "caching_sha2_password", 2059),
        ("mysql-5.7.22", "caching_sha2_password", 2059),
        ("mysql-5.7", "caching_sha2_password", None),
        ("mysql-9.7", "mysql_native_password", 2059),
        ("mysql", "caching_sha2_password", None),
        ("mariadb-10.1.48", "caching_sha2_password", 2059),
        ("mysql-8.4", "ed25519", 2059),
        ("php-7.3", "caching_sha2_password", 2054),
        ("php-8.3", "caching_sha2_password", None),
        ("mysqljs-2.18", "caching_sha2_password", 1251),
        ("mysqljs", "mysql_native_password", None),
        ("connector-python-2.1", "caching_sha2_password", 2059),
        ("mysql-5.6", "unix_socket", None),
    ],
)
def test_a_client_that_lacks_a_plugin_says_so(client: str, plugin: str, error: int | None) -> None:
    release = release_of(client)
    assert release is not None
    refusal = release.refusal(plugin)
    assert (refusal and refusal[0]) == error


@pytest.mark.parametrize("text", ["", "oracle-12", "mysql-x", "mysql-5.12345", "5.7"])
def test_what_is_no_client_is_none(text: str) -> None:
    assert release_of(text) is None


def test_every_client_without_a_plugin_is_told() -> None:
    told = " ".join(lacking("caching_sha2_password"))
    assert all(one.title in told for one in SOFTWARE)
    assert lacking("mysql_native_password") == ["mysql and libmysqlclient from 9.0 on (ERROR 2059)"]
