r"""A file of SQL to its statements: DELIMITER, the client's own commands, listings without any delimiter.

What is not about accounts is passed over without being cut into tokens. Source: the manual page of the mysql
client (delimiter, use, source, \g, \G), the output of SHOW GRANTS, pt-show-grants and mysqldump.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from grantlint.access.product.grammar import Grammar
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.platform.regex import compiled
from grantlint.reader.sql.script.about import HEAD, is_about_accounts, is_meant_for_accounts, next_opener
from grantlint.reader.sql.script.data import behind_rows
from grantlint.reader.sql.script.delimiters import end_of_line, new_delimiter, passed_over
from grantlint.reader.sql.script.indirect import changed_rows, fetched, may_change_rows, words_held, write_somewhere
from grantlint.reader.sql.script.listing import listing
from grantlint.reader.sql.script.modes import modes_after, with_sql_mode
from grantlint.reader.sql.script.prepared import EXECUTES, PREPARES, VERBS, Given, literal_of, prepared
from grantlint.reader.sql.script.programs import may_hold_statements, statement_within
from grantlint.reader.sql.script.slips import meant, misspelt
from grantlint.reader.sql.syntax.parser import parse_tokens
from grantlint.reader.sql.syntax.records.parts import Name
from grantlint.reader.sql.syntax.records.statements import Opaque, Other, SetVariables, Statement, SyntaxFault, Use
from grantlint.reader.sql.syntax.statements.grant_tables import made_table
from grantlint.reader.sql.syntax.tokens.cuts import Cuts
from grantlint.reader.sql.syntax.tokens.lexer import Cut, cut
from grantlint.reader.sql.syntax.tokens.templates import DIRECTIVE, EXPRESSION
from grantlint.reader.sql.syntax.tokens.token import END, Token

_ANY_DELIMITER = Pattern(r";|\\[gG]|^[ \t]*delimiter[ \t]", re.IGNORECASE | re.MULTILINE)
_PLAIN = re.compile(r"\s*(?:GRANT|REVOKE|(?:CREATE|ALTER|DROP|RENAME)\s+(?:USER|ROLE))\s", re.IGNORECASE)
# Where no statement has begun, the client drops a line after `--` even without a blank (client/mysql.cc, add_line).
_BETWEEN = compiled(r"(?:\s++|#[^\n]*+|--[^\n]*+)++")
_MARKS = frozenset("{$<@")  # with which templates begin
_CLIENT_COMMANDS = frozenset({"SOURCE", "CONNECT", "PAGER", "NOPAGER", "PROMPT", "TEE", "NOTEE", "SYSTEM", "STATUS"})
_MAY_BRING = "a template by itself may bring statements"


_MAX_AGAIN = 300_000
"""Characters that are cut again behind faults: a text without delimiters costs their square. What then stays unread
belongs to a statement that is a fault, as it does for the server."""


class Session(NamedTuple):
    """A stretch of text run by one client, and its first database."""

    start: int
    end: int
    database: str


def parse_script(
    text: str,
    grammar: Grammar,
    *,
    sessions: Sequence[Session] = (),
    cuts: Cuts | None = None,
) -> Iterator[Statement | SyntaxFault]:
    """Yield a file's account statements in order, and its syntax faults.

    USE, SET sql_mode and writes to the grant tables are among them. Other statements are passed over. A bad statement
    does not stop the next one. The quoting modes follow `SET sql_mode` in the file. `sessions` are in the order of the
    text; the current database of what is around them is another. `cuts`: those of the text, shared with other grammars.
    """
    cuts = cuts or Cuts(text)
    # What stands before SQL in a file of another format is blank here: it is passed over once.
    begin = len(text) - len(text.lstrip(" \t\r\n")) if text[:1].isspace() else 0
    if not sessions and ";" not in text and _ANY_DELIMITER.search(text[begin:]) is None:
        yield from listing(text, grammar, templates=cuts.templates, begin=begin)
        return
    yield from _Script(text, grammar, cuts, sessions)


class _Script:
    """A file with delimiters, read from top to bottom: what one statement changes for the next."""

    __slots__ = (
        "_again", "_around", "_columns", "_cuts", "_given", "_modes", "_sessions", "database", "delimiter", "executed",
        "grammar", "mentions", "position", "prepares", "reloads", "templates", "text",
    )  # fmt: skip

    def __init__(self, text: str, grammar: Grammar, cuts: Cuts, sessions: Sequence[Session]) -> None:
        self.text = text
        self._cuts = cuts
        self.grammar = grammar
        self.templates = cuts.templates
        self.delimiter = ";"
        self.database = ""
        self._modes = ""  # of sql_mode, as the text sets them
        self._sessions = [*sessions]
        self._columns: dict[str, list[str]] = {}  # of the grant tables that the text makes
        self._around: str | None = None  # the current database outside of the session that has begun
        self._again = _MAX_AGAIN
        self.position: int = 1 if text.startswith("\ufeff") else 0
        held = words_held(text)
        self.mentions = "mysql" in held  # a grant table, anywhere
        self.reloads = "flush" in held
        self.prepares = not held.isdisjoint(("prepare", "immediate")) and PREPARES.search(text) is not None
        self.executed = {name.lower() for name in EXECUTES.findall(text)} if self.prepares else set[str]()
        self._given = Given.of(text if self.prepares else "")

    def __iter__(self) -> Iterator[Statement | SyntaxFault]:
        while self.position < len(self.text):
            no_comments = self.delimiter[0] in "#-"  # one may begin with the delimiter
            between = None if no_comments else _BETWEEN.match(self.text, self.position)
            self.position = between.end() if between is not None else self.position
            yield from self._changed_session()
            behind = behind_rows(self.text, self.position, self.delimiter, self._end(), templates=self.templates)
            if behind > self.position:
                self.position = behind
                continue
            if self.position == len(self.text):
                return
            opens = self.text[self.position] in _MARKS or no_comments
            lone = self._lone_template() if self.templates and opens else None
            if lone is not None:
                yield lone
                continue
            plain = _PLAIN.match(self.text, self.position) is not None
            head = self._cut() if plain else self._head()
            first = head.tokens[0]
            if first.kind == END:
                self.position = max(head.end, self.position + 1)
            elif first.word == "DELIMITER":
                self.delimiter, self.position = new_delimiter(self.text, first.end, self.delimiter)
            elif first.word in _CLIENT_COMMANDS or self.text.startswith(("\\.", "\\!"), first.start):
                self.position = end_of_line(self.text, first.end)
                taken = fetched(self.text, first.start)
                if taken is not None:
                    yield taken
            else:
                found = self._next(head, plain=plain)
                if found is not None:
                    yield found
        yield from self._changed_session()  # which may end where the text does

    def _next(self, head: Cut, *, plain: bool) -> Statement | SyntaxFault | None:
        """Read a statement of the server's and go behind it; None where it does nothing to accounts."""
        first = head.tokens[0]
        if self.prepares and first.word in VERBS:
            return self._handed_over()
        if is_about_accounts(head.tokens, self.text, self.database):
            return self._statement(head if plain else self._whole(first))
        slip = meant(head.tokens)
        if slip:
            return misspelt(self._statement(self._whole(first)), head.tokens, slip)
        found = self._within(head)
        if found is None:
            if first.word == "CREATE" and self.database in {"", "mysql"}:
                self._note_columns(head)
            self._skip(head)
        return found

    def _note_columns(self, head: Cut) -> None:
        """Keep the columns of a grant table: a dump writes its rows without naming them."""
        if made_table(head.tokens, self.text, self.database) is not None:
            made = made_table(self._cut().tokens, self.text, self.database)
            self._columns.update([made] if made is not None else ())

    def _changed_session(self) -> Iterator[Use]:
        """Yield an implied USE where a client session begins or ends."""
        while self._sessions:
            start, end, database = self._sessions[0]
            if self._around is None and start <= self.position < end:
                self._around = self.database
                yield self._use(database)
            if self.position < end:
                return
            if self._around is not None:
                yield self._use(self._around)
                self._around = None
            self._sessions.pop(0)

    def _end(self) -> int:
        """Return where the session at hand ends, or what is before the next one."""
        if not self._sessions:
            return len(self.text)
        start, end, _ = self._sessions[0]
        return start if self.position < start else end

    def _use(self, database: str) -> Use:
        self.database, at = database, self.position
        return Use(at, at, Name(database, at, at, unresolved=not database))

    def _head(self) -> Cut:
        delimiter = self.delimiter
        return cut(self.text, self.position, self.grammar, templates=self.templates, delimiter=delimiter, limit=HEAD)

    def _cut(self, *, stop: int | None = None) -> Cut:
        delimiter = self.delimiter
        return self._cuts.of(self.position, self.grammar, templates=self.templates, delimiter=delimiter, stop=stop)

    def _whole(self, first: Token) -> Cut:
        return self._cut(stop=end_of_line(self.text, first.end) if first.word == "USE" else None)

    def _lone_template(self) -> Opaque | None:
        """Read a template that is a whole line or statement. What it brings is no part of the next one."""
        found = _lone().match(self.text, self.position)
        if found is None or not (found["ends"] is not None or self.text.startswith(self.delimiter, found.end())):
            return None
        start, end = found.span("template")
        self.position = found.end()
        return Opaque(start, end, "", Name(found["template"], start, end, unresolved=True), _MAY_BRING)

    def _handed_over(self) -> Statement | SyntaxFault | None:
        """Read a statement that may hand another one over as a text, and go behind it."""
        whole = self._cut()
        tokens = whole.tokens
        literal = literal_of(self.text, tokens)
        if literal is not None:
            stop = literal.end - 1
            inner = cut(self.text, literal.start + 1, self.grammar, templates=self.templates, stop=stop).tokens
            if is_about_accounts(inner, self.text, self.database):
                self.position = max(whole.end, self.position + 1)
                runs = self.text[tokens[1].start : tokens[1].end].lower() in self.executed
                return self._statement(Cut(inner, whole.end, whole=True)) if runs else None
        about = is_about_accounts(tokens, self.text, self.database)
        found = self._statement(whole) if about else None
        self.position = max(whole.end, self.position)
        return found or prepared(self.text, tokens, self._given)

    def _statement(self, whole: Cut) -> Statement | SyntaxFault | None:
        """Read the statement here and go behind it; None if it is not about accounts after all."""
        found = parse_tokens(
            self.text,
            whole.tokens,
            self.grammar,
            templates=self.templates,
            database=self.database,
            columns=self._columns,
        )
        self.position = max(whole.end, self.position + 1)
        match found:
            case SyntaxFault(offset=offset):
                if self._again > 0:
                    self.position = next_opener(self.text, whole.tokens, offset, self.position)
                    self._again -= whole.end - self.position
                if not is_meant_for_accounts(whole.tokens, self.grammar):
                    return None
            case Use(database=database):
                self.database = "" if database.unresolved else database.text.lower()
            case SetVariables(items=items, sql_mode=sql_mode, assigned=assigned):
                if sql_mode is not None:
                    self._modes = modes_after(self._modes, sql_mode)
                    self.grammar = with_sql_mode(self.grammar, self._modes)
                if not items and sql_mode is None and not assigned:
                    return None
            case Other():
                return None
            case _:
                pass
        return found

    def _within(self, head: Cut) -> Statement | SyntaxFault | None:
        """Read the account change in a program or multi-table write. None if there is none."""
        if may_change_rows(head.tokens) and (self.database == "mysql" or self.mentions):
            whole = self._cut()
            changed = changed_rows(self.text, whole.tokens, self.database)
            if changed is not None:
                self.position = max(whole.end, self.position + 1)
                return changed
        if self.reloads and not self.database:
            somewhere = write_somewhere(self.text, head.tokens)
            if somewhere is not None:
                self.position = max(self._cut().end, self.position + 1)
                return somewhere
        if not may_hold_statements(head.tokens):
            return None
        whole = self._cut()
        found = statement_within(self.text, whole.tokens, self.database)
        if found is None:
            return None
        if self.grammar.mariadb and [token.word for token in whole.tokens[:2]] == ["BEGIN", "NOT"]:
            return self._statement(whole)
        self.position = max(whole.end, self.position + 1)
        return found

    def _skip(self, head: Cut) -> None:
        """Go behind the delimiter that ends a statement which is not about accounts."""
        if head.whole:
            self.position = max(head.end, self.position + 1)
            return
        start = head.tokens[0].start
        found = passed_over(self.delimiter).match(self.text, start)
        end = found.end() if found is not None else len(self.text)
        self.position = max(end + len(self.delimiter), start + 1)


@cache
def _lone() -> re.Pattern[str]:
    between = rf"\s++|#[^\n]*+|--(?=\s)[^\n]*+|{DIRECTIVE}"
    after = rf"(?:[ \t\r]++|{DIRECTIVE})*+(?P<ends>\n|\Z)?"
    return compiled(rf"(?:{between})*+(?P<template>(?:(?!{DIRECTIVE})(?:{EXPRESSION}))++){after}", re.DOTALL)
