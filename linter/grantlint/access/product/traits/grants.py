"""How versions differ in what grants give a session."""

from grantlint.access.product.traits.trait import Trait
from grantlint.platform.typed import Literal

RolePatterns = Literal["own", "all", "first"]
OwnHost = Literal["", "below", "all"]


class GrantTraits:
    """Traits of what grants give a session."""

    role_patterns = Trait[RolePatterns](
        'Which database patterns count while a role is active; "own": as without one.',
        mysql=(
            ((4, 1), "own", "there are no roles"),
            ((8, 0), "all", "MySQL 8.0.21 sql/auth/sql_security_ctx.cc db_acl: all matching, case-blind"),
            ((8, 0, 22), "first", "measured on 9.7.4; first release inferred: after 8.0.21, in 2022's sources"),
        ),
        mariadb=(((5, 5), "own", "measured on 10.5, 10.11, 11.8"),),
    )

    own_host = Trait[OwnHost](
        "Which statements find an account by matching its host value with itself, and so miss one with a backslash.",
        mysql=(
            ((4, 1), "below", "asked of 5.6.24: grants on databases and tables, 1133"),
            ((8, 0), "all", "asked of 9.7.4: ALTER USER, SET PASSWORD and REVOKE as well, 1133; roles are none"),
        ),
        mariadb=(((5, 5), "", "asked of 10.11.19 and 11.8.9"),),
    )

    mandatory_roles_active = Trait[bool](
        "Mandatory roles are active after login even where they are no default roles.",
        mysql=(
            ((4, 1), False, "manual 8.0 roles"),
            ((9, 5), True, "manual 9.5: activate_mandatory_roles; seen on 9.7.4"),
        ),
        mariadb=(((5, 5), False, "there are none"),),
    )

    partial_revokes = Trait[bool](
        "There is partial_revokes: database names in grants are literal then.",
        mysql=(((4, 1), False, "manual 8.0"), ((8, 0, 16), True, "measured on 9.7.4; release notes 8.0.16")),
        mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8: error 1193"),),
    )

    grant_option_opens = Trait[bool](
        "GRANT OPTION on a database, and nothing else, is enough to USE it.",
        mysql=(
            ((4, 1), True, "asked of 5.6.24; sql/sql_db.cc of 5.7 and early 8.0: DB_ACLS"),
            ((8, 0, 16), False, "asked of 9.7.4; sql/sql_db.cc with partial revokes: DB_OP_ACLS"),
        ),
        mariadb=(((5, 5), True, "asked of 10.11.19 and 11.8.9; sql/sql_db.cc: DB_ACLS"),),
    )

    equal_networks_sorted = Trait[bool](
        "Two mysql.db rows for one network are ordered by database and user; otherwise they tie.",
        mysql=(
            ((4, 1), True, "there are no numeric hosts"),
            ((8, 0, 23), False, "MySQL 8.0.27 and 8.0.28 sql/auth/sql_auth_cache.cc ACL_compare"),
            ((8, 4), True, "MySQL 8.4 and 9.7.2 sql/auth/sql_auth_cache.cc ACL_compare"),
        ),
        mariadb=(((5, 5), True, "there are no numeric hosts"),),
    )
