"""A file of Kubernetes objects, from its text to its declarations."""

import os
import re
from collections.abc import Iterable, Sequence

from grantlint.model import Declarations, Fault, NotChecked, ServerFacts
from grantlint.model.location import Implied, Located, Source, Span, Text, Unresolved
from grantlint.reader.formats.kubernetes.alternatives import alternatives
from grantlint.reader.formats.kubernetes.held import Values
from grantlint.reader.formats.kubernetes.objects import Object, objects_in
from grantlint.reader.formats.kubernetes.operators.table import MAKERS, OPERATORS, group_of, server_of
from grantlint.reader.formats.kubernetes.secrets import with_passwords
from grantlint.reader.formats.kubernetes.workloads import PODS, Server, servers_in
from grantlint.reader.formats.mycnf.document import read as read_options
from grantlint.reader.formats.shell.document import read_found
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.statements import Found
from grantlint.reader.formats.yaml_scripts.document import passage_of, scripts_in, sql_of
from grantlint.reader.images.charts.values import accounts_in
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.sql.sign import claims as is_sql
from grantlint.reader.yaml.blanking import blanked, has_templates
from grantlint.reader.yaml.faults import goes_beyond
from grantlint.reader.yaml.nodes import ScalarNode, documents, span_of

FORMAT = "kubernetes"

_OF_RELEASES = "chart:"
_HELD_IN = {"ConfigMap": "data", "Secret": "stringData"}
_NAMED_FOR_NAMES = re.compile(r"^(?!.*(?:pass|secret|token|key)).*(?:user|database|host)", re.IGNORECASE)
_HEADER = re.compile(r"[|>][0-9+-]*[ \t]*(?:#[^\n]*)?\n")


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the accounts and grants of a file of Kubernetes objects.

    One Declarations for each server that they refer to.

    Templates are made blank first: what they fill in is unresolved. Broken YAML is a fault; where it holds templates,
    it is not checked. The SQL of a ConfigMap or Secret is read for the server that runs it, one for each object.
    """
    text = source.text
    templates = has_templates(text)
    readable = Source(source.path, blanked(text)) if templates else source
    reading = _Reading(source, readable)
    may_release = _OF_RELEASES in text
    everything: list[Object | Fault] = []
    releases: list[Declarations] = []
    for root in documents(readable):
        everything += [root] if isinstance(root, Fault) else objects_in(root, source)
        if may_release and not isinstance(root, Fault):
            releases += accounts_in(root, source)
    values = Values.among((each for each in everything if isinstance(each, Object)), source)
    for found in everything:
        if isinstance(found, Fault):
            reading.broken(found, templates=templates)
        elif found.word("kind") in PODS:
            reading.workload(found, values)
        else:
            reading.object(found, values)
    return (*reading.declarations(), *releases)


class _Reading:
    def __init__(self, source: Source, readable: Source) -> None:
        self.source = source
        self.readable = readable  # the same with its templates made blank
        self.found: dict[str, Declarations] = {}
        self.scripts_of: dict[str, list[Declarations]] = {}  # by the name of the ConfigMap that holds them
        self.servers: list[Server] = []

    def object(self, found: Object, values: Values) -> None:
        """Read an object's declarations."""
        kind = found.word("kind")
        group = group_of(found)
        reader = OPERATORS.get((group, kind))
        if reader:
            to = self.of(server_of(found, group, os.path.dirname(self.source.path) or "."))
            first = len(to.accounts)
            reader(found, to)
            with_passwords(to, first, found, values)
            name = found.word("metadata", "name")
            if name:
                to.objects.add(f"{kind}/{name}")
            if "mariadb" in group and to.server is None:
                to.server = ServerFacts(found.span, product=Implied("mariadb", *found.span))
        elif (maker := MAKERS.get((group, kind))) is not None:
            why = f"{maker} makes them, root of a secret among them"
            self.of("").not_checked.append(NotChecked("accounts", why, found.span))
        elif kind in _HELD_IN:
            self.scripts(found, kind)

    def workload(self, found: Object, values: Values) -> None:
        """Read a workload's servers, and the SQL in its commands."""
        for server in servers_in(found, values):
            self.servers.append(server)
            self.found[server.declarations.unit] = server.declarations
            for name in server.mounted:
                held = values.texts_of(name)
                for key, node in held.fields.items() if held else ():
                    if key.endswith(".cnf") and isinstance(node, ScalarNode):
                        self.options(node, server.declarations)
        self.add([*scripts_in(found.node, self.source, self.readable)])

    def options(self, node: ScalarNode, of: Declarations) -> None:
        """Read an option file. Options of the container's command go before its own."""
        place = self.place(node)
        parts = read_options(Source("", self.source.text[slice(*place)])) if place and of.server else ()
        for part in parts:
            if place and of.server and part.server:
                said = {name: self.moved(text, place[0]) for name, text in part.server.settings.items()}
                own = of.server.settings.items()
                stated = {name: text for name, text in own if name not in said or not isinstance(text, Implied)}
                of.server = of.server._replace(settings={**said, **stated})

    def moved(self, text: Text, by: int) -> Text:
        """Return a text at its place in the whole source. `text` stands in a part of it that begins at `by`."""
        if isinstance(text, Located):
            return Located(text.value, self.source, text.start + by, text.end + by)
        return Unresolved(text.reason, self.source, text.start + by, text.end + by)

    def add(self, scripts: Sequence[Found]) -> Declarations | None:
        """Return the declarations of an object's SQL, as of its own server. None where it has none."""
        declarations = Declarations(FORMAT, self.source.path)
        if not scripts or not read_found(self.source, scripts, declarations):
            return None
        self.found[f"{len(self.found)}"] = declarations
        return declarations

    def scripts(self, found: Object, kind: str) -> None:
        """Read the SQL that an object holds as files, or in scripts."""
        scripts: list[list[Found]] = []
        part = found.part(_HELD_IN[kind])
        for name, node in part.fields.items() if part else ():
            more = [*self.sql_in(name, node)] if isinstance(node, ScalarNode) else []
            scripts += [more] if more else []
            if kind == "Secret" and not more and not _NAMED_FOR_NAMES.search(name):
                self.source.hide(*span_of(self.source, node)[1:])
        encoded = found.part("data") if kind == "Secret" else None
        for node in encoded.fields.values() if encoded else ():
            self.source.hide(*span_of(self.source, node)[1:])
        declared = [self.add(each) for each in alternatives(scripts, self.source)]
        if kind == "ConfigMap":
            self.scripts_of[found.word("metadata", "name")] = [each for each in declared if each is not None]

    def sql_in(self, name: str, node: ScalarNode) -> Iterable[Found]:
        """Return the SQL in a file of a ConfigMap or Secret."""
        if name.endswith((".py", ".js")):
            return ()
        passage = None if name.endswith(".sh") else self._passage(node)
        if passage is not None and is_sql(name, passage.text):
            return (Found(passage, certain=True),)
        return sql_of(node, self.source, self.readable, (name,))

    def _passage(self, node: ScalarNode) -> Passage | None:
        """Return the text of a file in a scalar. None where it is not literal.

        YAML folds the lines of all but `|`, and a comment of SQL then goes on.
        """
        place = self.place(node)
        if place is None:
            return None
        text = self.source.text[slice(*place)]
        if node.style != "|" and "\n" in text.strip():
            return passage_of(node, self.source, self.readable)
        return Passage(text, range(*place))

    def place(self, node: ScalarNode) -> tuple[int, int] | None:
        """Return the bounds of a scalar's literal text. None where escapes would move what follows them."""
        span = span_of(self.source, node)
        text = self.source.text
        header = _HEADER.match(text, span.start)
        if header:
            return header.end(), span.end
        if node.style in {"'", '"'}:
            inside = text[span.start + 1 : span.end - 1]
            return None if "\\" in inside or "''" in inside else (span.start + 1, span.end - 1)
        return span.start, span.end

    def broken(self, fault: Fault, *, templates: bool) -> None:
        """Add the fault that the text is no YAML.

        A template is not checked instead: it need not be YAML before it is filled in.
        """
        span = Span(self.source, fault.span.start, fault.span.end)
        hide_likely(self.source)
        if templates and not goes_beyond(fault):
            self.of("").not_checked.append(NotChecked("the rest of the file", "a template that is no YAML yet", span))
        else:
            self.of("").faults.append(fault._replace(span=span))

    def of(self, server: str) -> Declarations:
        """Return a server's declarations, made on first use."""
        found = self.found.get(server)
        if found is None:
            found = self.found[server] = Declarations(FORMAT, self.source.path, unit=server)
        return found

    def declarations(self) -> tuple[Declarations, ...]:
        """Return the declarations of all servers. Scripts that a server's image runs belong to that server."""
        for server in self.servers:
            for name in server.mounted:
                for declarations in self.scripts_of.get(name, ()):
                    declarations.unit = server.declarations.unit
        return tuple(self.found.values())
