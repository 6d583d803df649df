"""What a grant is on, from the words of a file; words that no grant can be on are a fault."""

from collections.abc import Callable

from grantlint.model import Fault, GrantTarget, SomeDatabase
from grantlint.model.location import Located, Span, Unresolved
from grantlint.model.scope import Scope, ScopeSyntaxError, parse_scope, scope_of
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_ALL_OF_IT = Pattern(r"""[^.*'"`]['"`]*\.\*['"]?\Z""")  # {{ db }}.*, "${db}.*", `{{ db }}`.*
_REMEDY = "Write *.*, db.*, db.table or PROCEDURE db.name."


def some_database(target: Unresolved) -> Unresolved:
    """Return a templated target: some database, where its end says so."""
    return SomeDatabase.of(target) if _ALL_OF_IT.search(target.span.text) else target


class Targets(NamedTuple):
    """Makes targets, and faults of texts that are none."""

    faults: list[Fault]

    def parsed(self, text: str, span: Span) -> GrantTarget:
        """Return the target of a text that stands after ON."""
        return self.made(lambda: parse_scope(text), span)

    def named(self, database: str | None, name: str, span: Span, kind: str = "") -> GrantTarget:
        """Return the target of unquoted names, as `scope_of` takes them."""
        return self.made(lambda: scope_of(database, name, kind), span)

    def made(self, make: Callable[[], Scope], span: Span) -> GrantTarget:
        """Return the scope that `make` returns. Where it raises ScopeSyntaxError: a fault, and an unresolved target."""
        try:
            return Located(make(), *span)
        except ScopeSyntaxError as error:
            return self.none(str(error), span)

    def none(self, message: str, span: Span) -> Unresolved:
        """Return the unresolved target of a grant, and add its fault."""
        self.faults.append(Fault("syntax-error", message, span, _REMEDY))
        return Unresolved("no grant can be on it", *span)
