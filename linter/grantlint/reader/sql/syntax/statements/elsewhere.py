"""Statements that change no account: told from what no server takes by how they begin, then passed over.

Source: rules verb_clause, create, drop, show_param of the servers' sql_yacc.yy, as far as they tell a statement
about something else from an account statement that has lost or changed a word.
"""

from grantlint.reader.sql.syntax.clauses.account import account, account_or_role, identifier, role
from grantlint.reader.sql.syntax.records.statements import Other
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.token import (
    AT,
    END,
    HOST,
    NAME,
    QUOTED_NAME,
    STRING,
    TEMPLATE,
    UNCLOSED,
    WORD,
    words,
)

_WRITTEN = {  # one of these stands in a write
    "INSERT": words("VALUES VALUE SET SELECT TABLE WITH ("),
    "REPLACE": words("VALUES VALUE SET SELECT TABLE WITH ("),
    "UPDATE": words("SET"),
    "DELETE": words("FROM USING"),
}
WRITES = frozenset(_WRITTEN)
OBJECTS = {  # what may follow these verbs, USER and ROLE aside
    "CREATE": words(
        "AGGREGATE ALGORITHM CATALOG DATABASE DEFINER EVENT EXTERNAL FULLTEXT FUNCTION INDEX JSON LIBRARY LOGFILE "
        "MATERIALIZED PACKAGE PROCEDURE RESOURCE SCHEMA SEQUENCE SERVER SPATIAL SQL TABLE TABLESPACE TEMPORARY "
        "TRIGGER UNDO UNIQUE VECTOR VIEW"
    ),
    "ALTER": words(
        "ALGORITHM DATABASE DEFINER EVENT FUNCTION IGNORE INSTANCE JSON LIBRARY LOGFILE ONLINE PROCEDURE RESOURCE "
        "SCHEMA SEQUENCE SERVER SQL TABLE TABLESPACE UNDO VIEW"
    ),
    "DROP": words(
        "DATABASE EVENT FUNCTION INDEX JSON LIBRARY LOGFILE PACKAGE PREPARE PROCEDURE RESOURCE SCHEMA SEQUENCE "
        "SERVER SPATIAL TABLE TABLES TABLESPACE TEMPORARY TRIGGER UNDO VIEW CATALOG"
    ),
    "RENAME": words("TABLE TABLES"),
}
_NAMED_OBJECTS = words(  # a name follows these, after IF EXISTS or IF NOT EXISTS
    "EVENT FUNCTION INDEX LIBRARY PROCEDURE SEQUENCE TABLE TABLES TABLESPACE TRIGGER VIEW"
)
_DROPPED = words(", RESTRICT CASCADE ON WAIT NOWAIT ENGINE ALGORITHM LOCK")  # what may follow the name in a DROP
_MADE = {  # and in a CREATE
    "FUNCTION": words("( RETURNS RETURN"),
    "PROCEDURE": words("( IS AS"),
    "VIEW": words("( AS"),
    "INDEX": words("ON USING TYPE"),
    "TRIGGER": words("BEFORE AFTER"),
    "EVENT": words("ON"),
}
_OPERANDS = (WORD, NAME, STRING, QUOTED_NAME, AT, HOST)
_TEMPORARY = words("TABLE TABLES SEQUENCE")
_CONTINUED = {  # the words that may follow a verb, where it is a word
    "ANALYZE": words("TABLE TABLES LOCAL NO_WRITE_TO_BINLOG FORMAT SELECT INSERT REPLACE UPDATE DELETE WITH ("),
    "BACKUP": words("STAGE LOCK UNLOCK"),
    "BEGIN": words("WORK"),
    "CACHE": words("INDEX"),
    "CHANGE": words("MASTER REPLICATION"),
    "CHECK": words("TABLE TABLES VIEW"),
    "CHECKSUM": words("TABLE TABLES"),
    "CLONE": words("LOCAL INSTANCE"),
    "COMMIT": words("WORK AND NO RELEASE"),
    "DEALLOCATE": words("PREPARE"),
    "FLUSH": words(
        "BINARY CLIENT_STATISTICS DES_KEY_FILE ENGINE ERROR GENERAL HOSTS INDEX_STATISTICS LOCAL LOGS MASTER "
        "NO_WRITE_TO_BINLOG OPTIMIZER_COSTS PRIVILEGES QUERY QUERY_RESPONSE_TIME RELAY SLAVE SLOW SSL STATUS TABLE "
        "TABLES TABLE_STATISTICS USER_RESOURCES USER_STATISTICS USER_VARIABLES"
    ),
    "GET": words("CURRENT DIAGNOSTICS STACKED"),
    "IMPORT": words("TABLE"),
    "INSTALL": words("COMPONENT PLUGIN SONAME"),
    "LOAD": words("DATA INDEX XML"),
    "LOCK": words("TABLE TABLES INSTANCE"),
    "OPTIMIZE": words("TABLE TABLES LOCAL NO_WRITE_TO_BINLOG"),
    "PURGE": words("BINARY MASTER"),
    "RELEASE": words("SAVEPOINT"),
    "REPAIR": words("TABLE TABLES VIEW LOCAL NO_WRITE_TO_BINLOG"),
    "RESET": words("BINARY MASTER PERSIST QUERY REPLICA SLAVE"),
    "RESTART": words(""),
    "ROLLBACK": words("WORK AND NO RELEASE TO"),
    "SHUTDOWN": words("WAIT"),
    "SLAVE": words("START STOP"),
    "START": words("ALL GROUP_REPLICATION REPLICA SLAVE TRANSACTION"),
    "STOP": words("ALL GROUP_REPLICATION REPLICA SLAVE"),
    "UNINSTALL": words("COMPONENT PLUGIN SONAME"),
    "UNLOCK": words("TABLE TABLES INSTANCE"),
    "VALUES": words("ROW ("),
    "XA": words("BEGIN COMMIT END PREPARE RECOVER ROLLBACK START"),
    "(": words("SELECT VALUES WITH TABLE ("),
}
_ALONE = words("BEGIN COMMIT RESTART ROLLBACK SHUTDOWN")  # nothing need follow these
_NAMING = words("CALL HANDLER SAVEPOINT TABLE")  # a name follows these
_FREE = words("( DESC DESCRIBE DO EXPLAIN HELP KILL RESIGNAL SELECT SHOW SIGNAL TRUNCATE WITH BINLOG EXECUTE PREPARE")
VERBS = frozenset(_CONTINUED) | _NAMING | _FREE
_WITH_PROGRAM = words("AGGREGATE ALGORITHM DEFINER EVENT FUNCTION PACKAGE PROCEDURE TRIGGER")
_PROGRAM = "program"
_WITH_STATEMENTS = frozenset({"BEGIN", "IF", _PROGRAM})
_RENAMING = words("ALTER CHANGE PURGE RENAME ROLLBACK")  # TO may stand in these
_ACCOUNT_WORDS = words("TO GRANT REVOKE")
_TIMES = words("PORTION SYSTEM_TIME")  # FROM time TO time may follow these
_NOWHERE = frozenset({"'", '"', "`", ";"})  # a quote that is not closed, and more after the end
_SELECTED = words(  # reserved words that may follow SELECT though no parenthesis follows them
    "ALL BINARY CASE CURRENT_DATE CURRENT_ROLE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DISTINCT DISTINCTROW "
    "EXISTS FALSE HIGH_PRIORITY INTERVAL LOCALTIME LOCALTIMESTAMP NOT NULL SQL_BIG_RESULT SQL_CALC_FOUND_ROWS "
    "SQL_SMALL_RESULT STRAIGHT_JOIN TRUE UTC_DATE UTC_TIME UTC_TIMESTAMP"
)
_SHOWN = words(
    "ALL ANALYZE AUTHORS BINARY BINLOG CHAR CHARACTER CHARSET CLIENT_STATISTICS COLLATION COLUMNS CONTRIBUTORS COUNT "
    "CREATE DATABASES ENGINE ENGINES ERRORS EVENTS EXPLAIN EXTENDED FIELDS FULL FUNCTION GLOBAL GRANTS INDEX INDEXES "
    "INDEX_STATISTICS INNODB KEYS LIBRARY LOCAL LOCALES MASTER MUTEX OPEN PACKAGE PARSE_TREE PLUGINS PRIVILEGES "
    "PROCEDURE PROCESSLIST PROFILE PROFILES QUERY_RESPONSE_TIME RELAYLOG REPLICA REPLICAS SCHEMAS SESSION SLAVE "
    "STATUS STORAGE TABLE TABLES TABLE_STATISTICS TRIGGERS USER_STATISTICS USER_VARIABLES VARIABLES WARNINGS "
    "WSREP_MEMBERSHIP WSREP_STATUS"
)
_SHOWN_MADE = words("DATABASE EVENT FUNCTION LIBRARY PACKAGE PROCEDURE SCHEMA SEQUENCE SERVER TABLE TRIGGER VIEW")


def other(cursor: Cursor, start: int) -> Other:
    """Read a statement from its verb, one of VERBS or MariaDB's IF."""
    verb = cursor.word
    if verb == "SHOW":
        return _show(cursor, start)
    cursor.advance()
    if verb in _CONTINUED:
        _continued(cursor, _CONTINUED[verb], alone=verb in _ALONE)
    elif verb in _NAMING and not cursor.at(TEMPLATE):
        identifier(cursor, "a name")
        if cursor.at(*_OPERANDS):
            cursor.reject()
    elif verb == "WITH":
        cursor.accept("RECURSIVE")
        identifier(cursor, "a name")
        if cursor.word not in {"AS", "("}:
            cursor.reject("AS")
    elif verb == "SELECT":
        _selected(cursor)
    elif verb == "BINLOG" and not cursor.at(STRING, HOST, AT, TEMPLATE):
        cursor.reject("a text in quotes")
    return pass_over(cursor, start, verb)


def _continued(cursor: Cursor, wanted: frozenset[str], *, alone: bool) -> None:
    ended = alone and cursor.kind == END
    if not ended and cursor.word not in wanted and cursor.kind != TEMPLATE:
        cursor.reject("what it is to be done to")
    if cursor.accept("TABLE") or cursor.accept("TABLES"):
        after = cursor.word
        if after in cursor.grammar.reserved and after not in {"READ", "WITH", "FOR", "IF"}:
            cursor.reject("a table")


def _selected(cursor: Cursor) -> None:
    reserved = cursor.word in cursor.grammar.reserved and cursor.word not in _SELECTED
    if cursor.kind == END or cursor.word in {",", ")", ".", "="} or (reserved and cursor.peek().word != "("):
        cursor.reject("what to select")
    for token in cursor.tokens[cursor.index :]:
        if token.word == "FROM":
            break
        if token.word == "ON":
            cursor.back_to(cursor.tokens.index(token))
            cursor.reject("FROM")


def write_elsewhere(cursor: Cursor, start: int) -> Other:
    """Pass over a write to other tables. Rejected where it does not begin as one."""
    verb = cursor.word
    cursor.advance()
    while cursor.word in {"LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "QUICK", "INTO", "FROM"}:
        cursor.advance()
    named = cursor.index
    identifier(cursor, "a table")
    if verb == "DELETE" and cursor.word not in {"", ".", ",", "WHERE", "AS", "ORDER", "LIMIT", "USING", "FROM"}:
        cursor.reject("WHERE")
    wanted = _WRITTEN[verb]
    found = verb == "DELETE" and cursor.tokens[named - 1].word == "FROM"
    if not found and not any(token.word in wanted or token.kind == TEMPLATE for token in cursor.tokens[named:]):
        cursor.reject("what to write")
    return pass_over(cursor, start, verb)


def named_object(cursor: Cursor, start: int, verb: str, *, after: bool = False) -> Other:
    """Read CREATE, ALTER, DROP or RENAME of anything but accounts. `after`: OR REPLACE has been read."""
    if not after and cursor.accept("OR"):
        cursor.expect("REPLACE")
    kind = cursor.word
    if kind not in OBJECTS[verb]:
        cursor.reject("what it is to be done to")
    if kind == "TEMPORARY":
        cursor.advance()
        kind = cursor.word
        if kind not in _TEMPORARY:
            cursor.reject("TABLE")
    if kind in _NAMED_OBJECTS or (kind in {"DATABASE", "SCHEMA"} and verb != "ALTER"):
        cursor.advance()
        if cursor.accept("IF"):
            cursor.accept("NOT")
            cursor.expect("EXISTS")
        if not cursor.at(TEMPLATE):
            identifier(cursor, "a name")
            _after_name(cursor, verb, kind)
    return pass_over(cursor, start, _PROGRAM if kind in _WITH_PROGRAM else verb)._replace(verb=verb)


def _after_name(cursor: Cursor, verb: str, kind: str) -> None:
    while cursor.accept("."):
        identifier(cursor, "a name")
    if verb == "DROP" and cursor.kind != END and cursor.word not in _DROPPED:
        cursor.reject("the end of the statement")
    if verb == "CREATE" and cursor.kind != TEMPLATE and cursor.word not in _MADE.get(kind, {cursor.word}):
        cursor.reject("what it is to be")


def pass_over(cursor: Cursor, start: int, verb: str) -> Other:
    """Pass over the rest of a statement. Rejected at a reserved word of account statements, which few others have."""
    _to_end(cursor, _strange_words(cursor, verb))
    return Other(start, cursor.last_end, verb)


def _strange_words(cursor: Cursor, verb: str) -> frozenset[str]:
    if verb in _WITH_STATEMENTS or any(token.word in _TIMES for token in cursor.tokens):
        return frozenset()
    return _ACCOUNT_WORDS - {"TO"} if verb in _RENAMING else _ACCOUNT_WORDS


def _to_end(cursor: Cursor, strange: frozenset[str]) -> None:
    while cursor.kind != END:
        if cursor.kind == UNCLOSED or cursor.word in _NOWHERE or cursor.word in strange:
            cursor.reject()
        cursor.advance()


def _show(cursor: Cursor, start: int) -> Other:
    """Read SHOW: what it says of accounts is checked, the rest passed over."""
    grammar = cursor.grammar
    cursor.advance()
    if cursor.accept("GRANTS"):
        if cursor.accept("FOR"):
            account_or_role(cursor)
            if grammar.role_hosts and cursor.accept("USING"):
                cursor.separated(role)
        return Other(start, cursor.last_end, "SHOW")
    if cursor.word == "CREATE" and cursor.peek().word == "USER" and grammar.show_create_user:
        cursor.expect("CREATE", "USER")
        if cursor.kind != END or not grammar.mariadb:
            account(cursor)
        return Other(start, cursor.last_end, "SHOW")
    if cursor.word == "PRIVILEGES":
        cursor.advance()
        return Other(start, cursor.last_end, "SHOW")
    if cursor.accept("CREATE"):
        _continued(cursor, _SHOWN_MADE, alone=False)
    elif cursor.word not in _SHOWN and cursor.kind != TEMPLATE:
        cursor.reject("what to show")
    _to_end(cursor, _ACCOUNT_WORDS | {"ON"})
    return Other(start, cursor.last_end, "SHOW")
