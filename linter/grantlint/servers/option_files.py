"""Whose settings an option file tells: those of the servers of its own scope, and of no others.

The scope is the folder, or for Ansible the role. A server whose files say what it is made of (a Compose service) takes
what it mounts and nothing else, and one that a configuration tells of what lies below its paths.
"""

import os
from collections.abc import Iterable, Iterator, Sequence

from grantlint.model import Declarations, NotChecked, ServerFacts
from grantlint.model.location import Implied, Located, Text
from grantlint.platform.record import NamedTuple

_FOLDERS_OF_OPTIONS = frozenset({"conf.d", "my.cnf.d", "mysql.conf.d", "mariadb.conf.d"})
_FOLDERS_OF_SCRIPTS = frozenset({"docker-entrypoint-initdb.d", "initdb.d", "initdb", "init"})
_FOLDERS_OF_A_ROLE = frozenset({"tasks", "handlers", "defaults", "vars", "templates", "files", "meta"})
_IN_FOLDERS = frozenset({"policy", "sql", "shell"})
_IN_ROLES = frozenset({"ansible"})

_TWO = 2  # servers of one scope: whose settings an option file tells is open

Scope = tuple[str, str]


class Settings(NamedTuple):
    """The settings that option files give one server.

    not_checked: what they leave open.
    """

    facts: tuple[ServerFacts, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()


def settings_of(servers: Sequence[Sequence[Declarations]], files: Sequence[Declarations]) -> Iterator[Settings]:
    """Yield what the option files say of each server.

    Servers are given as the parts that make them.
    """
    scopes = [_scope_of(parts) for parts in servers]
    named: dict[Scope, set[str]] = {}
    for scope, parts in zip(scopes, servers, strict=True):
        names = {part.server.name.value for part in parts if part.server and isinstance(part.server.name, Located)}
        if scope and names:
            named.setdefault(scope, set()).update(names)
    by_scope: dict[Scope, list[Declarations]] = {}
    for file in (one for one in files if not one.unit):
        for scope in _scopes_of_file(file.path):
            by_scope.setdefault(scope, []).append(file)
    for scope, parts in zip(scopes, servers, strict=True):
        includes = _includes(parts)
        concerning = _of_unit(parts, files)
        if not concerning and includes is not None:
            concerning = [file for file in files if _is_included(file.path, includes)]
        elif not concerning and scope is not None and len(named.get(scope, ())) < _TWO:
            concerning = by_scope.get(scope, [])
        yield _agreed(concerning, parts) if concerning else Settings()


def _of_unit(parts: Sequence[Declarations], files: Sequence[Declarations]) -> list[Declarations]:
    """Return the option files of the same configured server."""
    units = {part.unit for part in parts if part.unit}
    return [file for file in files if file.unit in units] if units else []


def _scope_of(parts: Sequence[Declarations]) -> Scope | None:
    """Return the one scope of all parts that declare something, or None."""
    scopes: set[Scope | None] = set()
    for part in parts:
        if part.format in _IN_FOLDERS:
            scopes.add(("folder", _outside(os.path.dirname(os.path.normpath(part.path)), _FOLDERS_OF_SCRIPTS)))
        else:
            scopes.add(_role(part.path) if part.format in _IN_ROLES else None)
    return scopes.pop() if len(scopes) == 1 else None


def _scopes_of_file(path: str) -> Iterator[Scope]:
    yield "folder", _outside(os.path.dirname(os.path.normpath(path)), _FOLDERS_OF_OPTIONS)
    role = _role(path)
    if role is not None:
        yield role


def _outside(folder: str, inner: frozenset[str]) -> str:
    while os.path.basename(folder) in inner:
        folder = os.path.dirname(folder)
    return folder


def _role(path: str) -> Scope | None:
    """Return the folder of the Ansible role of a file.

    It is what is above its last folder of tasks, templates and the like.
    """
    parts = os.path.dirname(os.path.normpath(path)).split(os.sep)
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] in _FOLDERS_OF_A_ROLE:
            return "role", os.sep.join(parts[:index])
    return None


def _includes(parts: Iterable[Declarations]) -> frozenset[str] | None:
    said = [part.includes for part in parts if part.includes is not None]
    return frozenset(os.path.normpath(path) for each in said for path in each) if said else None


def _is_included(path: str, includes: frozenset[str]) -> bool:
    path = os.path.normpath(path)
    folder = os.path.dirname(path)
    return path in includes or folder in includes or _outside(folder, _FOLDERS_OF_OPTIONS) in includes


def _agreed(files: Sequence[Declarations], parts: Sequence[Declarations]) -> Settings:
    """Return what the files agree on and the server's own files do not say."""
    facts = [file.server for file in files if file.server]
    own = [part.server for part in parts if part.server]
    own_names = {name for each in own for name, value in each.settings.items() if not isinstance(value, Implied)}
    values: dict[str, list[Text]] = {}
    for each in facts:
        for name, value in each.settings.items():
            if name not in own_names:
                values.setdefault(name, []).append(value)
    agreed: dict[str, Text] = {}
    not_checked: list[NotChecked] = []
    for name, found in values.items():
        unknown = next((value for value in found if not isinstance(value, Located)), None)
        if unknown is not None:
            not_checked.append(NotChecked(f"setting {name}", unknown.reason, unknown.span))
        elif len({value.value.lower() for value in found if isinstance(value, Located)}) > 1:
            not_checked.append(NotChecked(f"setting {name}", "two option files of one scope disagree", found[1].span))
        else:
            agreed[name] = found[0]
    product = None if any(each.product for each in own) else _product(facts)
    return Settings((ServerFacts(facts[0].span, product=product, settings=agreed),), tuple(not_checked))


def _product(facts: Iterable[ServerFacts]) -> Text | None:
    products = {each.product.value: each.product for each in facts if isinstance(each.product, Located)}
    return next(iter(products.values())) if len(products) == 1 else None
