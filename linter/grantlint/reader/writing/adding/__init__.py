"""What a declaration lacks, written where it stands: a key of YAML, an attribute of HCL or Puppet, a clause of SQL."""

from collections.abc import Callable

from grantlint.model import Account
from grantlint.model.location import Located, Span
from grantlint.model.remedy import Addition, Edit
from grantlint.reader.writing.adding.words import Words, words_of

_TAKING = {Addition.REQUIRE: ("mysql_user",), Addition.HOST: ("mysql_user", "google_sql_user")}
"""The resources of Terraform that take the attributes of these."""

_Write = Callable[[Words, Span, Span], Edit | None]


def added(what: Addition, value: str, beside: Account | Span) -> tuple[str, Edit | None]:
    """Return the words that say it there, and their edit.

    Words are '' where the format has none.
    """
    place = _place(beside)
    if place is None:
        return "", None
    words = words_of(place.source, what, value)
    if words is None or not _is_taken(what, place):
        return "", None
    whole = beside.span if isinstance(beside, Account) else beside
    return words.text, _writer(place)(words, place, whole)


def _place(beside: Account | Span) -> Span | None:
    if isinstance(beside, Span):
        return beside
    if beside.span.source.format == "kubernetes":  # the user is the name of the object; the host stands in its `spec`
        return beside.host.span if isinstance(beside.host, Located) else None
    return beside.user.span


def _is_taken(what: Addition, place: Span) -> bool:
    """Return whether what stands around a place takes it: of Terraform's resources few are accounts of MySQL."""
    if not place.source.path.lower().endswith((".tf", ".tofu")):
        return True
    from grantlint.reader.writing.adding import blocks  # noqa: PLC0415 - as below

    return blocks.resource_at(place) in _TAKING.get(what, ())


def _writer(place: Span) -> _Write:
    source = place.source
    path = source.path.lower()
    if source.format == "sql":
        from grantlint.reader.writing.adding import sql  # noqa: PLC0415 - each format's for its files alone

        return sql.added
    if path.endswith((".tf", ".tofu", ".pp")):
        from grantlint.reader.writing.adding import blocks  # noqa: PLC0415 - as above

        return blocks.in_puppet if path.endswith(".pp") else blocks.in_hcl
    from grantlint.reader.writing.adding import mappings  # noqa: PLC0415 - it loads a parser

    return mappings.added
