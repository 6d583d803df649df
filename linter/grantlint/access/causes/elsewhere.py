"""What explains an error that these files do not give, the likeliest first."""

from collections.abc import Iterator

from grantlint.access.host.client import LOOPBACK, Client
from grantlint.access.product.clients import lacking
from grantlint.platform.record import NamedTuple


class Explanation(NamedTuple):
    """What may be the matter, and how to see it."""

    title: str
    look: str


class Told(NamedTuple):
    """An error that somebody has, with the files' answer instead.

    winner: whom they let in, '' for nobody. by_image: an image's variables make the accounts. writes: some are written
    to the grant tables. named: an account by name is among them. password: whether one was sent, None if not told.
    """

    errno: int
    client: Client
    winner: str = ""
    by_image: bool = False
    writes: bool = False
    named: bool = False
    unseen: bool = False  # the error shows a name, and these files switch look-ups off
    old: bool = False  # a server that brings anonymous accounts
    password: bool | None = None
    plugin: str = ""
    conditions: tuple[Explanation, ...] = ()  # ways to come that get this error
    instead: int | None = None  # the error that these files give
    account: str = ""  # that the error names as one of the server
    user: str = ""


_GATE = {1045, 1130}
_PLUGINS = frozenset({1251, 2059, 1524})
_RIGHTS = frozenset({1044, 1142, 1143, 1227, 1370, 3879})
_STANDING = {
    1820: "the password is expired: ALTER USER USER() IDENTIFIED BY ... in that session",
    1862: "the password is expired, and this client cannot change it: ALTER USER ... by an administrator",
    3118: "the account is locked: ALTER USER ... ACCOUNT UNLOCK",
    4151: "the account is locked: ALTER USER ... ACCOUNT UNLOCK",
}


def explanations(told: Told) -> Iterator[Explanation]:
    """Yield the explanations of an error that the files do not give.

    The server is meant to be that of the files.
    """
    yield from told.conditions
    yield from _of_statement(told)
    if {told.errno, told.instead} == _GATE:
        yield Explanation(
            "accounts that are not in these files open or shut the gate for this client",
            "1130 where none of any user takes it, else 1045: the causes below hold for both",
        )
    if told.errno in _PLUGINS:
        look = "a client that knows the plugin, or ALTER USER ... IDENTIFIED WITH one that it knows"
        yield Explanation("the client, not the account: it lacks the plugin of the account, or the server does", look)
        old = lacking(told.plugin)
        if old:
            yield Explanation(f"clients that lack {told.plugin}", ", ".join(old))
    if told.errno in _STANDING:
        yield Explanation("the account was changed by hand", _STANDING[told.errno])
    if told.errno == 1698 and not told.conditions:  # noqa: PLR2004 - ER_ACCESS_DENIED_NO_PASSWORD_ERROR
        look = "sudo as that user, or ALTER USER ... IDENTIFIED BY"
        yield Explanation("the account trusts the operating system's user, and no password counts", look)
    if told.errno == 1045:  # noqa: PLR2004 - ER_ACCESS_DENIED_ERROR
        yield from _of_password(told)
    yield from _of_place(told)


def _of_statement(told: Told) -> Iterator[Explanation]:
    """Yield that it may be a statement of a session, not the login or USE."""
    if told.errno == 1045 and told.account:  # noqa: PLR2004 - ER_ACCESS_DENIED_ERROR
        look = "GRANT ALL ON *.* by who has not all, as on managed servers: grant what the granter has, by name"
        yield Explanation("a GRANT was refused: the error names an account, and a login would name the client", look)
    if told.errno == 1044 and told.winner:  # noqa: PLR2004 - ER_DBACCESS_DENIED_ERROR
        look = "LOCK TABLES (mysqldump), CREATE, DROP, EVENT or GRANT: ask with -p 'LOCK TABLES'"
        yield Explanation("the statement wants more than to use the database", look)


def _of_password(told: Told) -> Iterator[Explanation]:
    if told.password is False:
        yield Explanation(
            "the client sent no password", "(using password: NO): -p, MYSQL_PWD or the option file is not read"
        )
    if told.winner.startswith("''@") and told.user:
        look = f"DROP USER {told.winner}"
        yield Explanation(f"an anonymous account comes before each of '{told.user}', and its password counts", look)
    elif told.winner:
        yield Explanation(
            f"another password than that of {told.winner}", "it alone counts: the first row that matches is final"
        )
    if told.old and (told.client.ip is None or told.client.ip in LOOPBACK):
        look = "SELECT user, host FROM mysql.user WHERE user = '': DROP USER those"
        yield Explanation("anonymous accounts of a fresh server, ''@'localhost', come before an account for %", look)


def _of_place(told: Told) -> Iterator[Explanation]:
    if told.unseen:
        look = "SELECT @@skip_name_resolve, @@hostname: it is another server, or it runs with other settings"
        yield Explanation(f"the error shows the name {told.client.name}, and these files switch look-ups off", look)
    if told.by_image:
        look = "the variables of an image count at the first start alone: compare, or begin with an empty volume"
        yield Explanation("an old volume", look)
    yield Explanation(
        "the files were not applied, or to another server", "SELECT CURRENT_USER(), @@hostname, @@port, VERSION()"
    )
    if told.writes:
        yield Explanation("rows that were written and are not in force", "FLUSH PRIVILEGES")
    if told.errno in _RIGHTS:
        yield Explanation(
            "the session is another account than you think, or older than the grant",
            "SELECT CURRENT_USER(), CURRENT_ROLE()",
        )
        return
    seen = "the host in the message is the one that counts: ask --from with it"
    yield Explanation("a proxy, NAT or a container's gateway stands between", seen)
    if told.named and not told.unseen:
        yield Explanation(
            "look-ups give another name, or skip_name_resolve is on",
            f"on the server: `host {told.client.ip or 'ADDRESS'}`",
        )
