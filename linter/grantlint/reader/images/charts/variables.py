"""Which value of a chart is which variable of the image that it runs.

Sources: templates/primary/statefulset.yaml of bitnami/mysql and bitnami/mariadb (`auth`), of their releases before 7
and 8 and of bitnami/mariadb-galera (`db`, `root`, `rootUser`), templates/deployment.yaml of stable/mysql (`mysqlUser`).
"""

from collections.abc import Iterator

from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.reader.images.environment import Environment, Variable
from grantlint.reader.images.references import Recognised, recognised
from grantlint.reader.yaml.blanking import MARK
from grantlint.reader.yaml.mapping import Entry, entries, is_null, word_of
from grantlint.reader.yaml.nodes import ScalarNode, span_of

_AUTH = {
    "ROOT_PASSWORD": "rootPassword",
    "USER": "username",
    "PASSWORD": "password",
    "DATABASE": "database",
    "REPLICATION_USER": "replicationUser",
    "REPLICATION_PASSWORD": "replicationPassword",
}
_PARTS = {
    "auth": _AUTH,
    "db": {"USER": "user", "PASSWORD": "password", "DATABASE": "name"},
    "root": {"ROOT_PASSWORD": "password"},
    "rootUser": {"ROOT_USER": "user", "ROOT_PASSWORD": "password"},
    "replication": {"REPLICATION_USER": "user", "REPLICATION_PASSWORD": "password"},
}
_STABLE = {
    "mysqlRootPassword": "ROOT_PASSWORD",
    "mysqlUser": "USER",
    "mysqlPassword": "PASSWORD",
    "mysqlDatabase": "DATABASE",
    "mysqlAllowEmptyPassword": "ALLOW_EMPTY_PASSWORD",
}
_TEMPLATE = "a template"
_GENERATED = "the chart makes one, or other values name it"
_DEFAULT = "the chart's own, or of other values"


class Settings:
    """The image of one chart and its variables, as its values say."""

    def __init__(self, values: dict[str, Entry], source: Source, span: Span) -> None:
        self._source = source
        self._span = span
        self.is_stable = not _STABLE.keys().isdisjoint(values)
        self.parts = {key: entries(values[key].value) for key in _PARTS if key in values}
        self._written: dict[str, Entry] = {}
        for key, part in self.parts.items():
            for variable, name in _PARTS[key].items():
                if name in part:
                    self._written.setdefault(variable, part[name])
        for name, variable in _STABLE.items():
            if name in values:
                self._written[variable] = values[name]
        for variable, entry in self._written.items():
            if "PASSWORD" in variable and "ALLOW" not in variable:
                source.hide(*span_of(source, entry.value)[1:])
        self._replicates = _says(values.get("architecture"), "replication") or _says(
            self.parts.get("replication", {}).get("enabled"), "true"
        )
        self._makes_database = not _says(self.parts.get("auth", {}).get("createDatabase"), "false")
        self._image = values.get("image")
        self._tag = values.get("imageTag")

    def named(self) -> Text | None:
        """Return the user, or else root's password. It is counted where the chart is not told."""
        return self._text("USER") or self._text("ROOT_PASSWORD")

    def image(self, family: str) -> Recognised:
        """Return the image that a family's chart runs with these values."""
        repository, tag = word_of(self._image), word_of(self._tag)
        if not repository:
            repository = family if self.is_stable else f"bitnami/{family}"
        if self._image is not None and not isinstance(self._image.value, ScalarNode):
            parts = entries(self._image.value)
            repository, tag = word_of(parts.get("repository")) or repository, word_of(parts.get("tag"))
        written = f"{repository.removesuffix('-galera')}:{tag}" if tag else repository.removesuffix("-galera")
        if MARK in written or "{{" in written or "${" in written:
            return recognised(Unresolved(_TEMPLATE, *self._span), written)
        return recognised(Located(written, *self._span), written)

    def environment(self, prefix: str) -> Environment:
        """Return the variables that the chart gives its image."""
        return Environment({prefix + name: variable for name, variable in self._variables()}, unread="")

    def _variables(self) -> Iterator[tuple[str, Variable]]:
        user = self._text("USER")
        if not _says(self._written.get("ALLOW_EMPTY_PASSWORD"), "true"):
            yield "ROOT_PASSWORD", self._variable("ROOT_PASSWORD", _GENERATED)
        else:
            yield "ALLOW_EMPTY_PASSWORD", self._variable("ALLOW_EMPTY_PASSWORD", "")
        if self._text("ROOT_USER") is not None:
            yield "ROOT_USER", self._variable("ROOT_USER", "")
        if user is not None:
            yield "USER", self._variable("USER", "")
            yield "PASSWORD", self._variable("PASSWORD", _GENERATED)
        own = "auth" in self.parts and "DATABASE" not in self._written
        if self._makes_database and (own or self._text("DATABASE") is not None):
            yield "DATABASE", self._variable("DATABASE", _DEFAULT)
        if self._replicates and not self.is_stable:
            yield "REPLICATION_MODE", Variable(Located("master", *self._span), self._span)
            yield "REPLICATION_USER", self._variable("REPLICATION_USER", _DEFAULT)
            yield "REPLICATION_PASSWORD", self._variable("REPLICATION_PASSWORD", _GENERATED)

    def _variable(self, name: str, otherwise: str) -> Variable:
        """Return a variable as it is written, or why nobody knows it."""
        text = self._text(name)
        if text is None:
            user = None if "ROOT" in name else self._text("USER")
            span = user.span if user is not None else self._span
            return Variable(Unresolved(otherwise, *span), span)
        return Variable(text, text.span)

    def _text(self, name: str) -> Text | None:
        """Return a value that is written; None where it is absent or empty."""
        entry = self._written.get(name)
        if entry is None or is_null(entry.value) or not isinstance(entry.value, ScalarNode):
            return None
        span, value = span_of(self._source, entry.value), entry.value.value
        if MARK in value or "${" in value or "{{" in value:
            return Unresolved(_TEMPLATE, *span)
        return Located(value, *span) if value else None


def holds_settings(values: dict[str, Entry]) -> bool:
    """Whether a mapping has keys that a server's chart has."""
    return not (_PARTS.keys().isdisjoint(values) and _STABLE.keys().isdisjoint(values))


def _says(entry: Entry | None, word: str) -> bool:
    return word_of(entry).lower() == word
