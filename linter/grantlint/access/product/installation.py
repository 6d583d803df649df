"""A product, its version and its settings: what decides how declarations are taken, before any account is looked at."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from grantlint.access.product.platforms import plugins_on
from grantlint.access.product.sent import plugin_sent
from grantlint.access.product.stock import STOCK_ADMINISTRATORS
from grantlint.access.product.target import Target
from grantlint.model import ServerFacts
from grantlint.model.account import Account
from grantlint.model.location import Implied, Located, Source, Span, Text
from grantlint.platform.pattern import Pattern

_AS_WRITTEN = frozenset({"mandatory_roles"})  # its value names accounts
_OTHERWISE = {"bind_address": "127.0.0.1"}
_ON = frozenset({"1", "on", "true", "yes", "y", ""})


_NAME = Pattern(r"\w+")
_PACKAGE = Pattern(r"\bapt(?:-get|itude)?\b[^\n;|&]*\binstall\b[^\n;|&]*\bmysql-server\b")
_OF_PACKAGE = frozenset({"auth_socket"})  # what Debian's and Ubuntu's packages of MySQL have loaded
_INSTALL = Pattern(r"\bINSTALL\s+(?:PLUGIN|SONAME)\s+(?:IF\s+NOT\s+EXISTS\s+)?[`'\"]?(?:auth_)?(\w+)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _installed(source: Source) -> frozenset[str]:
    """Return the plugins that a file installs, in lower case, with and without `auth_` before.

    A file that installs the package of a distribution has what that loads.
    """
    if "install" not in source.text.lower():
        return frozenset()
    names = {name.lower() for name in _INSTALL.findall(source.text)}
    by_package = _OF_PACKAGE if _PACKAGE.search(source.text) is not None else ()
    return frozenset({*names, *(f"auth_{name}" for name in names), *by_package})


def _is_shown(source: Source) -> bool:
    """Return whether a file shows what some server holds.

    It is a dump, or what a client printed.
    """
    return source.format == "printed" or " dump " in source.text[:100]


class ServerSettings:
    """The settings and administrators that files state of a server."""

    __slots__ = ("_implied", "_places", "_values", "administrators", "key", "skip_name_resolve")

    def __init__(
        self,
        values: Mapping[str, str],
        administrators: frozenset[str],
        places: Mapping[str, Span] | None = None,
        implied: frozenset[str] = frozenset(),
    ) -> None:
        self._values = values
        self._places = places or {}
        self._implied = implied
        self.administrators = administrators | STOCK_ADMINISTRATORS
        self.skip_name_resolve = self.is_on("skip_name_resolve")
        at = tuple(sorted((name, place.source.path, place.start) for name, place in self._places.items()))
        self.key: object = (tuple(sorted(values.items())), at, self.administrators)

    @classmethod
    def of(cls, facts: Sequence[ServerFacts], administrators: Sequence[str] = ()) -> "ServerSettings":
        """Return the settings that the facts state.

        Later ones win, unresolved ones are left out. What a format implies, such as an image's own settings, counts
        where nobody says anything. Without facts it is the same object for the same administrators.
        """
        if not facts:
            return _unstated(tuple(administrators))
        said = [item for fact in facts for item in fact.settings.items()]
        by_somebody = {name for name, value in said if not isinstance(value, Implied)}
        stated = {
            name: value
            for name, value in said
            if isinstance(value, Located) and not (isinstance(value, Implied) and name in by_somebody)
        }
        values = {
            name: value.value.strip() if name in _AS_WRITTEN else value.value.strip().lower()
            for name, value in stated.items()
        }
        places = {name: value.span for name, value in stated.items()}
        implied = frozenset(name for name, value in stated.items() if isinstance(value, Implied))
        named = {leaf.value for fact in facts for leaf in fact.administrators if isinstance(leaf, Located)}
        return cls(values, frozenset(named) | frozenset(administrators), places, implied)

    def value(self, name: str) -> str | None:
        """Return a setting, None where nothing states it.

        It is in lower case unless it holds names.
        """
        return self._values.get(name)

    def place(self, name: str) -> Span | None:
        """Return the place of a setting, None where nothing states it."""
        return self._places.get(name)

    def told(self, name: str) -> str:
        """Return in words what stands at the place of a setting."""
        return f"this image sets {name}" if name in self._implied else f"{name} is set here"

    def otherwise(self, name: str) -> "ServerSettings":
        """Return the same settings with one of them switched over. An address becomes that of the machine alone."""
        other = _OTHERWISE.get(name, "off" if self.is_on(name) else "on")
        values = {**self._values, name: other}
        return ServerSettings(values, self.administrators, self._places, self._implied)

    @property
    def plugins(self) -> frozenset[str]:
        """Return the authentication plugins that are turned on or loaded.

        They are in lower case, with and without `auth_` before.
        """
        said = [self.value(name) or "" for name in ("plugin_load", "plugin_load_add")]
        named = {name.lower() for text in said for name in _NAME.findall(text)}
        if self.is_on("mysql_native_password"):
            named.add("mysql_native_password")
        return frozenset({*named, *(name.removeprefix("auth_") for name in named)})

    def is_on(self, name: str) -> bool:
        """Return whether a setting is switched on.

        One that nobody states is off.
        """
        value = self._values.get(name)
        return value is not None and value in _ON


@lru_cache(maxsize=16)
def _unstated(administrators: tuple[str, ...]) -> ServerSettings:
    return ServerSettings({}, frozenset(administrators))


class Installation:
    """A product, its version and its settings, without the accounts.

    Installations of equal `key` treat every host value and every grant alike.
    """

    __slots__ = ("_plugins", "key", "settings", "skip_name_resolve", "target")

    def __init__(self, target: Target, settings: ServerSettings) -> None:
        self.target = target
        self.settings = settings
        self.skip_name_resolve = settings.skip_name_resolve
        self.key: object = (target.label, settings.key)
        self._plugins: frozenset[str] | None = None

    @property
    def plugins(self) -> frozenset[str]:
        """Return the authentication plugins that work, in lower case.

        They work by default or by the settings.
        """
        if self._plugins is None:
            traits = self.target.traits
            offered = frozenset(name.lower() for name in traits.plugins - traits.plugins_off)
            self._plugins = offered | self.settings.plugins | plugins_on(self.target)
        return self._plugins

    def plugin_of(self, account: Account) -> Text | None:
        """Return the plugin that an account is made with.

        None where it is the server's default.
        """
        return plugin_sent(account, self.target)

    def loads(self, plugin: Located[str]) -> bool:
        """Return whether a plugin works.

        It also does where the file that names it installs it or shows what a server has.
        """
        name = plugin.value.lower()
        if name in self.plugins or name in _installed(plugin.source):
            return True
        return _is_shown(plugin.source) and name in {one.lower() for one in self.target.traits.plugins}

    @property
    def is_offline(self) -> bool:
        """Whether only administrators are let in.

        Facts: K4.
        """
        return self.target.traits.offline_mode and self.settings.is_on("offline_mode")

    @property
    def database_names_are_literal(self) -> bool:
        """Whether `_` and `%` in a grant's database stand for themselves.

        Facts: I5.
        """
        return self.target.traits.partial_revokes and self.settings.is_on("partial_revokes")
