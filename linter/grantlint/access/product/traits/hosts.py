"""How versions differ in reading host values, in sorting rows, and in matching clients."""

from grantlint.access.product.traits.trait import NEVER_MARIA, S55, S56, S823, M, Trait
from grantlint.platform.typed import Literal

SortOrder = Literal["prefix55", "prefix56", "ip823", "magic"]


class HostTraits:
    """Traits of host values, of their order, and of matching."""

    sort_order = Trait[SortOrder](
        "Which of the four ways to sort account rows: see `grantlint.access.accounts.order`.",
        mysql=(
            ((4, 1), "prefix55", S55),
            ((5, 5, 45), "prefix56", "inferred: with 5.6.26 (bug 20181776); absent in 5.5.24"),
            ((5, 6), "prefix55", "measured on 5.6.24"),
            ((5, 6, 26), "prefix56", "MySQL 5.6.41 sql/sql_acl.cc; first release inferred from bug 20181776"),
            ((8, 0, 23), "ip823", S823),
        ),
        mariadb=(
            ((5, 5), "prefix55", "seen on MariaDB 10.3.39"),
            ((10, 4), "magic", "measured on 10.5, 10.11, 11.8; sql/sql_acl_getsort.ic (MDEV-14732)"),
        ),
        reads_hosts=True,
    )

    numeric_address = Trait[bool](
        "A host value that begins with four decimal numbers is read as a number, not as text.",
        mysql=(((4, 1), False, S56), ((8, 0, 23), True, S823)),
        mariadb=NEVER_MARIA,
        reads_hosts=True,
    )

    cidr = Trait[bool](
        "`address/bits` is understood.",
        mysql=(((4, 1), False, S56), ((8, 0, 23), True, f"manual 8.0 account-names; {S823}")),
        mariadb=NEVER_MARIA,
        reads_hosts=True,
    )

    cidr_mask_bits = Trait[int](
        "64 is a bug: shorter prefixes sort first and 0.0.0.0/0 matches all IPv4; 32 is its repair.",
        mysql=(
            ((4, 1), 32, "no CIDR"),
            ((8, 0, 23), 64, "seen on 8.0.28"),
            ((8, 0, 46), 32, "seen on 8.0.46; first repaired release unknown"),
            ((8, 1), 64, "seen on 8.4.8"),
            ((8, 4, 9), 32, "inferred: 8.4.8 has the fault, the repair reached 9.7 by 9.7.4"),
            ((9, 0), 64, "MySQL 9.7.2 sql/auth/sql_auth_cache.cc"),
            ((9, 7, 3), 32, "measured on 9.7.4; 9.7.3 inferred"),
        ),
        mariadb=(((5, 5), 32, "no CIDR"),),
        reads_hosts=True,
    )

    split_masks = Trait[bool](
        "A netmask whose ones are not contiguous works; otherwise its row is dead.",
        mysql=(((4, 1), True, S56), ((8, 0, 23), False, S823)),
        mariadb=(((5, 5), True, M),),
        reads_hosts=True,
    )

    empty_host_is_percent = Trait[bool](
        "The empty host value becomes `%`; otherwise it is a value of its own that sorts after `%`.",
        mysql=(((4, 1), False, f"{S56}; measured on 9.7.4"),),
        mariadb=(((5, 5), True, M),),
        reads_hosts=True,
    )

    drops_unresolvable = Trait[bool](
        "Under skip_name_resolve a row whose host needs a look-up is not loaded; otherwise only warned about.",
        mysql=(((4, 1), True, S56), ((5, 7), False, "measured on 9.7.4; MySQL 5.7.18 sql/auth/sql_auth_cache.cc")),
        mariadb=(((5, 5), True, M),),
        reads_hosts=True,
    )

    gate_compares_single_address = Trait[bool](
        "The host gate compares `a.b.c.d/32` as text, so that such a row alone lets nobody in.",
        mysql=(
            ((4, 1), False, f"{S56}; seen on 8.0.28"),
            ((8, 0, 29), True, "measured on 9.7.4; seen on 8.4.8; in the source by 8.0.32, not in 8.0.28"),
        ),
        mariadb=NEVER_MARIA,
        reads_hosts=True,
    )

    name_needs_more_after_any = Trait[bool](
        "Against a name, a final `_%` does not match one single character.",
        mysql=(
            ((4, 1), False, S56),
            ((8, 0), True, "measured on 9.7.4; seen on 8.0.19; in the sources of 2018, before 8.0.14"),
        ),
        mariadb=NEVER_MARIA,
        reads_hosts=True,
    )

    name_needs_more_after_percents = Trait[bool](
        "Against a name, two or more final `%` do not match nothing.",
        mysql=(((4, 1), False, S56), ((8, 0, 28), True, "measured on 9.7.4; seen on 8.0.28, absent in 8.0.21")),
        mariadb=NEVER_MARIA,
        reads_hosts=True,
    )

    address_any_after_percent_is_idle = Trait[bool](
        "Against an address, a `_` right after `%` consumes nothing.",
        mysql=(((4, 1), False, S56), ((8, 0), True, "measured on 9.7.4; MySQL 8.0.21 mysys, wild_compare_full")),
        mariadb=NEVER_MARIA,
        reads_hosts=True,
    )

    host_length = Trait[int](
        "Longest host value, in characters; more is error 1470.",
        mysql=(((4, 1), 60, S56), ((8, 0, 17), 255, "measured on 9.7.4; release notes 8.0.17 (WL#12571)")),
        mariadb=(((5, 5), 60, "measured on 10.5"), ((10, 6), 255, "measured on 10.11 and 11.8; commit a3099a3b")),
        reads_hosts=True,
    )

    client_name_length = Trait[int](
        "Resolved client names are cut to this many characters; 0: never.",
        mysql=(((4, 1), 0, "measured on 5.6.24 and 9.7.4"),),
        mariadb=(((5, 5), 60, "measured on 10.5"), ((10, 6), 0, "measured on 10.11 and 11.8")),
    )

    magic_host_length = Trait[int](
        "Host length that the `magic` order reckons with.",
        mysql=(((4, 1), 60, "not used"),),
        mariadb=(((5, 5), 60, "measured on 10.5"), ((10, 6), 255, "measured on 10.11 and 11.8")),
    )

    magic_cap = Trait[int](
        "The `magic` order counts `_` and `%` up to this many.",
        mysql=(((4, 1), 255, "not used"),),
        mariadb=(
            ((5, 5), 255, "measured on 10.5; sql/sql_acl_getsort.ic: no cap"),
            ((10, 6), 31, "measured on 10.11 and 11.8; sql/sql_acl_getsort.inl"),
        ),
    )

    trims_blanks = Trait[bool](
        "Statements trim blanks around user and host; otherwise only the columns lose the trailing ones.",
        mysql=(((4, 1), True, "measured on 5.6.24 and 9.7.4"),),
        mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8"),),
        reads_hosts=True,
    )

    ascii_host = Trait[bool](
        "The Host column is ASCII: any other character becomes `?`, an error in strict mode.",
        mysql=(
            ((4, 1), False, "measured on 5.6.24"),
            ((8, 0, 17), True, "measured on 9.7.4; first release from WL#12571"),
        ),
        mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8"),),
        reads_hosts=True,
    )
