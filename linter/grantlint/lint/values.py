"""What accounts share, so that a rule is asked once for all that have it: rights without names, ways to log in."""

from collections.abc import Container, Sequence
from functools import lru_cache

from grantlint.access import is_any_host
from grantlint.access.host.value import is_plain_name
from grantlint.model import Account, Credential, Grant, Secrecy
from grantlint.model.location import Implied, Located, Unresolved
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level, Scope
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal, get_args

Reach = Literal["local", "remote", "any", "?"]
Requirement = Literal["", "SSL", "X509", "SPECIFIED", "?"]


Feature = Literal[
    "anonymous", "any host", "at sign", "blank in priv", "changed secret", "global grant", "grant option",
    "omitted host", "omitted target", "password rule", "plain secret", "proxy", "root", "several resources",
]  # fmt: skip
"""What an account must have for a rule about it to have anything to say; see `features_of`."""

_OF_LEVELS: dict[Level, Feature] = {Level.GLOBAL: "global grant", Level.PROXY: "proxy"}

HostForm = Literal["address", "network", "private", "name", "other"]
"""How a host value is written; see `form_of`."""
FORMS: tuple[HostForm, ...] = get_args(HostForm)
CHARACTERS: dict[HostForm, frozenset[str]] = {
    "address": frozenset("0123456789."),
    "network": frozenset("0123456789.%"),
    "private": frozenset("0123456789.%"),
    "name": frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"),
}
"""All that host values of a form hold, for the forms that are so plain."""
_OCTETS = 4
_OCTET = frozenset(map(str, range(256)))
_PRIVATE = ("10.", "192.168.")  # where most are; what RFC 1918 has besides begins within an octet


class GrantValue(NamedTuple):
    """A grant's privileges and target, without its place and grantee."""

    privileges: tuple[Privilege, ...]
    scope: Scope
    option: bool


class Rights(NamedTuple):
    """What a grant gives, whatever the database is called.

    schema: the name of a database that is the server's own, `test` for the databases that everybody had, `%` for a
    pattern that takes every database, '' for all others and elsewhere.
    """

    privileges: tuple[Privilege, ...]
    level: Level
    schema: str

    @property
    def names(self) -> frozenset[str]:
        """The privileges without their columns."""
        return frozenset([privilege.name for privilege in self.privileges])

    def first(self, names: Container[str]) -> int | None:
        """Return the number of the first privilege with such a name.

        It is for `Problem.part`; None if there is none.
        """
        return next((number for number, privilege in enumerate(self.privileges) if privilege.name in names), None)


class Login(NamedTuple):
    """How clients log in as an account.

    '?' and `unknown` stand for what only a run could know. plugin: in lower case, '' for the server's default. secrecy:
    of the credential; None where none is written. reach: from where clients may come. require: the strongest that is
    asked of a connection.
    """

    plugin: str
    secrecy: Secrecy | None
    reach: Reach
    require: Requirement
    locked: bool
    limits: frozenset[str]


_OWN = frozenset({"mysql", "sys", "performance_schema", "information_schema"})
_TEST = frozenset({"test", "test\\_%", "test_%", "test%"})


def rights_of(value: GrantValue) -> Rights:
    """Return a grant's privileges and level without its database name.

    Of the database stays which kind it is: a server's own, a test database, or all (see Rights).
    """
    scope = value.scope
    name = scope.database.lower()
    schema = name if name in _OWN else ""
    if scope.level is Level.DATABASE and name in _TEST:
        schema = "test"
    if scope.level is Level.DATABASE and name and not name.strip("%"):
        schema = "%"
    return Rights(value.privileges, scope.level, schema)


def features_of(account: Account) -> frozenset[Feature]:
    """Return what of an account rules may have something to say about."""
    found: set[Feature] = set()
    user, host = account.user, account.host
    if isinstance(user, Located):
        name = user.value
        if not name:
            found.add("anonymous")
        if "@" in name:
            found.add("at sign")
        if name == "root":
            found.add("root")
    if isinstance(host, Located) and is_any_host(host.value):
        found.add("any host")
    if isinstance(host, Implied):
        found.add("omitted host")
    if account.password_rules:
        found.add("password rule")
    _note_grants(found, account.grants)
    if account.authentication is not None:
        _note_secret(found, account.authentication.credential)
    return frozenset(found)


def _note_grants(found: set[Feature], grants: Sequence[Grant]) -> None:
    if len(grants) > 1 and grants[-1].span.source.format == "terraform":
        found.add("several resources")
    for grant in grants:
        target = grant.target
        if isinstance(target, Located) and target.value.level in _OF_LEVELS:
            found.add(_OF_LEVELS[target.value.level])
        if isinstance(target, Implied):
            found.add("omitted target")
        if grant.option_span is not None:
            found.add("grant option")
        source, start, end = grant.span
        if source.format == "ansible" and source.text.find(" ", start, end) >= 0:
            found.add("blank in priv")


def _note_secret(found: set[Feature], credential: Credential | None) -> None:
    if credential is not None and credential.secrecy is Secrecy.PLAIN:
        found.add("plain secret")
    if credential is not None and credential.changed is not None:
        found.add("changed secret")


def login_of(account: Account) -> Login:
    """Return how clients log in as an account.

    It is told as far as its declaration says.
    """
    authentication = account.authentication
    plugin, secrecy = "", None
    if authentication is not None:
        written, credential, _ = authentication
        if isinstance(written, Unresolved):
            plugin = "?"
        elif written:
            plugin = written.value.lower()
        secrecy = credential.secrecy if credential is not None else None
    host = account.host
    return Login(
        plugin,
        secrecy,
        reach_of(host.value) if isinstance(host, Located) else "?",
        _requirement(account) if account.require else "",
        account.is_locked or isinstance(account.locked, Unresolved),
        frozenset([limit.name.value.upper() for limit in account.limits]) if account.limits else frozenset(),
    )


def form_of(host: str) -> HostForm:
    """Return how a host value is written.

    Most are plain: one IPv4 address as servers print it, or whole octets of one and a last `%`, both also in the
    largest private networks, or a name of whose parts each begins with a letter.

    >>> form_of("8.8.8.7"), form_of("8.8.%"), form_of("10.0.%"), form_of("db1.example.com"), form_of("10.0.3_.%")
    ('address', 'network', 'private', 'name', 'other')
    """
    if is_plain_name(host):
        return "name"
    *octets, last = host.split(".")
    of_octets = 0 < len(octets) < _OCTETS if last == "%" else len(octets) == _OCTETS - 1 and last in _OCTET
    if not of_octets or not _OCTET.issuperset(octets):
        return "other"
    if host.startswith(_PRIVATE):
        return "private"
    return "network" if last == "%" else "address"


@lru_cache(maxsize=8192)
def reach_of(host: str) -> Reach:
    """Return where a host value lets clients come from.

    >>> reach_of("localhost"), reach_of("127.0.0.1"), reach_of("10.%"), reach_of("%")
    ('local', 'local', 'remote', 'any')
    """
    text = host.lower()
    if text in {"localhost", "::1"} or text.startswith("127."):
        return "local"
    return "any" if is_any_host(host) else "remote"


def _requirement(account: Account) -> Requirement:
    found: Requirement = ""
    for leaf in account.require:
        if isinstance(leaf, Unresolved):
            return "?"
        word = leaf.value.upper().partition(" ")[0]
        if word in {"SUBJECT", "ISSUER", "CIPHER"}:
            return "SPECIFIED"
        if word == "X509":
            found = "X509"
        elif word == "SSL" and not found:
            found = "SSL"
    return found
