"""How versions differ in what happens to a client once its row is chosen."""

from grantlint.access.product.traits.trait import Trait

NATIVE, OLD, SHA256 = "mysql_native_password", "mysql_old_password", "sha256_password"
CACHING = "caching_sha2_password"
_MYSQL_SHIPPED = frozenset({
    "auth_socket", "mysql_no_login", "authentication_pam", "authentication_windows",
    "authentication_ldap_simple", "authentication_ldap_sasl", "authentication_kerberos",
    "authentication_oci", "authentication_fido", "authentication_webauthn",
    "authentication_openid_connect", "AWSAuthenticationPlugin", "aad_auth",
})  # fmt: skip
_MARIA_SHIPPED = frozenset({NATIVE, OLD, "unix_socket", "pam", "auth_pam", "named_pipe", "aws_authentication_plugin"})
_MYSQL_LOADED = _MYSQL_SHIPPED - {"AWSAuthenticationPlugin", "aad_auth"}  # those a platform has loaded
_MARIA_LOADED = frozenset({"pam", "auth_pam", "gssapi", "ed25519", "parsec", CACHING})


class LoginTraits:
    """Traits of what follows once a client's row is chosen."""

    default_plugin = Trait[str](
        "Authentication of an account that names none.",
        mysql=(
            ((4, 1), NATIVE, "manual 5.7 native-pluggable-authentication"),
            ((8, 0, 4), CACHING, "manual 8.0 upgrading"),
        ),
        mariadb=(((5, 5), NATIVE, "measured on 10.5, 10.11, 11.8"),),
    )

    plugins = Trait[frozenset[str]](
        "Authentication plugins that are built in or come with the server or its managed offers.",
        mysql=(
            ((4, 1), _MYSQL_SHIPPED | {NATIVE, OLD}, "manual 5.5 pluggable authentication"),
            ((5, 6, 6), _MYSQL_SHIPPED | {NATIVE, OLD, SHA256}, "release notes 5.6.6"),
            ((5, 7, 5), _MYSQL_SHIPPED | {NATIVE, SHA256}, "release notes 5.7.5: mysql_old_password removed"),
            ((8, 0, 3), _MYSQL_SHIPPED | {NATIVE, SHA256, CACHING}, "release notes 8.0.3"),
            ((9, 0), _MYSQL_SHIPPED | {SHA256, CACHING}, "measured on 9.7.4: mysql_native_password is 1524"),
        ),
        mariadb=(
            ((5, 5), _MARIA_SHIPPED, "MariaDB manual, authentication plugins"),
            ((10, 1, 11), _MARIA_SHIPPED | {"gssapi"}, "MariaDB manual, gssapi"),
            ((10, 1, 22), _MARIA_SHIPPED | {"gssapi", "ed25519"}, "MariaDB manual, ed25519"),
            ((11, 4, 9), _MARIA_SHIPPED | {"gssapi", "ed25519", CACHING}, "MDEV-37600"),
            ((11, 5), _MARIA_SHIPPED | {"gssapi", "ed25519"}, "MDEV-37600: not in series that were over"),
            ((11, 6), _MARIA_SHIPPED | {"gssapi", "ed25519", "parsec"}, "measured on 11.8; MariaDB manual, parsec"),
            ((11, 8, 4), _MARIA_SHIPPED | {"gssapi", "ed25519", "parsec", CACHING}, "MDEV-37600; asked of 11.8.9"),
            ((12, 0), _MARIA_SHIPPED | {"gssapi", "ed25519", "parsec"}, "MDEV-9804"),
            ((12, 1), _MARIA_SHIPPED | {"gssapi", "ed25519", "parsec", CACHING}, "MDEV-9804"),
        ),
    )

    plugins_off = Trait[frozenset[str]](
        "Those of `plugins` that do not work until the administrator turns them on or installs them.",
        mysql=(
            ((4, 1), _MYSQL_LOADED, "asked of 5.6.24 and 9.7.4: 1524 until INSTALL PLUGIN"),
            ((8, 4), _MYSQL_LOADED | {NATIVE}, "release notes 8.4.0: off by default"),
            ((9, 0), _MYSQL_LOADED, "removed, so no longer off"),
        ),
        mariadb=(((5, 5), _MARIA_LOADED, "asked of 10.11.19 and 11.8.9: 1524 until INSTALL SONAME"),),
    )

    socket_plugin = Trait[str](
        "The plugin that trusts the operating system's user and refuses every TCP client with 1698.",
        mysql=(((4, 1), "auth_socket", "measured on 9.7.4"),),
        mariadb=(((5, 5), "unix_socket", "measured on 10.5, 10.11, 11.8"),),
    )

    no_network_without_grant_tables = Trait[bool](
        "skip_grant_tables turns skip_networking on.",
        mysql=(
            ((4, 1), False, "asked of 5.6.24"),
            ((8, 0, 3), True, "asked of 9.7.4; manual 8.0, server options"),
        ),
        mariadb=(((5, 5), False, "asked of 10.11.19 and 11.8.9"),),
    )

    offline_mode = Trait[bool](
        "offline_mode refuses with 3032 who has neither SUPER nor CONNECTION_ADMIN.",
        mysql=(((4, 1), False, "asked of 5.6.24"), ((5, 7, 5), True, "asked of 9.7.4; manual 5.7, offline_mode")),
        mariadb=(((5, 5), False, "asked of 10.11.19 and 11.8.9: no such variable"),),
    )

    writes_while_read_only = Trait[tuple[str, ...]](
        "The privileges of which one lets a session write while read_only is on.",
        mysql=(
            ((4, 1), ("SUPER",), "asked of 5.6.24"),
            ((8, 0), ("SUPER", "CONNECTION_ADMIN"), "asked of 9.7.4; manual 8.0, read_only"),
        ),
        mariadb=(
            ((5, 5), ("SUPER",), "MariaDB manual, read_only"),
            ((10, 5, 2), ("SUPER", "READ_ONLY ADMIN"), "MariaDB manual, READ_ONLY ADMIN"),
            ((10, 11), ("READ_ONLY ADMIN",), "asked of 10.11.19 and 11.8.9"),
        ),
    )

    ipv6_socket_takes_ipv4 = Trait[bool](
        "A server with bind_address `::` hears clients of IPv4, too.",
        mysql=(((4, 1), True, "asked of 5.6.24 and 9.7.4"),),
        mariadb=(((5, 5), False, "asked of 10.11.19 and 11.8.9"),),
    )

    locked_error = Trait[int](
        "What a locked account answers after the right password; 0: accounts cannot be locked.",
        mysql=(
            ((4, 1), 0, "no ACCOUNT LOCK before 5.7.6"),
            ((5, 7, 6), 3118, "measured on 9.7.4; release notes 5.7.6"),
        ),
        mariadb=(((5, 5), 0, "no ACCOUNT LOCK before 10.4.2"), ((10, 4, 2), 4151, "measured on 10.5, 10.11, 11.8")),
    )

    expires = Trait[bool](
        "Passwords can expire.",
        mysql=(((4, 1), False, "release notes 5.6.6"), ((5, 6, 6), True, "measured on 5.6.24 and 9.7.4")),
        mariadb=(((5, 5), False, "MariaDB manual"), ((10, 4, 3), True, "measured on 10.5, 10.11, 11.8")),
    )

    plugin_alone_expires = Trait[bool](
        "ALTER USER ... IDENTIFIED WITH a plugin alone empties the password and expires it.",
        mysql=(((4, 1), False, "5.6 has no such ALTER USER"), ((5, 7, 6), True, "measured on 9.7.4; manual 5.7")),
        mariadb=(((5, 5), False, "measured on 10.11.19"),),
    )

    no_password_to_set = Trait[int](
        "What SET PASSWORD answers for an account whose plugin keeps no password; 0: not asked.",
        mysql=(((4, 1), 0, "not asked"), ((8, 0), 4102, "measured on 9.7.4")),
        mariadb=(((5, 5), 0, "not asked"), ((10, 4, 3), 1699, "measured on 10.11.19")),
    )

    disconnect_on_expired_password = Trait[bool](
        "Default of the variable: whether an expired password is refused with 1862.",
        mysql=(((4, 1), True, "measured on 5.6.24 and 9.7.4"),),
        mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8: the session may only change the password, 1820"),),
    )

    secure_transport_error = Trait[int](
        "What require_secure_transport answers to plaintext TCP; 0: there is no such variable.",
        mysql=(((4, 1), 0, "measured on 5.6.24"), ((5, 7, 8), 3159, "measured on 9.7.4; release notes 5.7.8")),
        mariadb=(
            ((5, 5), 0, "MariaDB manual, require_secure_transport"),
            ((10, 5, 2), 1045, "measured on 10.11.19; MariaDB manual, require_secure_transport"),
            ((11, 4), 3159, "measured on 11.8.9; MariaDB manual, error 3159; first release inferred (MDEV-30178)"),
        ),
    )
