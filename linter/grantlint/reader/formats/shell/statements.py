"""Which passages of a script are SQL for a MySQL or MariaDB server."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.shell.clients.client import database_of
from grantlint.reader.formats.shell.functions import FUNCTION
from grantlint.reader.formats.shell.passage import EXPANSION, Passage, formatted
from grantlint.reader.formats.shell.script import Pipeline, Script
from grantlint.reader.sql.sign import claims

_GAP = r"(?:\s|/\*[^*]{0,200}\*/)+"
ACCOUNT_STATEMENT = (
    (
        r"(?:GRANT|REVOKE)\s+[\w`'\"${]|(?:CREATE|ALTER|DROP)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE)\s|RENAME\s+USER\s"
        r"|SET\s+(?:PASSWORD|DEFAULT\s+ROLE)\b|(?:INSERT\s+(?:IGNORE\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+"
        r"(?:`?mysql`?\s*\.\s*`?(?:user|db|global_priv)|`?user`?[\s(;])"
    )
    .replace(r"\s+", _GAP)
    .replace(r"ROLE)\s|", rf"ROLE){_GAP}|")
)
_STATEMENT = Pattern(
    rf"(?:\A|[;\n])\s*(?:/\*[^*]*\*/\s*)?(?={ACCOUNT_STATEMENT}|FLUSH{_GAP}PRIVILEGES\b)", re.IGNORECASE
)
_FLUSH = Pattern(r"\s*FLUSH\s+PRIVILEGES\s*;?\s*", re.IGNORECASE)  # alone, in a call of its own
_CLIENT = Pattern(
    r"(?<![\w@])(?:mysql|mariadb)(?![\w]*(?:dump|admin|import|slap|check))(?:\.exe)?\b(?![-.]\w)|process_sql|\bmysql_\w+",
    re.IGNORECASE,
)
_OTHER_CLIENT = Pattern(
    r"\b(?:psql|pg_\w+|createuser|postgres|clickhouse(?:-client)?|cqlsh|sqlplus|sqlcmd|mongo(?:sh)?|cockroach|sqlite3"
    r"|vsql|snowsql|hive|beeline|impala-shell|influx|isql|db2|tsql|trino|presto|crdb|ysqlsh|bq|redshift)\b",
    re.IGNORECASE,
)
_PRINTS = Pattern(r"^(?:echo|printf|cat|print)\b")
_FORMATS = Pattern(r"^(?:printf|echo\s+-\w*e|print)\b")
_LOOKS = Pattern(r"^(?:[ef]?grep|rg|sed|awk|test|\[\[?|log\w*|info|warn\w*|error|die|usage|msg\w*|trap|expect)(?=\s|$)")
_GROUP = Pattern(r"(?:^|[;\s])(?:\}|\)|done|fi)[ \t]*(?:\|[^\n]{0,1000}\b(?:mysql|mariadb)\b|>)", re.MULTILINE)
_SCRIPT = Pattern(
    r"\A\s*#!|(?:^|[\s;&|(/])(?:mysql|mariadb)(?=[ \t<])[^\n]{0,1000}?(?:[ \t](?:-\w*e\b|-e[\\'\"]|--execute)|<<)"
    r"|\|(?:[ \t]|\\\r?\n|\\[ ])*(?:sudo[ \t]+(?:[^\s|;&]+[ \t]+){0,6}?)?(?:mysql|mariadb)\b|process_sql",
    re.MULTILINE,
)
_KEYS = Pattern(r"^[ \t-]*[\w.-]+:(?:[ \t]+\S|[ \t]*$)", re.MULTILINE)
_LEADING_WORDS = Pattern(r"^(?:(?:sudo|then|do|else|if|!|\{|env|exec|time|local|export|return|\w+=\S*)\s+)+")
_DOUBTED = Pattern(  # what is handed on to who knows whom is SQL only where prose is not written like that
    r"(?<![\w$])(?:GRANT|REVOKE)\s+(?!(?:ALL|ALTER|CREATE|DELETE|DROP|EVENT|EXECUTE|FILE|INDEX|INSERT|LOCK|PROCESS|PROXY|REFERENCES"
    r"|RELOAD|REPLICATION|SELECT|SHOW|SHUTDOWN|SUPER|TRIGGER|UPDATE|USAGE|GRANT|OPTION|SET|READ|SLAVE|\w+_\w+|BINLOG"
    r"|CONNECTION|FEDERATED|DEFAULT)\b|['`\"$])",
    re.IGNORECASE,
)
_SHAPED = Pattern(r"@|;|\bmysql\.|\bIDENTIFIED\b|\bON\b[^;]*\b(?:TO|FROM)\b", re.IGNORECASE)
_CALLED = Pattern(r"\$\([ \t]*([\w-]+)")
_PIPED = Pattern(r"^[ \t]*([\w-]+)(?:[ \t][^\n|]{0,300})?\|[^\n]{0,1000}\b(?:mysql|mariadb)\b", re.MULTILINE)
_ALONE = Pattern(rf"^[ \t]*(?:{EXPANSION})[ \t]*(?=\r?$)", re.MULTILINE)
_STATEMENT_ENDS = Pattern(r"(?:;|\*/|(?:^|\n)[ \t]*(?:--|#)[^\n]*|\A)\s*\Z")
_LOOKED_BACK = 300  # characters that tell whether a statement has ended
MAX_DEPTH = 8
"""Scripts within scripts that are read; people write two."""

_LONG = 200  # characters of a word that may name a program


class Found(NamedTuple):
    """SQL as the server gets it. `certain`: a client of such a server gets it, as far as can be seen.

    `beyond`: that it is a script which stands in too many others to be read.
    """

    passage: Passage
    certain: bool
    database: str = ""  # what the client is told to begin in, where that is `mysql`
    beyond: bool = False
    literals: tuple[tuple[int, int], ...] = ()  # where no shell puts anything in


def sql_in(script: Passage, *, ours: bool, depth: int = 0) -> Iterator[Found]:
    """Yield the SQL of a script in order. `ours`: the script is known to be about such a server."""
    taken: list[tuple[int, int]] | None = None
    for pipeline in Script(script):
        candidates = [*_candidates(pipeline)]
        if not candidates:
            continue
        words = " ".join(
            word.passage.text for word in pipeline.words if len(word.passage.text) < _LONG and not _is_sql(word.passage)
        )
        words = _LEADING_WORDS.sub("", words)
        if _OTHER_CLIENT.search(words) or _LOOKS.match(words):
            continue
        certain = _CLIENT.search(words) is not None
        if not certain and _PRINTS.match(words) and not (pipeline.heads or pipeline.writes or pipeline.captured):
            taken = _taken_output(script.text) if taken is None else taken
            behind = bisect_right(taken, (pipeline.words[0].start, len(script.text)))
            if not behind or pipeline.words[0].start >= taken[behind - 1][1]:  # none stands in another
                continue
        told = _Told(pipeline, certain=certain, replaced=bool(depth) or "envsubst" in words)
        for candidate in candidates:
            if _SCRIPT.search(candidate.text):
                yield from _in_script(candidate, ours=ours or certain, depth=depth + 1)
                continue
            sql = formatted(candidate) if _FORMATS.match(words) else candidate
            sql = _apart(_begun(sql))
            if not certain and (_DOUBTED.search(sql.text) or not _SHAPED.search(sql.text)):
                continue
            flushes = certain and _FLUSH.fullmatch(sql.text) is not None
            if flushes or (sql.text and claims("mysql" if certain or ours else "", sql.text)):
                yield Found(sql, certain, told.database, literals=told.literals)


class _Told:
    """What the clients of a pipeline are told, worked out once for all statements in it."""

    def __init__(self, pipeline: Pipeline, *, certain: bool, replaced: bool) -> None:
        """Take a pipeline; `replaced`: another command may replace variables, so that nothing is literal."""
        self._pipeline = pipeline
        self._certain = certain
        self._replaced = replaced

    @cached_property
    def database(self) -> str:
        """`mysql` where that is the database that they begin in."""
        return "mysql" if self._certain and database_of(self._pipeline) == "mysql" else ""

    @cached_property
    def literals(self) -> tuple[tuple[int, int], ...]:
        """Where no shell puts anything in."""
        return tuple(self._pipeline.literals) if self._certain and not self._replaced else ()


def _in_script(script: Passage, *, ours: bool, depth: int) -> Iterator[Found]:
    if depth > MAX_DEPTH:
        yield Found(script, certain=True, beyond=True)
    else:
        yield from sql_in(script, ours=ours, depth=depth)


def _taken_output(script: str) -> list[tuple[int, int]]:
    """Return the parts of a script whose output is used.

    Functions that `$(...)` calls; with a group, all of the script.
    """
    if _GROUP.search(script):
        return [(0, len(script))]
    called = {*_CALLED.findall(script), *_PIPED.findall(script)}
    return [found.span() for found in FUNCTION.finditer(script) if found["name"] in called]


def _candidates(pipeline: Pipeline) -> Iterator[Passage]:
    for word in pipeline.words:
        if word.quoted and (_is_sql(word.passage) or _SCRIPT.search(word.passage.text)):
            yield word.passage
    for document in pipeline.documents:
        if _is_sql(document) or _SCRIPT.search(document.text):
            yield document


def is_script(passage: Passage) -> bool:
    """Whether a text is a script or command that calls a client."""
    return _SCRIPT.search(passage.text) is not None


def _is_sql(passage: Passage) -> bool:
    return _STATEMENT.search(_value_of_option(passage).text) is not None


def _begun(passage: Passage) -> Passage:
    """Return the passage from where its SQL begins. Before it may stand `--execute=`, or keys of another format."""
    passage = _value_of_option(passage)
    if _KEYS.search(passage.text):
        found = _STATEMENT.search(passage.text)
        return passage.part(found.end(), len(passage.text)) if found is not None else passage
    return passage


def _apart(passage: Passage) -> Passage:
    """Return SQL with a `;` after each variable alone on its line. So it is no part of the next statement."""
    if "$" not in passage.text and "`" not in passage.text:
        return passage
    characters: list[str] = []
    for found in _ALONE.finditer(passage.text):
        start, end = found.span()
        characters = characters or list(passage.text)
        if _STATEMENT_ENDS.search("".join(characters[max(0, start - _LOOKED_BACK) : start])):
            characters[start:end] = [*" " * (end - start - 1), ";"]
    return Passage("".join(characters), passage.at) if characters else passage


_OPTION = Pattern(r"(?:-{0,2}\w[\w.-]{0,60}\+?=)++|-\w*e(?=[A-Za-z]{3})")


def _value_of_option(passage: Passage) -> Passage:
    found = _OPTION.match(passage.text)
    return passage.part(found.end(), len(passage.text)) if found is not None else passage
