"""The strings of a Puppet manifest."""

from bisect import bisect_right
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.reader.formats.puppet.language.lexer import DOUBLE, SINGLE, Token, string_of, tokens_of
from grantlint.reader.formats.puppet.scripts import passage_of
from grantlint.reader.writing.quoted.shell import quotes_of
from grantlint.reader.writing.quoted.string import Quoted
from grantlint.reader.writing.quotes import PUPPET_DOUBLE, PUPPET_SINGLE

_IN_PUPPET = {SINGLE: PUPPET_SINGLE, DOUBLE: PUPPET_DOUBLE}


def quoted_at(source: Source, offset: int) -> Quoted | None:
    """Return the string around a place. None where it is in none."""
    tokens = _tokens(source)
    index = bisect_right(tokens, offset, key=lambda token: token.start) - 1
    if index < 0 or tokens[index].end <= offset or tokens[index].kind not in _IN_PUPPET:
        return None
    token = tokens[index]
    quotes = quotes_of(source, token.start, passage_of(string_of(source, token, "")), offset)
    return Quoted(token.start, token.end, (_IN_PUPPET[token.kind], *quotes))


@lru_cache(maxsize=4)
def _tokens(source: Source) -> list[Token]:
    return tokens_of(source.text).tokens
