"""Settings of the server that a script of SQL changes, which decide about accounts and rights."""

from collections.abc import Sequence

from grantlint.model import ServerFacts
from grantlint.model.location import Located, Source, Span, Text
from grantlint.reader.sql.syntax.records.statements import Assigned


def with_globals(facts: ServerFacts | None, assigned: Sequence[Assigned], source: Source) -> ServerFacts | None:
    """Return the facts with what the script sets.

    It counts for all of the script: what is set late is set when clients come.
    """
    if not assigned:
        return facts
    found: dict[str, Text] = {name: Located(value.text, source, value.start, value.end) for name, value in assigned}
    place = assigned[0].value
    own = facts or ServerFacts(Span(source, place.start, place.end))
    return own._replace(settings={**own.settings, **found})
