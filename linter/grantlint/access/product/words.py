"""The words that servers reserve, by product and version.

Sources: lex.h and sql_yacc.yy of the versions that grammar.py names; each word as bare user and as bare role
name was asked of four servers (tests/oracle/grammar.jsonl.gz, kinds kw:user, kw:role, kw:grantrole).
"""

from grantlint.platform.record import NamedTuple


class Interval(NamedTuple):
    """Versions from `first`, up to and without `last`."""

    first: tuple[int, ...]
    last: tuple[int, ...]


class Word(NamedTuple):
    """Words, and the versions of each product that reserve them."""

    words: str
    mysql: Interval | None
    mariadb: Interval | None


_NEVER = (1 << 16,)
ALL = Interval((0,), _NEVER)


def since(*first: int) -> Interval:
    """Return the versions from one on."""
    return Interval(first, _NEVER)


def until(*last: int) -> Interval:
    """Return the versions before one."""
    return Interval((0,), last)


RESERVED: tuple[Word, ...] = (
    Word(
        """
        ACCESSIBLE ADD ALL ALTER ANALYZE AND AS ASC ASENSITIVE BEFORE BETWEEN BIGINT BINARY BLOB BOTH BY CALL
        CASCADE CASE CHANGE CHAR CHARACTER CHECK COLLATE COLUMN CONDITION CONSTRAINT CONTINUE CONVERT CREATE CROSS
        CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURSOR DATABASES DAY_HOUR DAY_MICROSECOND
        DAY_MINUTE DAY_SECOND DEC DECIMAL DECLARE DEFAULT DELAYED DELETE DESC DESCRIBE DETERMINISTIC DISTINCT
        DISTINCTROW DIV DOUBLE DROP DUAL EACH ELSE ELSEIF ENCLOSED ESCAPED EXISTS EXIT EXPLAIN FALSE FETCH FLOAT
        FLOAT4 FLOAT8 FOR FORCE FOREIGN FROM FULLTEXT GRANT GROUP HAVING HIGH_PRIORITY HOUR_MICROSECOND
        HOUR_MINUTE HOUR_SECOND IF IGNORE IN INDEX INFILE INNER INOUT INSENSITIVE INSERT INT INT1 INT2 INT3 INT4
        INT8 INTEGER INTERVAL INTO IS ITERATE JOIN KEY KEYS KILL LEADING LEAVE LEFT LIKE LIMIT LINEAR LINES LOAD
        LOCALTIME LOCALTIMESTAMP LOCK LONG LONGBLOB LONGTEXT LOOP LOW_PRIORITY MATCH MAXVALUE MEDIUMBLOB MEDIUMINT
        MEDIUMTEXT MIDDLEINT MINUTE_MICROSECOND MINUTE_SECOND MOD MODIFIES NATURAL NOT NO_WRITE_TO_BINLOG NULL
        NUMERIC ON OPTIMIZE OPTIONALLY OR ORDER OUT OUTER OUTFILE PARTITION PRECISION PRIMARY PROCEDURE PURGE
        RANGE READ READS READ_WRITE REAL REFERENCES REGEXP RELEASE RENAME REPEAT REPLACE REQUIRE RESIGNAL RESTRICT
        RETURN REVOKE RIGHT RLIKE SCHEMAS SECOND_MICROSECOND SELECT SENSITIVE SEPARATOR SET SHOW SIGNAL SMALLINT
        SPATIAL SPECIFIC SQL SQLEXCEPTION SQLSTATE SQLWARNING SQL_BIG_RESULT SQL_CALC_FOUND_ROWS SQL_SMALL_RESULT
        SSL STARTING STRAIGHT_JOIN TABLE TERMINATED THEN TINYBLOB TINYINT TINYTEXT TO TRAILING TRIGGER TRUE UNDO
        UNION UNIQUE UNLOCK UNSIGNED UPDATE USAGE USE USING UTC_DATE UTC_TIME UTC_TIMESTAMP VALUES VARBINARY
        VARCHAR VARCHARACTER VARYING WHEN WHERE WHILE WITH WRITE XOR YEAR_MONTH ZEROFILL
        """,
        ALL,
        ALL,
    ),
    Word("DATABASE SCHEMA OPTION", ALL, None),
    Word("GET IO_AFTER_GTIDS IO_BEFORE_GTIDS", since(5, 6), None),
    Word("MASTER_BIND", Interval((5, 6), (8, 4)), None),
    Word("MASTER_SSL_VERIFY_SERVER_CERT", until(8, 4), until(11, 3)),
    Word("SQL_AFTER_GTIDS SQL_BEFORE_GTIDS", None, since(11, 4)),
    Word("NONBLOCKING", Interval((5, 7), (5, 7, 6)), None),
    Word("GENERATED OPTIMIZER_COSTS STORED VIRTUAL", since(5, 7, 6), None),
    Word(
        """
        CUBE CUME_DIST DENSE_RANK EMPTY FIRST_VALUE FUNCTION GROUPING GROUPS JSON_TABLE LAG LAST_VALUE LATERAL
        LEAD NTH_VALUE NTILE OF PERCENT_RANK RANK ROW SYSTEM WINDOW
        """,
        since(8),
        None,
    ),
    Word("EXCEPT", since(8), since(10, 3)),
    Word("OVER RECURSIVE", since(8), since(10, 2)),
    Word("ROWS", since(8), since(10, 2, 4)),
    Word("ROW_NUMBER", since(8), since(10, 7)),
    Word("INTERSECT", since(8, 0, 31), since(10, 3)),
    Word("QUALIFY TABLESAMPLE", since(8, 4), None),
    Word("EXTERNAL LIBRARY", since(9, 2), None),
    Word("CURRENT_ROLE RETURNING", None, since(10, 0, 5)),
    Word("PAGE_CHECKSUM PARSE_VCOL_EXPR REF_SYSTEM_ID", None, since(10, 1)),
    Word("STATS_AUTO_RECALC STATS_PERSISTENT STATS_SAMPLE_PAGES", None, since(10, 0)),
    Word("DELETE_DOMAIN_ID DO_DOMAIN_IDS IGNORE_DOMAIN_IDS", None, since(10, 1, 2)),
    Word("PORTION", None, since(10, 4, 3)),
    Word("OFFSET", None, since(10, 6)),
    Word("MASTER_DEMOTE_TO_REPLICA MASTER_DEMOTE_TO_SLAVE", None, since(10, 10)),
    Word("VECTOR", None, since(11, 7)),
)

# Two words that the lexer makes one token of, so that the second is no bare name there.
PAIRS: tuple[tuple[str, Interval | None, Interval | None], ...] = (
    ("WITH CUBE", until(8), ALL),  # from 8.0 on CUBE is reserved
    ("WITH ROLLUP", ALL, ALL),
    ("WITH SYSTEM", None, since(10, 3, 4)),
    ("FOR SYSTEM_TIME", None, since(10, 3, 4)),
)

# Right before a parenthesis these are functions and no bare name. It matters only where any name is a privilege.
FUNCTIONS: tuple[Word, ...] = (
    Word(
        """
        ADDDATE BIT_AND BIT_OR BIT_XOR CAST COUNT CURDATE CURTIME DATE_ADD DATE_SUB EXTRACT GROUP_CONCAT
        JSON_ARRAYAGG JSON_OBJECTAGG MAX MID MIN NOW POSITION STD STDDEV STDDEV_POP STDDEV_SAMP SUBDATE SUBSTR
        SUBSTRING SUM SYSDATE TRIM VARIANCE VAR_POP VAR_SAMP
        """,
        since(8),
        None,
    ),
    Word("ST_COLLECT", since(8, 0, 24), None),
    Word("JSON_DUALITY_OBJECT", since(9, 4), None),
)

# Bare, these are no role names in MySQL though users may be called so; quoted they are ordinary.
ROLE_RESERVED: tuple[Word, ...] = (
    Word("EVENT EXECUTE FILE NONE PROCESS PROXY RELOAD REPLICATION RESOURCE SHUTDOWN SUPER", since(8), None),
    Word("RESTART", since(8, 0, 4), None),
)
