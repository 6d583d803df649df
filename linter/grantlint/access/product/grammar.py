"""Which account statements, clauses and words a server's parser takes, by product and version.

One table a subject: clauses, reserved words, privilege names. Sources: the grammars of MySQL 5.5, 5.6, 5.7 and
9.7 and MariaDB 10.11 and 11.8 (sql_yacc.yy, lex.h), asked live of 5.6.24, 9.7.4, 10.11.19 and 11.8.9
(tests/oracle/grammar.jsonl.gz); versions in between are those that the reference manuals name.
"""

from functools import lru_cache

from grantlint.access.product.catalogue import ALIASES, MARIADB, MYSQL
from grantlint.access.product.traits import Product, Version
from grantlint.access.product.words import ALL, FUNCTIONS, PAIRS, RESERVED, ROLE_RESERVED, Interval, Word, since, until
from grantlint.platform.record import NamedTuple


class Clause(NamedTuple):
    """A piece of grammar and the versions that have it.

    Versions of each product are [first, last) or None.
    """

    trait: str
    mysql: Interval | None
    mariadb: Interval | None


CLAUSES: tuple[Clause, ...] = (
    # words around accounts and roles
    Clause("if_exists", since(5, 7, 6), since(10, 1, 3)),  # IF [NOT] EXISTS on users and roles
    Clause("or_replace", None, since(10, 1, 3)),
    Clause("roles", since(8), since(10, 0, 5)),
    Clause("role_hosts", since(8), None),  # a role is an account: role@host, and lists of them
    Clause("role_admin", None, since(10, 0, 5)),  # CREATE ROLE ... WITH ADMIN, ADMIN OPTION FOR, CURRENT_ROLE
    Clause("default_role_clause", since(8), None),  # CREATE USER ... DEFAULT ROLE
    # what may follow the accounts of CREATE and ALTER USER
    Clause("alter_user", since(5, 7, 6), since(10, 2, 0)),
    Clause("alter_user_expire", Interval((5, 6, 6), (5, 7, 6)), None),  # ALTER USER u PASSWORD EXPIRE, ... only
    Clause("user_options", since(5, 7, 6), since(10, 2, 0)),  # REQUIRE, WITH limits
    Clause("account_lock", since(5, 7, 6), since(10, 4, 2)),
    Clause("password_expire", since(5, 7, 6), since(10, 4, 3)),
    Clause("options_repeat", since(5, 7, 6), None),  # account options any number of times, the last counts
    Clause("password_history", since(8), None),  # PASSWORD HISTORY, PASSWORD REUSE INTERVAL
    Clause("require_current", since(8, 0, 13), None),
    Clause("failed_logins", since(8, 0, 19), None),  # FAILED_LOGIN_ATTEMPTS, PASSWORD_LOCK_TIME
    Clause("comment", since(8, 0, 21), None),  # COMMENT, ATTRIBUTE
    Clause("statement_time", None, since(10, 1, 1)),  # WITH MAX_STATEMENT_TIME
    Clause("signed_limits", None, ALL),  # limits take a +, MAX_USER_CONNECTIONS a - too, and whole numbers only
    Clause("hex_string_limits", ALL, None),  # x'1F' is a number as 0x1F is
    Clause("short_counts", None, ALL),  # other numbers have 31 bits at most
    # authentication
    Clause("identified_with", since(5, 5, 7), since(5, 2)),
    Clause("with_by", since(5, 7, 6), None),  # IDENTIFIED WITH plugin BY 'password'
    Clause("via", None, since(5, 2)),  # IDENTIFIED VIA plugin USING ...
    Clause("or_plugin", None, since(10, 4, 3)),  # ... OR plugin, USING PASSWORD('...')
    Clause("by_password_hash", until(8), ALL),  # IDENTIFIED BY PASSWORD 'hash'
    Clause("random_password", since(8, 0, 18), None),
    Clause("hex_literals", since(8), None),  # AS 0x..., x'...' as a hash or a count
    Clause("factors", since(8, 0, 27), None),  # AND second factor, ADD 2 FACTOR, INITIAL AUTHENTICATION
    Clause("replace_password", since(8, 0, 13), None),
    Clause("retain_password", since(8, 0, 14), None),  # RETAIN CURRENT PASSWORD, DISCARD OLD PASSWORD
    # GRANT and REVOKE
    Clause("grant_identified", until(8), ALL),  # GRANT ... TO u IDENTIFIED, REQUIRE, WITH limits
    Clause("grant_as", since(8, 0, 16), None),
    Clause("revoke_if_exists", since(8, 0, 30), None),  # and IGNORE UNKNOWN USER
    Clause("dynamic_privileges", since(8), None),  # any name before ON is a privilege
    Clause("library", since(9, 2), None),  # ON LIBRARY
    Clause("package", None, since(11, 4)),  # ON PACKAGE [BODY]; before that in sql_mode ORACLE only
    Clause("deny", None, since(13, 1)),  # DENY, REVOKE DENY: MDEV-14443, not asked
    Clause("leading_dot", until(8), ALL),  # ON .t1
    # SET and SHOW
    Clause("password_function", until(8, 0, 11), ALL),  # SET PASSWORD = PASSWORD('...')
    Clause("old_password_function", until(5, 7, 5), ALL),
    Clause("set_password_list", until(5, 7, 6), ALL),  # SET PASSWORD = ..., @a = 1
    Clause("variable_first", until(5, 7), None),  # SET word: looked up before the next word is read (1193)
    Clause("show_create_user", since(5, 7, 6), since(10, 2, 0)),
    # the lexer
    Clause("dollar_quotes", since(8, 0, 32), None),  # $$text$$ and $tag$text$tag$ are strings
    Clause("six_digit_comments", since(8, 0, 34), ALL),  # /*!NNNNNN
    Clause("mariadb", None, ALL),  # /*M! runs, /*!50700 to /*!99999 does not, NONE and PUBLIC are special
)


class Grammar(NamedTuple):
    """The syntax that one server's parser accepts.

    Every flag is a row of CLAUSES; the words come from access/product/words.py.
    """

    product: Product
    version: Version
    version_id: int  # as version comments write it: 50624, 90704, 101119
    reserved: frozenset[str]  # words that are no bare name
    role_reserved: frozenset[str]  # words that are no bare role name
    pairs: frozenset[str]  # two words with a blank between, the second of which is no bare name there
    functions: frozenset[str]  # words that are no bare name right before a parenthesis
    privileges: "PrivilegeTree"
    ansi_quotes: bool = False  # sql_mode ANSI_QUOTES: "x" is a name
    backslash_escapes: bool = True  # sql_mode NO_BACKSLASH_ESCAPES turns them off
    if_exists: bool = False
    or_replace: bool = False
    roles: bool = False
    role_hosts: bool = False
    role_admin: bool = False
    default_role_clause: bool = False
    alter_user: bool = False
    alter_user_expire: bool = False
    user_options: bool = False
    account_lock: bool = False
    password_expire: bool = False
    options_repeat: bool = False
    password_history: bool = False
    require_current: bool = False
    failed_logins: bool = False
    comment: bool = False
    statement_time: bool = False
    signed_limits: bool = False
    hex_string_limits: bool = False
    short_counts: bool = False
    identified_with: bool = False
    with_by: bool = False
    via: bool = False
    or_plugin: bool = False
    by_password_hash: bool = False
    random_password: bool = False
    hex_literals: bool = False
    factors: bool = False
    replace_password: bool = False
    retain_password: bool = False
    grant_identified: bool = False
    grant_as: bool = False
    revoke_if_exists: bool = False
    dynamic_privileges: bool = False
    library: bool = False
    package: bool = False
    deny: bool = False
    leading_dot: bool = False
    password_function: bool = False
    old_password_function: bool = False
    set_password_list: bool = False
    variable_first: bool = False
    show_create_user: bool = False
    dollar_quotes: bool = False
    six_digit_comments: bool = False
    mariadb: bool = False


class PrivilegeTree(NamedTuple):
    """Privilege names as a tree of words.

    `privilege` is the name if the words so far are a whole one, an alias as it is written.
    """

    privilege: str | None
    next: dict[str, "PrivilegeTree"]


@lru_cache(maxsize=64)
def grammar_for(product: Product, version: Version) -> Grammar:
    """Return the grammar of a product at a version.

    The product is `mysql` or `mariadb`, the version such as (8, 0, 46); the sql_mode is the default one.
    """
    mariadb = product == "mariadb"
    flags: dict[str, bool] = {}
    for trait, mysql_interval, mariadb_interval in CLAUSES:
        interval = mariadb_interval if mariadb else mysql_interval
        flags[trait] = interval is not None and interval.first <= version < interval.last
    major, minor, patch = (*version, 0, 0)[:3]
    return Grammar(
        product=product,
        version=version,
        version_id=major * 10000 + minor * 100 + patch,
        reserved=_words(RESERVED, mariadb=mariadb, version=version),
        role_reserved=_words(ROLE_RESERVED, mariadb=mariadb, version=version),
        pairs=_pairs(mariadb=mariadb, version=version),
        functions=_words(FUNCTIONS, mariadb=mariadb, version=version),
        privileges=_tree(mariadb=mariadb, version=version),
        **flags,
    )


def _words(table: tuple[Word, ...], *, mariadb: bool, version: Version) -> frozenset[str]:
    found: set[str] = set()
    for words, mysql_interval, mariadb_interval in table:
        interval = mariadb_interval if mariadb else mysql_interval
        if interval is not None and interval.first <= version < interval.last:
            found.update(words.split())
    return frozenset(found)


def _pairs(*, mariadb: bool, version: Version) -> frozenset[str]:
    found: set[str] = set()
    for pair, mysql_interval, mariadb_interval in PAIRS:
        interval = mariadb_interval if mariadb else mysql_interval
        if interval is not None and interval.first <= version < interval.last:
            found.add(pair)
    return frozenset(found)


def _tree(*, mariadb: bool, version: Version) -> PrivilegeTree:
    names = {
        entry.name: entry.name for entry in (MARIADB if mariadb else MYSQL) if entry.since <= version < entry.until
    }
    names |= {"USAGE": "USAGE", "GRANT OPTION": "GRANT OPTION", "SHOW SCHEMAS": "SHOW DATABASES"}
    for spelling, _, first in ALIASES["mariadb" if mariadb else "mysql"]:
        if first <= version:
            names[spelling] = spelling  # as written: which name it is for, each server tells
    root = PrivilegeTree(None, {})
    for spelling, name in names.items():
        branch = root.next
        *path, leaf = spelling.split()
        for word in path:
            branch = branch.setdefault(word, PrivilegeTree(None, {})).next
        below = branch[leaf].next if leaf in branch else {}
        branch[leaf] = PrivilegeTree(name, below)
    return root
