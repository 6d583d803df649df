"""Resources by which a platform makes accounts of MySQL and MariaDB, with rights that no file says."""

from grantlint.platform.record import NamedTuple


class Platform(NamedTuple):
    """Who makes accounts by a resource.

    `attribute` says that they are of MySQL, by one of the words; '' where all are.
    """

    maker: str
    attribute: str = ""
    words: tuple[str, ...] = ()


_ENGINES = ("mysql", "mariadb")
PLATFORMS = {
    "aws_db_instance": Platform("Amazon RDS", "engine", _ENGINES),
    "aws_rds_cluster": Platform("Amazon Aurora", "engine", _ENGINES),
    "alicloud_db_account": Platform("Alibaba Cloud"),
    "alicloud_rds_account": Platform("Alibaba Cloud"),
    "azurerm_mariadb_server": Platform("Azure Database"),
    "azurerm_mysql_flexible_server": Platform("Azure Database"),
    "azurerm_mysql_server": Platform("Azure Database"),
    "digitalocean_database_user": Platform("DigitalOcean", "mysql_auth_plugin"),
    "linode_database_mysql": Platform("Linode"),
    "linode_database_mysql_v2": Platform("Linode"),
    "aiven_mysql_user": Platform("Aiven"),
    "oci_mysql_mysql_db_system": Platform("Oracle HeatWave"),
    "tencentcloud_mysql_account": Platform("Tencent Cloud"),
    "yandex_mdb_mysql_user": Platform("Yandex Cloud"),
}
"""By the types of the providers' registries; an instance makes the account of its administrator."""


def is_of_mysql(kind: str, written: dict[str, str]) -> bool:
    """Return whether a resource is surely of MySQL or MariaDB. `written`: its attributes."""
    platform = PLATFORMS[kind]
    text = written.get(platform.attribute, "")
    return not platform.attribute or (text.startswith('"') and "${" not in text and maker_of(kind, written) != "")


def maker_of(kind: str, written: dict[str, str]) -> str:
    """Return who makes accounts of MySQL by a resource, '' for nobody.

    `written`: its attributes. What is no word there, such as a variable, may be any engine.
    """
    platform = PLATFORMS.get(kind)
    if platform is None or not platform.attribute:
        return platform.maker if platform is not None else ""
    text = written.get(platform.attribute)
    if text is None:
        return ""
    known = text.startswith('"') and "${" not in text
    return platform.maker if not known or not platform.words or any(one in text for one in platform.words) else ""
