"""The sentence that somebody holds in the hand, as the number and the names in it."""

import re
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?:\A\s*|\bERROR\s+|\bcode:?\s+|\berrno:?\s+|[\[(])(?P<errno>\d{4})(?=\s*\Z|[\s:,)\](])", re.IGNORECASE
)
_ACCOUNT = re.compile(
    r"(?:user|AuthId) (?P<quote>['`])(?P<user>.*?)(?P=quote)@(?P=quote)(?P<host>.*?)(?P=quote)", re.IGNORECASE
)
_HOST = re.compile(r"\bHost '(?P<host>[^']*)' is not allowed", re.IGNORECASE)
_DATABASE = re.compile(r"to database '(?P<database>[^']*)'", re.IGNORECASE)
_COMMAND = re.compile(r"(?P<privilege>[A-Z][A-Z ,_]*?) command denied", re.IGNORECASE)
_NEEDED = re.compile(r"need \(at least one of\) the (?P<privilege>[A-Z_ ,]+?) privilege", re.IGNORECASE)
_TABLE = re.compile(r"(?:for|in) table (?:[`'](?P<database>[^`'.]*)[`']\.)?[`'](?P<table>[^`']*)[`']", re.IGNORECASE)
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


class Complaint(NamedTuple):
    """An error as a client shows it; what it does not say is None."""

    errno: int
    user: str | None = None
    host: str | None = None
    database: str | None = None
    table: str | None = None
    privileges: tuple[str, ...] = ()
    password: bool | None = None


def complaint_in(words: str) -> Complaint | None:
    """Return the error that a text tells, in English or by its number alone; None for a text that tells none."""
    number = _NUMBER.search(words)
    spoken = " " in words and _SPOKEN.search(words) is not None
    if number is None and not spoken:
        return None
    lower = words.lower()
    errno = (
        int(number["errno"]) if number is not None else next((no for no, said in _WORDS if said.lower() in lower), 0)
    )
    if not errno or (not spoken and words.strip() != str(errno)):
        return None
    account, host, database = _ACCOUNT.search(words), _HOST.search(words), _DATABASE.search(words)
    table, routine = _TABLE.search(words), _ROUTINE.search(words)
    needed = _NEEDED.search(words) or _COMMAND.search(words)
    sent = _PASSWORD.search(words)
    at = next((one["database"] for one in (database, table, routine) if one is not None and one["database"]), None)
    return Complaint(
        errno,
        account["user"] if account is not None else None,
        _first(host and host["host"], _client(account["host"]) if account is not None else None),
        at,
        table["table"] if table is not None else None,
        tuple(word.strip().upper() for word in needed["privilege"].split(",")) if needed is not None else (),
        sent["sent"].upper() == "YES" if sent is not None else None,
    )


def _client(host: str) -> str | None:
    """Return the host of an account where it may be that of a client: the errors of rights tell the account's own."""
    return None if "%" in host or "/" in host else host


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


_NAMED = re.compile(r"(?P<quote>['`\"])(?P<user>.*?)(?P=quote)@(?P<second>['`\"]?)(?P<host>.*?)(?P=second)\Z")
_BARE = re.compile(r"(?P<user>[^@'`\"\s]+)@(?P<host>%|localhost|[\d.%:/_]+)\Z")


def user_in(word: str) -> str:
    """Return the user of an account as it is written, `'app'@'%'`; the word itself where it is none."""
    found = _NAMED.match(word) or _BARE.match(word)
    return found["user"] if found is not None else word
