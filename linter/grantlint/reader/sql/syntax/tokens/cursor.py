"""A place in the tokens of one statement, and the moves that every part of the grammar is made of."""

from collections.abc import Callable

from grantlint.access.product.grammar import Grammar
from grantlint.platform.typed import NoReturn, TypeVar
from grantlint.reader.sql.syntax.tokens.token import END, MARK, STRING, TEMPLATE, UNCLOSED, WORD, Token, words

SYNTAX_ERROR = 1064
# words of the grammar that no server reserves: they may be quoted in a message, other words may be passwords
_CLAUSE_WORDS = words(
    "ACCOUNT ADMIN ATTRIBUTE COMMENT CURRENT_ROLE DISCARD EXPIRE FACTOR FAILED_LOGIN_ATTEMPTS HISTORY IDENTIFIED "
    "INITIAL MAX_CONNECTIONS_PER_HOUR MAX_QUERIES_PER_HOUR MAX_STATEMENT_TIME MAX_UPDATES_PER_HOUR "
    "MAX_USER_CONNECTIONS PASSWORD PASSWORD_LOCK_TIME PRIVILEGES PROXY RANDOM RETAIN ROLE UNKNOWN USER VIA"
)


_T = TypeVar("_T")


class Rejected(Exception):  # noqa: N818 - it carries a SyntaxFault and never leaves the parser
    """The statement is not of the grammar; caught where parsing began."""

    def __init__(self, offset: int, errno: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.errno = errno
        self.message = message


class Cursor:
    """The current token of a statement. `word` is its keyword in upper case or its mark, empty for the rest."""

    __slots__ = ("end", "grammar", "index", "kind", "start", "templates", "text", "tokens", "word")

    kind: int
    start: int
    end: int
    word: str

    def __init__(self, text: str, tokens: list[Token], grammar: Grammar, *, templates: bool = False) -> None:
        self.text = text
        self.tokens = tokens
        self.grammar = grammar
        self.templates = templates
        self.index = 0
        self.kind, self.start, self.end, self.word = tokens[0]

    @property
    def last_end(self) -> int:
        """Where the token before this one ends."""
        return self.tokens[self.index - 1].end if self.index else self.start

    def advance(self) -> None:
        """Go to the next token; END stays."""
        if self.kind != END:
            self.index += 1
            self.kind, self.start, self.end, self.word = self.tokens[self.index]

    def back_to(self, index: int) -> None:
        """Go back to the token at an index."""
        self.index = index
        self.kind, self.start, self.end, self.word = self.tokens[index]

    def peek(self, ahead: int = 1) -> Token:
        """Return a later token; END where there is none."""
        index = self.index + ahead
        return self.tokens[index] if index < len(self.tokens) else self.tokens[-1]

    def at(self, *kinds: int) -> bool:
        """Whether the current token is of one of these kinds."""
        return self.kind in kinds

    def follows(self, *words: str) -> bool:
        """Whether the current word or mark is one of these."""
        return self.word in words

    def accept(self, *words: str) -> bool:
        """Pass over these words if they all follow."""
        if self.word != words[0]:
            return False
        for ahead in range(1, len(words)):
            if self.peek(ahead).word != words[ahead]:
                return False
        for _ in words:
            self.advance()
        return True

    def expect(self, *words: str) -> None:
        """Pass over these words. Rejects the statement at the first that is missing."""
        for word in words:
            if self.word != word:
                self.reject(word)
            self.advance()

    def separated(self, read: "Callable[[Cursor], _T]") -> tuple[_T, ...]:
        """Return one or more of what `read` reads, with commas between them."""
        found = [read(self)]
        while self.accept(","):
            found.append(read(self))
        return tuple(found)

    def expect_string(self, wanted: str) -> Token:
        """Return the string or template here, and go behind it. Rejects the statement elsewhere."""
        token = self.tokens[self.index]
        if token.kind not in (STRING, TEMPLATE):
            self.reject(wanted)
        self.advance()
        return token

    def reject(self, wanted: str = "") -> NoReturn:
        """Raise Rejected at the current token. It quotes no more than a keyword, for the text may hold a password."""
        raise Rejected(self.start, SYNTAX_ERROR, f"{self._found()}{f' where {wanted} belongs' if wanted else ''}")

    def _found(self) -> str:
        if self.kind == END:
            return "the statement ends"
        if self.kind == UNCLOSED:
            return "a comment is not closed"
        if self.kind == WORD and (self.word in self.grammar.reserved or self.word in _CLAUSE_WORDS):
            return f"{self.word} stands"
        if self.kind == MARK:
            return "a quote is not closed" if self.word in {"'", '"', "`"} else f"{self.word!r} stands"
        return "something else stands" if self.kind != WORD else "a word stands"
