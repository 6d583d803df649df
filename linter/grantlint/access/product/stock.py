"""The accounts that every server may have though no file declares them (facts: N1, N2, N3; Debian's postinst; L4)."""

STOCK_ADMINISTRATORS = frozenset({
    "root", "mysql", "mariadb.sys", "mysql.sys", "mysql.session", "mysql.infoschema", "debian-sys-maint", "rdsadmin",
    "rdsproxyadmin",
})  # fmt: skip
"""Users that the products and their packages make for administration."""

STOCK_ACCOUNTS = (
    ("", "localhost"),
    *((user, "localhost") for user in sorted(STOCK_ADMINISTRATORS)),
)
"""User and host of what an installation makes, on one product or another."""

LOOPBACK_ROOT = (("root", "127.0.0.1"), ("root", "::1"))
"""What those add that have the trait `loopback_root`."""
