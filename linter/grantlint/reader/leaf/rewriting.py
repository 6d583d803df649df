r"""What to write where a grant names its target, so that the server gets another: in the quotes of the place.

`"shop\_eu"` has a no-break space in YAML and is an error in HCL: there it is `"shop\\_eu"`. SQL takes a backslash in
backticks alone, and a shell takes those for a command unless they are escaped.
"""

import re

from grantlint.model import Grant, Naming
from grantlint.model.location import Source, Span
from grantlint.model.scope import Level, Scope, literal_of
from grantlint.reader.leaf.quoted import Quoted, quoted_at
from grantlint.reader.leaf.quotes import BARE, YAML_SINGLE, Quotes, write

_BLOCK = re.compile(r"^[\w}]", re.MULTILINE)
_REFERENCE = re.compile(r"mysql_database(?:\.\w+|\[[\w.\"]{1,80}\])+")
_LONGEST = 100  # characters of a value that is shown whole


def rewriting(grant: Grant, scope: Scope) -> str:
    """Return a sentence that says how to make a grant's target this one, in words to be typed at its place."""
    target = grant.target.span
    meant = f"if only the database {literal_of(scope.database) or scope.database} is meant"
    if grant.naming is Naming.SHARED:
        return (
            f"No backslash can stand here, as the same word names the database that is made: grant on {scope} apart "
            "from it, by SQL or a resource of its own, or give the database a name without _."
        )
    if _is_elsewhere(target, grant.span):
        return rf'Have the grant take replace(..., "_", "\\_") of this value, so that it is on {scope}, {meant}.'
    text = _rewritten(grant, target, scope)
    written = target.source.text[target.start : target.end]
    if text is None and _REFERENCE.fullmatch(written) is not None:
        return rf'Write replace({written}, "_", "\\_") here, so that the grant is on {scope}, {meant}.'
    if text is None:
        return rf"Have the server get {scope}, {meant}: a \ before each _, and two between double quotes."
    twice = _rewritten(grant, grant.repeated, scope) if grant.repeated else None
    where = f"here, and {twice} in the title" if twice else "here"
    return f"Write {text} {where}, {meant}{_explained(target, text)}."


def _explained(place: Span, text: str) -> str:
    quoted = quoted_at(place.source, place.start)
    if quoted is None or "\\\\" not in text:
        return ""
    return ": in double quotes a backslash is written twice" if quoted.quotes[0].opening == '"' else ""


def _is_elsewhere(target: Span, grant: Span) -> bool:
    """Whether Terraform takes the name from another block, which may use it for the database itself."""
    source, start, _ = target
    if not source.path.lower().endswith((".tf", ".tofu")):
        return False
    return source is not grant.source or start < grant.start or bool(_BLOCK.search(source.text, grant.end, start))


def _rewritten(grant: Grant, place: Span, scope: Scope) -> str | None:
    """Return what should stand at a place; None where the name does not stand there as it is."""
    source, start, end = place
    quoted = quoted_at(source, start)
    quotes = quoted.quotes if quoted else ()
    if grant.naming is Naming.STATEMENT and not (source.text[start] in "'\"" and not _is_whole(quoted, place)):
        return _statement(place, quoted, scope)
    old, new = _names(grant, scope)
    piece = source.text[start:end]
    for written in (write(old, quotes), old):
        if piece.count(written) == 1:
            rewritten = piece.replace(written, write(new, quotes))
            return rewritten if quoted is None else _in_context(quoted, place, rewritten)
    return None


def _names(grant: Grant, scope: Scope) -> tuple[str, str]:
    """Return the name of the database as it is, and as it should be."""
    was = grant.scope
    return (was.database if was else "", scope.database)


def _statement(place: Span, quoted: Quoted | None, scope: Scope) -> str:
    """Return a target as a statement has it, as it is written at a place; a tool may put the `.*` itself."""
    source, start, end = place
    old = source.text[start:end]
    text = str(scope)
    if scope.level is Level.DATABASE and "." not in old and "*" not in old:
        text = text.removesuffix(".*")
    if quoted is None:
        return text
    if not _is_whole(quoted, place):
        return write(text, quoted.quotes)
    outermost: Quotes = quoted.quotes[0]
    if outermost is BARE:  # YAML takes no backtick at the beginning of a bare text
        outermost = YAML_SINGLE
    return outermost.opening + write(text, (outermost, *quoted.quotes[1:])) + outermost.closing


def _is_whole(quoted: Quoted | None, place: Span) -> bool:
    return quoted is not None and (quoted.start, quoted.end) == (place.start, place.end)


def _in_context(quoted: Quoted, place: Span, rewritten: str) -> str:
    """Return a rewritten piece within the quotes around it, where what they hold is short and no secret."""
    source, start, end = place
    before, after = source.text[quoted.start : start], source.text[end : quoted.end]
    around = before + after
    if len(around) > _LONGEST or any(sign in around for sign in "\n={") or _has_secret(source, quoted):
        return rewritten
    return before + rewritten + after


def _has_secret(source: Source, quoted: Quoted) -> bool:
    return any(start < quoted.end and quoted.start < end for start, end in source.secrets)
