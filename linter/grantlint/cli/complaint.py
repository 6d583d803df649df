"""The sentence that somebody holds in the hand, as the number and the names in it."""

import re

from grantlint.platform.record import NamedTuple

_NUMBER = re.compile(
    r"(?:\A\s*#?|\bERROR\s+|\bcode:?\s+|\berrno:?\s+|\bverified:\s+|violation:\s+|[\[(/#])"
    r"(?P<errno>\d{4})(?=\s*\Z|[\s:,.)\](])",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\bER_[A-Z_]+\b|\bMY-0?0?(?P<errno>\d{4})\b")
_SYMBOLS = {
    "ER_DBACCESS_DENIED_ERROR": 1044,
    "ER_ACCESS_DENIED_ERROR": 1045,
    "ER_HOST_NOT_PRIVILEGED": 1130,
    "ER_TABLEACCESS_DENIED_ERROR": 1142,
    "ER_COLUMNACCESS_DENIED_ERROR": 1143,
    "ER_SPECIFIC_ACCESS_DENIED_ERROR": 1227,
    "ER_NOT_SUPPORTED_AUTH_MODE": 1251,
    "ER_PROCACCESS_DENIED_ERROR": 1370,
    "ER_PLUGIN_IS_NOT_LOADED": 1524,
    "ER_ACCESS_DENIED_NO_PASSWORD_ERROR": 1698,
    "ER_MUST_CHANGE_PASSWORD": 1820,
    "ER_MUST_CHANGE_PASSWORD_LOGIN": 1862,
    "ER_ACCOUNT_HAS_BEEN_LOCKED": 3118,
    "ER_SECURE_TRANSPORT_REQUIRED": 3159,
    "ER_DB_ACCESS_DENIED": 3879,
}
_ACCOUNT = re.compile(r"(?P<quote>['`])(?P<user>(?:(?!\s').)*?)(?P=quote)@(?P=quote)@?(?P<host>[^'`]*)(?P=quote)")
_ONE_QUOTED = re.compile(r"user:? '(?P<user>[^'@]*)@(?P<host>[^'@]*)'", re.IGNORECASE)
_HOST = re.compile(r"\bHost '(?P<host>[^']*)'")
_DATABASE = re.compile(r"(?:to database|Datenbank) '(?P<database>[^']*)'", re.IGNORECASE)
_COMMAND = re.compile(r"(?P<privilege>[A-Z][A-Z ,_]*?) command denied", re.IGNORECASE)
_NEEDED = re.compile(r"need \(at least one of\) the (?P<privilege>[A-Z_ ,]+?) privilege", re.IGNORECASE)
_TABLE = re.compile(r"(?:for|in) table (?:[`'](?P<database>[^`'.]*)[`']\.)?[`'](?P<table>[^`']*)[`']", re.IGNORECASE)
_COLUMN = re.compile(r"for column [`'](?P<column>[^`']*)[`']", re.IGNORECASE)
_ROUTINE = re.compile(r"for routine '(?P<database>[^'.]*)\.(?P<routine>[^']*)'", re.IGNORECASE)
_WORDS = (
    (1130, "is not allowed to connect"),
    (1820, "must reset your password"),
    (1820, "must SET PASSWORD"),
    (1862, "password has expired"),
    (4151, "account is locked"),
    (1044, "to database"),
    (1143, "for column"),
    (1142, "for table"),
    (1370, "for routine"),
    (1227, "you need"),
    (1251, "does not support authentication protocol"),
    (2059, "authentication plugin"),
    (1045, "access denied for user"),
)
_PASSWORD = re.compile(r"\(using password: (?P<sent>YES|NO)\)", re.IGNORECASE)
_SPOKEN = re.compile(r"\b(?:denied|allowed to connect|password|authentication|privilege|ERROR)\b", re.IGNORECASE)
_ALONE = re.compile(r"\s*(?:ERROR\s*)?#?\d{4}(?:\s*\(\w{5}\))?\s*\Z|\s*(?:ER_[A-Z_]+|MY-\d{4,6})\s*\Z", re.IGNORECASE)
_LISTED = re.compile(r",\s*(?:or\s+)?|\s+or\s+", re.IGNORECASE)
_CLIENT = 2000
"""From here on numbers are those of clients, which may wrap what a server said."""
_OF_CLIENTS = range(_CLIENT, 3000)


class Complaint(NamedTuple):
    """An error as a client shows it.

    What it does not say is None.
    """

    errno: int
    user: str | None = None
    host: str | None = None
    database: str | None = None
    table: str | None = None
    privileges: tuple[str, ...] = ()
    password: bool | None = None
    column: str | None = None
    routine: str | None = None
    account: str | None = None
    any_of: bool = False


def complaint_in(words: str) -> Complaint | None:
    """Return the error that a text tells, None if it tells none.

    It is told in English or by its number alone.
    """
    errno = _errno(words)
    if errno is None:
        return None
    account, host = _ACCOUNT.search(words) or _ONE_QUOTED.search(words), _HOST.search(words)
    database, table, routine = _DATABASE.search(words), _TABLE.search(words), _ROUTINE.search(words)
    column = _COLUMN.search(words)
    locks = "when using LOCK TABLES" in words
    needed, command = _NEEDED.search(words), _COMMAND.search(words)
    listed = needed or command
    sent = _PASSWORD.search(words)
    at = next((one["database"] for one in (database, table, routine) if one is not None and one["database"]), None)
    of = account["host"] if account is not None else None
    return Complaint(
        errno,
        account["user"] if account is not None else None,
        (host["host"] if host is not None else None) or (_client(of) if of else None),
        at,
        table["table"] if table is not None else None,
        _privileges(listed["privilege"] if listed is not None else "LOCK TABLES" * locks),
        sent["sent"].upper() == "YES" if sent is not None else None,
        column["column"] if column is not None else None,
        routine["routine"] if routine is not None else None,
        of if of and _client(of) is None else None,
        any_of=needed is not None,
    )


def _privileges(listed: str) -> tuple[str, ...]:
    return tuple([word.strip().upper() for word in _LISTED.split(listed)]) if listed else ()


def _errno(words: str) -> int | None:
    """Return the number that a text tells; what a client says of a server's error counts by the latter."""
    number, symbol = _NUMBER.search(words), _SYMBOL.search(words)
    alone = _ALONE.match(words) is not None
    spoken = " " in words and (_SPOKEN.search(words) is not None or _ACCOUNT.search(words) is not None)
    if not alone and not spoken:
        return None
    lower = words.lower()
    said = next((no for no, phrase in _WORDS if phrase.lower() in lower), None)
    found = int(number["errno"]) if number is not None else None
    if found in _OF_CLIENTS and said is not None:
        return said
    if found is None and symbol is not None:
        found = int(symbol["errno"]) if symbol["errno"] else _SYMBOLS.get(symbol[0])
    return found or said


def _client(host: str) -> str | None:
    """Return the host of an account where it may be that of a client: the errors of rights tell the account's own."""
    return None if "%" in host or "/" in host else host


_NAMED = re.compile(r"(?P<quote>['`\"])(?P<user>.*?)(?P=quote)@(?P<second>['`\"]?)(?P<host>.*?)(?P=second)\Z")
_BARE = re.compile(r"(?P<user>[^@'`\"\s]+)@(?P<host>%|localhost|[\d.%:/_]+)\Z")


def user_in(word: str) -> str:
    """Return the user of a written account, else the word itself.

    An account is such as `'app'@'%'`.
    """
    found = _NAMED.match(word) or _BARE.match(word)
    return found["user"] if found is not None else word
