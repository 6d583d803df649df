"""A policy from its text to its declarations, a document for each server.

A large policy is never held as a tree: each account is bound as soon as its events are read, then forgotten.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.reader.formats.policy.accounts import bind_user
from grantlint.reader.formats.policy.binding import Binder
from grantlint.reader.formats.policy.roles import bind_role
from grantlint.reader.formats.policy.scalars import NULLS
from grantlint.reader.formats.policy.servers import bind_host, bind_server
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.yaml.items import Item, Items, Mapping, Sequence, Unreadable, bounds
from grantlint.reader.yaml.library import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)
from grantlint.reader.yaml.nesting import unreadable
from grantlint.reader.yaml.parser import Parser, parser, start_of

if TYPE_CHECKING:
    from grantlint.reader.formats.policy.explanation import Explainer

FORMAT = "policy"


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of each document that holds something.

    Where the text stops being YAML, that document is only a fault.
    """
    found: list[Declarations] = []
    events: Parser | None = None
    try:
        events = parser(source.text)
        items = Items(source, events)
        for first in items.documents():
            if _is_null(first):  # as between two `---`: a line of each can make a quarter of a million
                continue
            declarations = Declarations(FORMAT, source.path)
            _Document(source, items, declarations).read(first)
            found.append(declarations)
    except (YAMLError, Unreadable) as error:
        hide_likely(source)
        fault = error.fault if isinstance(error, Unreadable) else unreadable(source, error)
        broken = Declarations(FORMAT, source.path)
        broken.faults.append(fault)
        found.append(broken)
    finally:
        if events is not None:
            events.dispose()
    return tuple(found) or (Declarations(FORMAT, source.path),)


def _is_null(first: Event) -> bool:
    """Whether a document that begins with this event holds nothing."""
    return isinstance(first, ScalarEvent) and not first.style and first.value in NULLS


class _Document:
    """Reads one document from top to bottom."""

    def __init__(self, source: Source, items: Items, declarations: Declarations) -> None:
        self.source = source
        self.items = items
        self.declarations = declarations
        self.binder = Binder(source, declarations)
        self._explainer: Explainer | None = None
        self.sections: dict[str, Callable[[Item], None]] = {
            "hosts": self._host,
            "users": self._user,
            "roles": self._role,
        }
        items.faults = declarations.faults

    def read(self, first: Event) -> None:
        """Read the document that begins with this event."""
        if type(first) is not MappingStartEvent or first.tag or first.anchor:
            self._rest(self.items.compose(first, 1), frozenset())
            return
        shell = Mapping(start_of(first), None)
        streamed: set[str] = set()
        while type(event := self.items.next()) is not MappingEndEvent:
            key = self.items.key(event, 1)
            event = self.items.next()
            bind = self.sections.get(key.value) if key else None
            if bind and type(event) is SequenceStartEvent and not event.tag and not event.anchor:
                value: Item = Sequence(start_of(event), None)
                streamed.add(key.value if key else "")
                self._stream(bind)
            else:
                value = self.items.compose(event, 2)
            self.items.add(shell, key, value)
        self.items.merge(shell)
        self._rest(shell, streamed)

    def explainer(self) -> "Explainer":
        """Return the explainer of misfits.

        Its imports cost more than reading a small file, so only at the first fault.
        """
        if self._explainer is None:
            from grantlint.reader.formats.policy import explanation  # noqa: PLC0415 - see above

            self._explainer = explanation.Explainer(self.source, self.declarations)
        return self._explainer

    def _stream(self, bind: Callable[[Item], None]) -> None:
        """Bind the items of a list one by one, up to its end."""
        following, compose = self.items.next, self.items.compose
        while type(event := following()) is not SequenceEndEvent:
            bind(compose(event, 3))

    def _rest(self, root: Item, streamed: AbstractSet[str]) -> None:
        """Bind what stands at the top of the document and was not bound on the way."""
        self.binder.fits = True
        node = self.binder.mapping(root, "a document")
        if node is not None:
            for name, value in node.fields.items():
                if name not in streamed:
                    self._section(name, value)
        if not self.binder.fits:
            self.explainer().explain_document(root)

    def _section(self, name: str, value: Item) -> None:
        binder = self.binder
        if name == "server":
            self._server(value)
        elif name in self.sections:
            items = binder.items(value, name)
            fitted = binder.fits
            for item in items:
                self.sections[name](item)
            binder.fits = fitted
        elif name.startswith("x-"):
            hide_likely(self.source, *bounds(value))
        elif name == "$schema":
            binder.strict(value)
        else:
            binder.fits = False
            binder.hide(value)

    def _server(self, item: Item) -> None:
        fitted, self.binder.fits = self.binder.fits, True
        self.declarations.server = bind_server(self.binder, item)
        self._explain(item, "server", key="server")
        self.binder.fits = fitted

    def _host(self, item: Item) -> None:
        self.binder.fits = True
        host = bind_host(self.binder, item)
        if host is not None:
            self.declarations.hosts.append(host)
        self._explain(item, "namedHost")

    def _user(self, item: Item) -> None:
        self.binder.fits = True
        accounts = bind_user(self.binder, item)
        self.declarations.accounts += accounts
        self._explain(item, "user")

    def _role(self, item: Item) -> None:
        self.binder.fits = True
        role = bind_role(self.binder, item)
        if role is not None:
            self.declarations.roles.append(role)
        self._explain(item, "role")

    def _explain(self, item: Item, definition: str, key: str = "") -> None:
        """Say what of an item does not fit the schema."""
        if not self.binder.fits:
            self.explainer().explain(item, definition, key)
            self.binder.fits = True
