"""From a remedy to a fix: what to tell a person, and which characters of which files change."""

from collections.abc import Callable, Sequence

from grantlint.model import Account, Grant, Role
from grantlint.model.location import Located
from grantlint.model.remedy import (
    Add,
    Edit,
    Effect,
    Fix,
    Instead,
    KeepElsewhere,
    MakeFirst,
    Rehost,
    Remedy,
    Remove,
    Retype,
    Write,
)
from grantlint.model.scope import Scope
from grantlint.platform.record import NamedTuple
from grantlint.reader.writing.items import removal
from grantlint.reader.writing.targets import retargeted
from grantlint.reader.writing.values import rewritten

Named = Callable[[Account], Sequence[Located[str]]]
"""Returns every place where the host of an account stands, also where grants name it."""


class Mended(NamedTuple):
    """A remedy's help and fix. help: '' where the rule's own words are as good; fix: None where nothing is sure."""

    help: str = ""
    fix: Fix | None = None


def mended(  # noqa: PLR0911 - one return for each kind of remedy
    remedy: Remedy, subject: Account | Role | Grant | None, named: Named
) -> Mended:
    """Return the help and fix of a remedy at its subject's place."""
    match remedy:
        case Instead(value=Scope() as scope) if isinstance(subject, Grant):
            told = retargeted(subject, scope, remedy.provided)
            return _made(told.sentence, remedy.effect, told.edits)
        case Instead(value=str() as host) if isinstance(subject, Account):
            return _texts(named(subject), host, remedy.effect, remedy.provided)
        case Rehost():
            return _texts(named(remedy.account), remedy.host, remedy.effect, remedy.provided)
        case Add():
            return _added(remedy, subject)
        case MakeFirst():
            from grantlint.reader.writing.statements import made_first  # noqa: PLC0415 - for such remedies alone

            return _made("Write CREATE USER, then GRANT.", Effect.GIVES, made_first(remedy.step))
        case KeepElsewhere():
            from grantlint.reader.writing.secrets import kept_elsewhere  # noqa: PLC0415 - as above

            return Mended(kept_elsewhere(remedy.place.source))
        case Write():
            return _texts([remedy.leaf], remedy.value, remedy.effect, remedy.provided)
        case Remove():
            edit = removal(remedy.item)
            return _made(f"Take {remedy.what} out.", remedy.effect, (edit,) if edit else ())
        case Retype():
            edit = Edit(remedy.place, remedy.text)
            return _made(f"Write `{remedy.text}` here." if remedy.text else "Take it out.", remedy.effect, (edit,))
        case _:
            return Mended()


def _texts(leaves: Sequence[Located[str]], value: str, effect: Effect, provided: str) -> Mended:
    """Return the help and fix that write a text in all places. Nothing where one of them cannot be changed."""
    edits = [rewritten(leaf, value) for leaf in leaves]
    made = tuple([edit for edit in edits if edit is not None])
    if not made or len(made) < len(edits):
        return Mended()
    meant = f", {provided}" if provided else ""
    return _made(f"Write {made[0].text} here{_also(made)}{meant}.", effect, made)


def _also(edits: Sequence[Edit]) -> str:
    """Return a clause with the other places to be edited. Lines of the same file, or other files."""
    first, *others = edits
    here = [edit.span.line for edit in others if edit.span.source.path == first.span.source.path]
    files = {edit.span.source.path for edit in others} - {first.span.source.path}
    places = [f"line {line}" for line in sorted({*here} - {first.span.line})]
    places += sorted(files)
    return f", and the same in {_listed(places)}" if places else ""


def _added(remedy: Add, subject: Account | Role | Grant | None) -> Mended:
    """Return what a declaration says besides; nothing where its format has no words for it."""
    from grantlint.reader.writing.adding import added  # noqa: PLC0415 - as above

    beside = remedy.beside or (subject if isinstance(subject, Account) else None)
    text, edit = ("", None) if beside is None else added(remedy.what, remedy.value, beside)
    return _made(f"Add `{text}` here.", remedy.effect, (edit,)) if edit is not None else Mended()


_MOST = 4  # places that are listed


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - _MOST} more" if len(places) > _MOST else ""
    return ", ".join(places[:_MOST]) + more


def _made(sentence: str, effect: Effect, edits: tuple[Edit, ...]) -> Mended:
    return Mended(sentence, Fix(sentence, effect, edits) if edits else None)
