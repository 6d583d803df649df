"""How versions differ in which accounts there can be, and in what account statements do."""

from grantlint.access.product.traits.trait import Trait


class AccountTraits:
    """Traits of accounts and of account statements."""

    user_length = Trait[int](
        "Longest user name, in characters; more is error 1470.",
        mysql=(
            ((4, 1), 16, "measured on 5.6.24"),
            ((5, 7, 8), 32, "measured on 9.7.4; MySQL 5.7.18 USERNAME_CHAR_LENGTH"),
        ),
        mariadb=(
            ((5, 5), 80, "measured on 10.5"),
            ((10, 6), 128, "measured on 10.11 and 11.8; first release inferred"),
        ),
    )

    client_user_length = Trait[int](
        "User names that clients send are cut to this many characters.",
        mysql=(((4, 1), 48, "measured on 5.6.24 and 9.7.4"),),
        mariadb=(((5, 5), 128, "measured on 10.11 and 11.8"),),
    )

    loopback_root = Trait[bool](
        "Whether an installation makes root@127.0.0.1 and root@::1 beside root@localhost.",
        mysql=(
            ((4, 1), True, "measured on 5.6.24"),
            ((5, 7, 6), False, "measured on 9.7.4; manual 5.7, mysqld --initialize: root@localhost alone"),
        ),
        mariadb=(
            ((5, 5), True, "mysql_install_db before the socket plugin became the default"),
            ((10, 4, 3), False, "measured on 10.5.23, 10.11.19, 11.8.9"),
        ),
    )

    grant_to_nobody = Trait[int](
        "What GRANT to an account that does not exist answers by default; 0: it makes the account.",
        mysql=(
            ((4, 1), 0, "measured on 5.6.24"),
            ((5, 7, 7), 1133, "manual 5.7 sql-mode: NO_AUTO_CREATE_USER is a default from 5.7.7 on"),
            ((8, 0), 1410, "measured on 9.7.4; manual 8.0: GRANT no longer creates accounts"),
        ),
        mariadb=(
            ((5, 5), 0, "MariaDB manual, sql_mode"),
            (
                (10, 1, 7),
                1133,
                "measured on 10.5, 10.11, 11.8; MariaDB manual: NO_AUTO_CREATE_USER is a default from 10.1.7 on",
            ),
        ),
    )

    roles = Trait[bool](
        "There are roles.",
        mysql=(((4, 1), False, "measured on 5.6.24"), ((8, 0), True, "manual 8.0 roles; measured on 9.7.4")),
        mariadb=(((5, 5), False, "no roles before 10.0.5"), ((10, 0, 5), True, "measured on 10.5, 10.11, 11.8")),
    )

    roles_match = Trait[bool](
        "A role is an account: it takes part in the choice of the row and opens the host gate.",
        mysql=(((4, 1), True, "measured on 9.7.4: a role is a locked account"),),
        mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8: role rows are never chosen"),),
    )

    public_role = Trait[bool](
        "Grants to PUBLIC count for everyone.",
        mysql=(((4, 1), False, "measured on 5.6.24 and 9.7.4"),),
        mariadb=(((5, 5), False, "measured on 10.5: 1959"), ((10, 11), True, "measured on 10.11 and 11.8")),
    )

    revoke_wants_all = Trait[bool](
        "REVOKE is refused unless each privilege that it names is held at its target; else a row there is enough.",
        mysql=(
            ((4, 1), False, "asked of 5.6.24"),
            ((8, 0), True, "asked of 9.7.4: 1141, 1147, 1403; first release not found"),
        ),
        mariadb=(((5, 5), False, "asked of 10.11.19 and 11.8.9"),),
    )

    revoke_all_takes_everything = Trait[bool](
        "REVOKE ALL ON *.* takes what is held at every level, with GRANT OPTION; otherwise the global level's ALL.",
        mysql=(
            ((4, 1), False, "asked of 5.6.24"),
            ((8, 0), True, "asked of 9.7.4; first release not found, dynamic privileges came with 8.0"),
        ),
        mariadb=(((5, 5), False, "asked of 10.11.19 and 11.8.9"),),
    )

    atomic_statements = Trait[bool](
        "An account statement of which one account is refused changes none of the others.",
        mysql=(
            ((4, 1), False, "measured on 5.6.24"),
            ((8, 0), True, "measured on 9.7.4; manual 8.0, atomic data definition statements"),
        ),
        mariadb=(((5, 5), False, "measured on 10.11 and 11.8"),),
    )

    strict_by_default = Trait[bool](
        "Strict mode is on by default, so that a row which leaves out a column without a default is refused.",
        mysql=(((4, 1), False, "manual 5.6 sql-mode"), ((5, 7, 5), True, "manual 5.7 sql-mode; asked of 9.7.4: 1364")),
        mariadb=(((5, 5), False, "MariaDB manual, sql_mode"), ((10, 2, 4), True, "MariaDB manual, sql_mode")),
    )

    set_password_takes_hash = Trait[bool](
        "A bare string in SET PASSWORD is a hash: another is refused with 1372.",
        mysql=(
            ((4, 1), True, "asked of 5.6.24"),
            ((5, 7, 6), False, "manual 5.7 set-password: the password itself; asked of 9.7.4"),
        ),
        mariadb=(((5, 5), True, "asked of 10.11.19 and 11.8.9"),),
    )

    password_column = Trait[bool](
        "mysql.user has a column Password.",
        mysql=(
            ((4, 1), True, "measured on 5.6.24"),
            ((5, 7, 6), False, "measured on 9.7.4; release notes 5.7.6: replaced by authentication_string"),
        ),
        mariadb=(((5, 5), True, "measured on 10.11 and 11.8"),),
    )

    user_table_is_view = Trait[bool](
        "mysql.user is a view, and takes no write but DELETE.",
        mysql=(((4, 1), False, "measured on 5.6.24 and 9.7.4"),),
        mariadb=(
            ((5, 5), False, "MariaDB manual, mysql.user"),
            ((10, 4), True, "measured on 10.11 and 11.8; MariaDB manual, mysql.global_priv"),
        ),
    )
