"""Random statements about how accounts log in, and what the model says of a client that then sends no password."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from grantlint.access import Client, Installation, Server, ServerSettings, Target
from grantlint.access.accounts.admission import Approach, admit
from grantlint.access.server.login import connection_settings, standing_of
from grantlint.access.state.book.book import Book
from grantlint.access.state.holding import declared_by
from grantlint.model import Account, DeclaredServer
from live.scripts import take

NAMES = (("la", "%"), ("lb", "%"), ("lc", "%"))
SOURCES = ("socket", "127.0.0.1", "10.0.3.7")
IN_SANDBOX = 1820
_PROOFS = {
    "mysql": ("", " IDENTIFIED BY ''", " IDENTIFIED WITH {}"),
    "mariadb": ("", " IDENTIFIED BY ''", " IDENTIFIED VIA {}", " IDENTIFIED VIA {} OR unix_socket"),
}
_PLUGINS = {
    "mysql": ("caching_sha2_password", "mysql_native_password", "sha256_password"),
    "mariadb": ("mysql_native_password", "unix_socket"),
}
_REQUIRES = ("NONE", "SSL", "X509", "SUBJECT '/CN=x'", "ISSUER '/CN=y'", "CIPHER 'TLS_AES_128_GCM_SHA256'")
_EXPIRIES = ("", " NEVER", " DEFAULT", " INTERVAL 10 DAY")


class Logins(NamedTuple):
    """What each statement gets, None if it is done, -1 if nobody can tell; then each account that is left."""

    numbers: list[int | None]
    accounts: dict[str, Account]
    server: Server


def random_statements(dice: Random, target: Target) -> list[str]:
    """Return statements about three accounts that nobody gives a password, good and bad."""
    return [_statement(dice, target) for _ in range(dice.randrange(3, 9))]


def clear() -> Iterator[str]:
    """Yield what makes none of the accounts be there."""
    for user, host in NAMES:
        yield f"DROP USER IF EXISTS '{user}'@'{host}'"


def left(statements: Sequence[str], target: Target) -> Logins:
    """Return what the model says of statements that are sent one by one to a server without the accounts."""
    book = Book(target)
    book.gone.update(NAMES)
    taken = take(statements, target, book)
    declared = declared_by(taken.after.book, DeclaredServer("", (), ()))
    accounts = {one.known_name[0]: one for one in reversed(declared.accounts) if one.known_name}
    server = Server(declared, Installation(target, ServerSettings.of(())))
    return Logins(taken.numbers, accounts, server)


def answer(held: Logins, user: str, source: str) -> int | None:
    """Return the error of a client without TLS and password, 1820 if it may only change its password."""
    account, target = held.accounts[user], held.server.installation.target
    client = Client.socket() if source == "socket" else Client.tcp(source, {"127.0.0.1": "localhost"}.get(source))
    approach = Approach(tls=False, certificate=False, os_user="root", password=False)
    settings = connection_settings(held.server.installation, account)
    admission = admit(target, standing_of(account, target), user, client, approach, settings)
    return IN_SANDBOX if admission.sandbox else admission.error


def _statement(dice: Random, target: Target) -> str:
    one, other = (f"'{user}'@'{host}'" for user, host in (dice.choice(NAMES), dice.choice(NAMES)))
    proof = dice.choice(_PROOFS[target.product]).format(dice.choice(_PLUGINS[target.product]))
    proof = proof.replace("unix_socket OR unix_socket", "unix_socket")
    empty = "''" if target.product == "mysql" else "PASSWORD('')"
    kind = dice.randrange(10)
    if kind < 4:
        words = dice.choice(("", "", "IF NOT EXISTS "))
        replacing = "OR REPLACE " if target.product == "mariadb" and not words and dice.random() < 0.3 else ""
        return f"CREATE {replacing}USER {words}{one}{proof}{_options(dice)}"
    if kind < 8:
        more = f", {other}" if dice.random() < 0.2 else ""
        return f"ALTER USER {one}{proof}{more}{_options(dice)}"
    return dice.choice((f"DROP USER {one}", f"RENAME USER {one} TO {other}", f"SET PASSWORD FOR {one} = {empty}"))


def _options(dice: Random) -> str:
    found = [
        f" REQUIRE {dice.choice(_REQUIRES)}" if dice.random() < 0.4 else "",
        " WITH MAX_QUERIES_PER_HOUR 0" if dice.random() < 0.2 else "",
        f" PASSWORD EXPIRE{dice.choice(_EXPIRIES)}" if dice.random() < 0.35 else "",
        f" ACCOUNT {dice.choice(('LOCK', 'UNLOCK'))}" if dice.random() < 0.35 else "",
    ]
    return "".join(found)
