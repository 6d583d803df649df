r"""What to write where a grant names its target, so that the server gets another: in the quotes of the place.

`"shop\_eu"` has a no-break space in YAML and is an error in HCL: there it is `"shop\\_eu"`. SQL takes a backslash in
backticks alone, and a shell takes those for a command unless they are escaped.
"""

import re

from grantlint.model import Grant, Naming
from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.model.scope import Level, Scope
from grantlint.model.scope.databases import literal_of
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.writing.places import replaced, whole
from grantlint.reader.writing.quoted.place import quoted_at
from grantlint.reader.writing.quoted.string import Quoted
from grantlint.reader.writing.quotes import BARE, YAML_SINGLE, Quotes, write

_BLOCK = Pattern(r"^[\w}]", re.MULTILINE)
_REFERENCE = Pattern(r"mysql_database(?:\.\w+|\[[\w.\"]{1,80}\])+")
_LONGEST = 100  # characters of a value that is shown whole


class Told(NamedTuple):
    """A sentence that says what to do, and its edits.

    Its words are typed at their place; edits () where there are none.
    """

    sentence: str
    edits: tuple[Edit, ...] = ()


def retargeted(grant: Grant, scope: Scope, provided: str) -> Told:
    """Return how to change a grant's target to this scope. `provided`: when it is meant, as a clause or ''."""
    target = grant.target.span
    meant = f", {provided}" if provided else ""
    if grant.naming in (Naming.SHARED, Naming.GIVEN):
        return Told(
            f"No backslash can stand here, as the same word names the database that is made: grant on {scope} apart "
            "from it, by SQL or a resource of its own, or give the database a name without _."
        )
    if _is_elsewhere(target, grant.span):
        return Told(rf'Have the grant take replace(..., "_", "\\_") of this value, so that it is on {scope}{meant}.')
    place = _place(grant, target)
    text = _rewritten(grant, place, scope)
    written = target.source.text[target.start : target.end]
    if text is None and _REFERENCE.fullmatch(written) is not None and literal_of(scope.database) is not None:
        call = rf'replace({written}, "_", "\\_")'
        return Told(f"Write {call} here, so that the grant is on {scope}{meant}.", (Edit(target, call),))
    if text is None:
        other = grant.scope is not None and grant.scope.level is not scope.level
        how = "with nothing around the star" if other else r"a \ before each _, and two between double quotes"
        return Told(f"Have the server get {scope}{meant}: {how}.")
    edits = [Edit(place, text)]
    shown = _shown(grant, place, text)
    where = "here"
    if grant.repeated is not None:
        title = _place(grant, grant.repeated)
        twice = _rewritten(grant, title, scope)
        if twice is None:
            return Told(f"Write {shown} here, and the same in the title{meant}{_explained(place, shown)}.")
        edits.append(Edit(title, twice))
        where = f"here, and {_shown(grant, title, twice)} in the title"
    return Told(f"Write {shown} {where}{meant}{_explained(place, shown)}.", tuple(edits))


def _place(grant: Grant, span: Span) -> Span:
    """Return where the words of a target stand, with the escapes of a statement's own quotes."""
    return whole(span) if grant.naming is Naming.STATEMENT else span


def _explained(place: Span, text: str) -> str:
    quoted = quoted_at(place.source, place.start) if "\\\\" in text else None
    if quoted is None:
        return ""
    return ": in double quotes a backslash is written twice" if quoted.quotes[0].opening == '"' else ""


def _is_elsewhere(target: Span, grant: Span) -> bool:
    """Whether Terraform takes the name from another block, which may use it for the database itself."""
    source, start, _ = target
    if not source.path.lower().endswith((".tf", ".tofu")):
        return False
    return source is not grant.source or start < grant.start or bool(_BLOCK.search(source.text, grant.end, start))


def _rewritten(grant: Grant, place: Span, scope: Scope) -> str | None:
    """Return the new text of a place. None where the name does not stand there as it is."""
    source, start, end = place
    quoted = quoted_at(source, start)
    quotes = quoted.quotes if quoted else ()
    if _is_of_statement(grant, place, quoted):
        return _statement(place, quoted, scope)
    old, new = _names(grant, scope)
    piece = source.text[start:end]
    for written in (write(old, quotes), old):
        text = replaced(piece, written, write(new, quotes))
        if text is not None:
            return text
    return None


def _is_of_statement(grant: Grant, place: Span, quoted: Quoted | None) -> bool:
    """Whether a place holds a statement's words unquoted. Quotes of the format around them do not count."""
    in_marks = place.source.text[place.start] in "'\"" and not _is_whole(quoted, place)
    return grant.naming is Naming.STATEMENT and not in_marks


def _names(grant: Grant, scope: Scope) -> tuple[str, str]:
    """Return the name of the database as it is, and as it should be; with the table, where that becomes all of them."""
    was = grant.scope
    if was is not None and was.level is Level.TABLE and scope.level is Level.DATABASE:
        return f"{was.database}.{was.name}", f"{scope.database}.*"
    return (was.database if was else "", scope.database)


def _statement(place: Span, quoted: Quoted | None, scope: Scope) -> str:
    """Return a target in SQL, written for the quotes of its place. Without `.*` where a tool adds that."""
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


def _shown(grant: Grant, place: Span, rewritten: str) -> str:
    """Return a rewritten name with the quotes around it. Without them where they hold more, or a secret."""
    source, start, end = place
    quoted = quoted_at(source, start)
    if quoted is None or _is_of_statement(grant, place, quoted):
        return rewritten
    before, after = source.text[quoted.start : start], source.text[end : quoted.end]
    around = before + after
    if len(around) > _LONGEST or any(sign in around for sign in "\n={") or _has_secret(source, quoted):
        return rewritten
    return before + rewritten + after


def _has_secret(source: Source, quoted: Quoted) -> bool:
    return any(start < quoted.end and quoted.start < end for start, end in source.secrets)
