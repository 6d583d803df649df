"""What managed servers do otherwise than the product that they are built from (facts: L1, L2, L3, L4)."""

from grantlint.access.product.catalogue import Version
from grantlint.platform.typed import Protocol

RDS, AURORA, AZURE, CLOUD_SQL = "Amazon RDS", "Amazon Aurora", "Azure Database", "Cloud SQL"
_KEPT = ("SUPER", "FILE", "SHUTDOWN", "CREATE TABLESPACE")
_KEPT_BY_CLOUD_SQL = ("SUPER", "FILE")
_ROLES = (8, 0)  # from here on root of Cloud SQL has a role in place of nearly everything
_STRICT_AURORA = (8, 4)


class Managed(Protocol):
    """A server's version, and by whom it is managed."""

    @property
    def version(self) -> Version:
        """The version of the product that it is built from."""
        ...

    @property
    def platform(self) -> str:
        """The platform, '' where there is none."""
        ...


def kept(target: Managed) -> tuple[str, ...]:
    """Return the privileges that a platform gives to nobody.

    Nobody grants them then, nor ALL of the global level.
    """
    if not target.platform:
        return ()
    return _KEPT_BY_CLOUD_SQL if target.platform == CLOUD_SQL and target.version < _ROLES else _KEPT


def wants_tls(target: Managed) -> bool:
    """Return whether require_secure_transport is on where nobody states it."""
    return target.platform == AZURE or (target.platform == AURORA and target.version >= _STRICT_AURORA)


def plugins_on(target: Managed) -> frozenset[str]:
    """Return the plugins that work although the product has them off."""
    strict = target.platform == AURORA and target.version >= _STRICT_AURORA
    return frozenset({"mysql_native_password"}) if strict else frozenset()
