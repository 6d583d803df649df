"""The accounts that an image's entry point makes when a service starts on an empty data folder."""

from collections.abc import Iterator

from grantlint.model import (
    Account,
    Authentication,
    Credential,
    Declarations,
    Grant,
    GrantTarget,
    Naming,
    NotChecked,
    Secrecy,
)
from grantlint.model.location import Flag, Implied, Located, Span, Text, Unresolved, known
from grantlint.model.privilege import ALL, Privilege, parse_privilege, split_privileges
from grantlint.model.scope import Level, Scope
from grantlint.reader.images.endings import Ending, breaks_statement, ending, twice
from grantlint.reader.images.environment import Environment, Variable
from grantlint.reader.images.references import Image

_NO_PASSWORD = {
    "MYSQL_": ("MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD"),
    "MARIADB_": ("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "MARIADB_RANDOM_ROOT_PASSWORD"),
}
_PREFIXES = ("MYSQL_", "MARIADB_")
_GIVEN = ""
"""No variable of the image says another value: see Implied."""


class Accounts:
    """One service's accounts. Beside them what could not be read, and what keeps the service from starting."""

    __slots__ = ("_environment", "_image", "_service", "not_checked")

    def __init__(self, image: Image, environment: Environment, service: Span) -> None:
        self._image = image
        self._environment = environment
        self._service = service
        self.not_checked: list[NotChecked] = []

    def put_into(self, declarations: Declarations) -> None:
        """Add the accounts. Those that the image fails to make are steps that end it."""
        accounts = [*self._made()]
        ends = ending(self._image, self._environment)
        refused = accounts if ends is not None else []
        user = self._get("USER")
        if ends is None and user is not None and accounts:
            ends = self._user_ends(user)
            refused = [one for one in accounts if ends is not None and one.user is user.text]
        declarations.accounts += [one for one in accounts if not any(one is no for no in refused)]
        declarations.not_checked += self.not_checked
        if ends is not None and refused:
            from grantlint.reader.images.ended import end  # noqa: PLC0415 - few services end

            end(declarations, refused, ends)

    def _user_ends(self, user: Variable) -> Ending | None:
        """Return why the image ends when it makes its user. None where it does not."""
        if not self._image.stock:
            return None
        if isinstance(user.text, Located) and user.text.value == "root" and self._image.family == "mariadb":
            return twice(user) if self._is_there() else None
        return breaks_statement(self._environment, user, self._image)

    def _is_there(self) -> bool:
        """Return whether MariaDB's image has made root where its user is to come from."""
        host, remote = self._environment.get("MARIADB_USER_HOST"), self._get("ROOT_HOST")
        own, roots = ("%" if one is None else known(one.text) for one in (host, remote))
        return own is not None and own in {"localhost", roots}

    def _made(self) -> Iterator[Account]:
        """Yield the accounts in the order in which they are made."""
        if self._image.joins and self._environment.get("CLUSTER_JOIN") is not None:
            self._miss("accounts", "a node that joins a cluster has the accounts of the others", self._service)
            return
        password = self._get("ROOT_PASSWORD", "ROOT_PASSWORD_HASH")
        flags = [self._environment.get(name) for name in self._flags()]
        said = password or next((flag for flag in flags if flag), None)
        unread = self._environment.unread
        if said is None and self._image.needs_root_password and not unread:
            self._miss_root_password()
            return
        if unread:
            self._miss("accounts", unread, self._service)
        yield from self._root(said.line if said else self._service, self._root_secrecy(password, flags))
        yield from self._user()
        yield from self._replica()
        yield from self._local_mysql()

    def _get(self, *names: str) -> Variable | None:
        return self._environment.get(*(prefix + name for name in names for prefix in self._image.prefixes))

    def _flags(self) -> tuple[str, ...]:
        """Return the variables that stand for a password: first those that leave it empty, then the random ones."""
        if not self._image.stock:
            return ("ALLOW_EMPTY_PASSWORD",)
        pairs = [_NO_PASSWORD[prefix] for prefix in self._image.prefixes]
        return (*(empty for empty, _ in pairs), *(random for _, random in pairs))

    def _miss(self, what: str, why: str, span: Span) -> None:
        self.not_checked.append(NotChecked(what, why, span))

    def _miss_root_password(self) -> None:
        """Count what the variables ask for; a client of a server elsewhere sets none of them."""
        wanted = self._get("USER", "DATABASE")
        if wanted is not None:
            why = "no word on root's password, without which the image makes no accounts"
            self._miss("accounts", why, wanted.line)

    def _root_secrecy(self, password: Variable | None, flags: list[Variable | None]) -> Credential | None:
        if password is not None:
            return _credential(password)
        empty = next((flag for flag in flags if flag), None)
        if empty is None:
            return self._unread_secret()
        random = flags.index(empty) >= len(self._image.prefixes) and self._image.stock
        return Credential(Secrecy.REFERENCE if random else Secrecy.EMPTY, empty.line)

    def _unread_secret(self) -> Credential | None:
        """Return a password that stands elsewhere, where variables do."""
        return Credential(Secrecy.REFERENCE, self._service) if self._environment.unread else None

    def _root(self, line: Span, credential: Credential | None) -> Iterator[Account]:
        name: Text = Implied("root", *line)
        hosts: list[Text] = [Implied("localhost", *line, key=_GIVEN)] if self._image.local_root else []
        if not self._image.stock:
            chosen = self._get("ROOT_USER")
            name = chosen.text if chosen else name
            hosts.append(Implied("%", *line, key=_GIVEN))
        else:
            remote = self._remote_root(line)
            if remote is not None and not (isinstance(remote, Located) and remote.value == "localhost"):
                hosts.append(remote)
        authentication = Authentication(None, credential) if credential else None
        for host in reversed(hosts):  # the one from afar is the one to look at
            once = self._once() if known(host) == "%" else None
            yield Account(name, host, line, authentication, grants=(_everything(line),), expired=once)

    def _once(self) -> Flag | None:
        """Return whether root's password is to be changed at the first login: of root at %, whatever its host."""
        said = self._environment.own("MYSQL_ONETIME_PASSWORD")
        if said is None or not self._image.remote_root or self._image.family == "mariadb":
            return None
        if isinstance(said.text, Located):
            return Implied(True, *said.line) if said.text.value else None  # noqa: FBT003 - the value that is implied
        return said.text

    def _remote_root(self, line: Span) -> Text | None:
        host = self._get("ROOT_HOST")
        if host is not None:
            return host.text
        if self._environment.unread:
            return Unresolved(f"{self._environment.unread}: it may set MYSQL_ROOT_HOST", *line)
        return Implied("%", *line, key=f"{self._image.prefixes[0]}ROOT_HOST") if self._image.remote_root else None

    def _user(self) -> Iterator[Account]:
        user = self._get("USER")
        if user is None:
            return
        if isinstance(user.text, Located) and user.text.value == "root" and not self._makes_root_by_name:
            if not (self._image.stock and self._image.remote_root):
                self._miss("account", "the image makes root in any case", user.line)
            return
        password = self._get("PASSWORD", "PASSWORD_HASH")
        if password is None and not self._environment.unread and self._image.stock:
            self._miss("account", "no password: the image leaves the user out", user.line)
            return
        credential = _credential(password) if password else self._unread_secret()
        database = self._get("DATABASE")
        host = self._environment.get("MARIADB_USER_HOST") if "MARIADB_" in self._image.prefixes else None
        host = host if self._image.stock else None
        yield Account(
            user.text,
            host.text if host is not None else Implied("%", *user.line, key=self._key_of_host()),
            user.line,
            Authentication(None, credential) if credential else None,
            grants=(self._on(database, user),) if database else (),
        )

    @property
    def _makes_root_by_name(self) -> bool:
        """Whether the image has no word against a user that is called root."""
        return self._image.stock and self._image.family == "mariadb"

    def _local_mysql(self) -> Iterator[Account]:
        """MariaDB's image makes mysql@localhost where it is told to (facts: R6)."""
        said = self._environment.own("MARIADB_MYSQL_LOCALHOST_USER") if self._makes_root_by_name else None
        if said is None or (isinstance(said.text, Located) and not said.text.value):
            return
        line = said.line
        granted = self._environment.own("MARIADB_MYSQL_LOCALHOST_GRANTS")
        grants: tuple[Grant, ...] = ()
        if granted is not None and not (isinstance(granted.text, Located) and not granted.text.value):
            named = granted.text
            privileges = (
                tuple(Located(parse_privilege(one), *named.span) for one in split_privileges(named.value))
                if isinstance(named, Located)
                else (named,)
            )
            grants = (Grant(privileges, Implied(Scope(Level.GLOBAL), *line), line),)
        plugin = Implied("unix_socket", *line, key=_GIVEN)
        host = Implied("localhost", *line, key=_GIVEN)
        yield Account(Implied("mysql", *line), host, line, Authentication(plugin), grants=grants)

    def _key_of_host(self) -> str:
        """Return the variable that says the user's host, _GIVEN where the image has none."""
        return "MARIADB_USER_HOST" if self._image.user_host else _GIVEN

    def _on(self, database: Variable, user: Variable) -> Grant:
        named = database.text
        target: GrantTarget
        if isinstance(named, Located):
            name = named.value.replace("_", r"\_") if self._image.escapes else named.value
            target = Located(Scope(Level.DATABASE, name), *named.span)
        else:
            target = named
        return Grant((Implied(Privilege(ALL), *user.line, key=_GIVEN),), target, user.line, naming=Naming.GIVEN)

    def _replica(self) -> Iterator[Account]:
        """MariaDB's image and Bitnami's make a user for replication on the server that is replicated."""
        if self._image.stock and "MARIADB_" not in self._image.prefixes:
            return
        prefix = self._image.prefixes[0]
        user = self._environment.get(f"{prefix}REPLICATION_USER")
        password = self._environment.get(f"{prefix}REPLICATION_PASSWORD", f"{prefix}REPLICATION_PASSWORD_HASH")
        elsewhere = self._environment.get("MARIADB_MASTER_HOST") if self._image.stock else self._is_no_source(prefix)
        if user and password and not elsewhere:
            line = user.line
            privilege = Implied(Privilege("REPLICATION SLAVE"), *line, key=_GIVEN)
            grant = Grant((privilege,), Implied(Scope(Level.GLOBAL), *line), line)
            host: Text = Implied("%", *line, key=_GIVEN)
            yield Account(user.text, host, line, Authentication(None, _credential(password)), grants=(grant,))

    def _is_no_source(self, prefix: str) -> bool:
        """Whether Bitnami's image is not told that others replicate from it."""
        mode = self._environment.get(f"{prefix}REPLICATION_MODE")
        return mode is None or not isinstance(mode.text, Located) or mode.text.value != "master"


def given_passwords(environment: Environment, why: str, service: Span) -> Iterator[Account]:
    """Yield the accounts of passwords that an unknown image is given. From where they come, it decides.

    Its variables are taken for those of docker-library, as one of them is theirs alone.
    """
    for name, password in (("", "ROOT_PASSWORD"), ("USER", "PASSWORD")):
        given = environment.get(*(prefix + password for prefix in _PREFIXES))
        credential = _credential(given) if given is not None else None
        if given is None or credential is None or credential.secrecy is not Secrecy.PLAIN:
            continue
        user = environment.get(*(prefix + name for prefix in _PREFIXES)) if name else None
        unnamed = Unresolved(why, *given.line) if name else Implied("root", *given.line)
        host = Unresolved(why, *service)
        yield Account(user.text if user else unnamed, host, given.line, Authentication(None, credential), amends=True)


def _credential(password: Variable) -> Credential:
    text = password.text
    if password.elsewhere or isinstance(text, Unresolved):
        return Credential(Secrecy.REFERENCE, text.span, password.changed)
    line = password.line
    here = line.source is text.source and line.start <= text.start <= line.end
    name = line.source.text[line.start : text.start if here else line.end]
    secrecy = Secrecy.HASH if "_HASH" in name else Secrecy.PLAIN
    return Credential(secrecy, text.span, password.changed, password.encoded)


def _everything(line: Span) -> Grant:
    option = Implied(True, *line, key=_GIVEN)  # noqa: FBT003 - the value that is implied
    return Grant((Implied(Privilege(ALL), *line, key=_GIVEN),), Implied(Scope(Level.GLOBAL), *line), line, option)
