"""Where the entry point of docker-library's images ends by itself: at variables that exclude each other, and at quotes.

Source: docker-entrypoint.sh of docker-library/mysql (9.7) and MariaDB/mariadb-docker (10.11 to 12.2), file_env and
docker_verify_minimum_env; ps-entry.sh of percona/percona-docker. facts: R1, R2, R3, R4.
"""

from collections.abc import Iterator

from grantlint.model.location import Located, Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.reader.images.environment import Environment, Variable
from grantlint.reader.images.references import Image

if TYPE_CHECKING:  # twenty records that only an image which ends needs
    from grantlint.model.step import Hindrance

_FILED = ("ROOT_HOST", "DATABASE", "USER", "PASSWORD", "ROOT_PASSWORD")
_FILED_OF_MARIADB = ("PASSWORD_HASH", "ROOT_PASSWORD_HASH", "REPLICATION_USER", "REPLICATION_PASSWORD", "USER_HOST")
_ANY_ROOT = ("ROOT_PASSWORD", "ALLOW_EMPTY_ROOT_PASSWORD", "RANDOM_ROOT_PASSWORD")
_OLD_NAMES = {"ALLOW_EMPTY_ROOT_PASSWORD": "ALLOW_EMPTY_PASSWORD"}  # behind MYSQL_
_NOT_ALIKE = Pattern(r"\\(?:[^btnr\\\"']|\Z)")
"""What a text of SQL and the value of an option file take for different characters."""


class Ending(NamedTuple):
    """Why an image ends, at which place."""

    span: Span
    why: "Hindrance"


def _ending(span: Span, why: str, remedy: str) -> Ending:
    from grantlint.model.step import Hindrance  # noqa: PLC0415 - as above

    return Ending(span, Hindrance(f"the image ends at its first start: {why}", remedy))


def ending(image: Image, environment: Environment) -> Ending | None:
    """Return why an image makes no account at all. None where it begins, or nobody knows."""
    if not (image.stock and image.needs_root_password):
        return None
    return next(_endings(image, environment), None)


def _endings(image: Image, environment: Environment) -> Iterator[Ending]:
    is_mariadb = image.family == "mariadb"
    for prefix in image.prefixes:
        for name in (*_FILED, *(_FILED_OF_MARIADB if prefix == "MARIADB_" else ())):
            file = environment.own(f"{prefix}{name}_FILE")
            if file is not None and _sure(file) and _sure(environment.own(prefix + name)):
                why = f"{prefix}{name} and {prefix}{name}_FILE exclude each other"
                yield _ending(file.line, why, "Leave one of them out.")
    user = environment.get("MYSQL_USER")
    if not is_mariadb and user is not None and _text(user) == "root":
        why = "it makes root in any case, and refuses `root` here"
        yield _ending(user.line, why, "Leave it out, or name another user.")
    if is_mariadb:
        yield from _of_mariadb(environment)
    else:
        password = environment.own("MYSQL_ROOT_PASSWORD")
        if password is not None and _breaks(_text(password)):
            why = "a quote in root's password ends the text of the statement that sets it, or a backslash another text"
            yield _ending(password.line, why, "Take a password without quotes and backslashes.")


def _of_mariadb(environment: Environment) -> Iterator[Ending]:
    """Yield what docker_verify_minimum_env of MariaDB's image refuses."""
    given = {name: _given(environment, name) for name in (*_ANY_ROOT, *_FILED, *_FILED_OF_MARIADB)}
    given["MASTER_HOST"] = _given(environment, "MASTER_HOST")
    hashed = given["ROOT_PASSWORD_HASH"]
    if hashed is not None and any(given[name] is not None for name in _ANY_ROOT):
        why = "MARIADB_ROOT_PASSWORD_HASH and another word on root's password exclude each other"
        yield _ending(hashed.line, why, "Leave one of them out.")
    if given["PASSWORD_HASH"] is not None and given["PASSWORD"] is not None:
        why = "MARIADB_PASSWORD_HASH and MARIADB_PASSWORD exclude each other"
        yield _ending(given["PASSWORD_HASH"].line, why, "Leave one of them out.")
    user, source = given["REPLICATION_USER"], given["MASTER_HOST"]
    has_password = environment.unread or environment.get("MARIADB_REPLICATION_PASSWORD") is not None
    is_hashed = environment.get("MARIADB_REPLICATION_PASSWORD_HASH") is not None
    has_source = environment.unread or environment.get("MARIADB_MASTER_HOST") is not None
    if user is not None and not has_password and not (is_hashed and source is None):
        if source is not None or not has_source:
            yield _ending(user.line, "MARIADB_REPLICATION_USER wants a password", "Set MARIADB_REPLICATION_PASSWORD.")
    elif source is not None and not environment.unread and environment.get("MARIADB_REPLICATION_USER") is None:
        yield _ending(source.line, "a replica wants MARIADB_REPLICATION_USER and its password", "Set both.")


def twice(user: Variable) -> Ending:
    """Return why an image ends that makes root a second time."""
    why = "it has made root there already: CREATE USER gets ERROR 1396"
    return _ending(user.line, why, "Leave it out, or name another user.")


def breaks_statement(environment: Environment, user: Variable, image: Image) -> Ending | None:
    """Return why the statement that makes an image's user is refused. None where it is not."""
    if "'" in _text(user):
        why = "a quote in the user's name ends the text of the statement that makes it"
        return _ending(user.line, why, "Take a name without quotes.")
    password = environment.own("MYSQL_PASSWORD") if image.family != "mariadb" and image.stock else None
    if password is not None and ("'" in _text(password) or _ends_open(_text(password))):
        why = "a quote or backslash in the user's password ends the text of the statement that makes it elsewhere"
        return _ending(password.line, why, "Take a password without quotes and backslashes.")
    return None


def _breaks(password: str) -> bool:
    return "'" in password or _ends_open(password) or _NOT_ALIKE.search(password) is not None


def _ends_open(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _given(environment: Environment, name: str) -> Variable | None:
    """Return a variable of MariaDB's image that surely has a value, by whichever of its names."""
    old = f"MYSQL_{_OLD_NAMES.get(name, name)}"
    names = (f"MARIADB_{name}", old) if name in (*_FILED, *_ANY_ROOT) else (f"MARIADB_{name}",)
    for one in names:
        for written in (one, f"{one}_FILE"):
            found = environment.own(written)
            if _sure(found):
                return found
    return None


def _sure(variable: Variable | None) -> bool:
    return variable is not None and bool(_text(variable))


def _text(variable: Variable) -> str:
    """Return a variable's value. '' where nobody knows it."""
    return variable.text.value if isinstance(variable.text, Located) else ""
