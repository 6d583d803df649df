"""Which programs log in by which plugin, and what those say that lack one.

From the release notes of each: MySQL 5.6.6 (sha256_password), 5.7.23 and 8.0.4 (caching_sha2_password), 9.0 (no
mysql_native_password), MariaDB Connector/C 3.0.2, PHP 7.4, Connector/J 8.0.9, Connector/Python 8.0.5, PyMySQL 0.9,
go-sql-driver 1.4, mysql2 1.6; mysql of npm has never known another than mysql_native_password.
"""

from grantlint.access.product.traits import Version
from grantlint.platform.record import NamedTuple

NO_PROTOCOL, NO_PLUGIN, NO_METHOD, OF_ITS_OWN = 1251, 2059, 2054, 0
_EVER: Version = ()
_NEVER: Version = (999,)
_NEWEST: Version = (998,)
NATIVE, CACHING, SHA256, ED25519 = "mysql_native_password", "caching_sha2_password", "sha256_password", "ed25519"


_SENTENCES = {
    NO_PROTOCOL: "Client does not support authentication protocol requested by server",
    NO_PLUGIN: "Authentication plugin '{}' cannot be loaded",
    NO_METHOD: "The server requested authentication method unknown to the client [{}]",
    OF_ITS_OWN: "the client has no plugin {}, which it says in words of its own",
}


class Software(NamedTuple):
    """A client program or library, with the plugins it has.

    `since`: the first release with each plugin. `error`: what it says that lacks one.
    """

    name: str
    title: str
    since: tuple[tuple[str, Version], ...]
    error: int = NO_PLUGIN
    until: tuple[tuple[str, Version], ...] = ()

    def has(self, plugin: str, version: Version) -> bool:
        """Return whether a release knows a plugin.

        A plugin that is not listed counts as known: every client may be given it.
        """
        since = dict(self.since).get(plugin)
        if since is None:
            return True
        gone = dict(self.until).get(plugin, _NEVER)
        return since <= version < gone


def _of(caching: Version, *, sha256: Version = _NEVER, ed25519: Version = _NEVER) -> tuple[tuple[str, Version], ...]:
    return (NATIVE, _EVER), (CACHING, caching), (SHA256, sha256), (ED25519, ed25519)


SOFTWARE = (
    Software("mysql", "mysql and libmysqlclient", _of((5, 7, 23), sha256=(5, 6, 6)), until=((NATIVE, (9, 0)),)),
    Software("mariadb", "mariadb and its Connector/C", _of((10, 2, 7), sha256=(10, 2, 7), ed25519=(10, 1, 22))),
    Software("php", "PHP's mysqlnd", _of((7, 4), sha256=(5, 5)), NO_METHOD),
    Software("connector-j", "Connector/J", _of((8, 0, 9), sha256=(5, 1, 23)), OF_ITS_OWN),
    Software("connector-python", "Connector/Python", _of((8, 0, 5), sha256=(1, 2))),
    Software("pymysql", "PyMySQL", _of((0, 9), sha256=(0, 9), ed25519=(1, 0))),
    Software("go", "go-sql-driver", _of((1, 4), sha256=(1, 4), ed25519=(1, 8)), OF_ITS_OWN),
    Software("mysql2", "mysql2 of npm", _of((1, 6), sha256=(2, 0)), OF_ITS_OWN),
    Software("mysqljs", "mysql of npm", _of(_NEVER), NO_PROTOCOL),
)


class Release(NamedTuple):
    """One release of a client."""

    software: Software
    version: Version
    written: str

    def refusal(self, plugin: str) -> tuple[int, str] | None:
        """Return the client's error number and sentence for a lacking plugin.

        None if it has the plugin.
        """
        if self.software.has(plugin, self.version):
            return None
        return self.software.error or NO_PLUGIN, _SENTENCES[self.software.error].format(plugin)


def release_of(text: str) -> Release | None:
    """Return the release that a text such as mysql-5.7 names, or None.

    >>> release_of("mysql-5.6").refusal("caching_sha2_password")
    (2059, "Authentication plugin 'caching_sha2_password' cannot be loaded")
    """
    name, _, number = text.lower().rpartition("-")
    if not number[:1].isdigit():
        name, number = text.lower(), ""
    software = next((one for one in SOFTWARE if one.name == name), None)
    parts = number.split(".") if number else []
    if software is None or not all(part.isdecimal() and len(part) < 5 for part in parts):  # noqa: PLR2004 - digits
        return None
    version = tuple(map(int, parts))
    if len(version) == 2 and software.name in {"mysql", "mariadb"}:  # noqa: PLR2004 - a series is its last release
        version = (*version, 99)
    return Release(software, version or _NEWEST, text)


def lacking(plugin: str) -> list[str]:
    """Return the clients that lack a plugin, in words.

    Each comes with the releases, and with its error.

    >>> lacking("caching_sha2_password")[0]
    'mysql and libmysqlclient before 5.7.23 (ERROR 2059)'
    """
    found: list[str] = []
    for one in SOFTWARE:
        since, gone = dict(one.since).get(plugin), dict(one.until).get(plugin)
        if since == _NEVER:
            found.append(f"every {one.title} ({_number(one)})")
        elif since:
            found.append(f"{one.title} before {'.'.join(map(str, since))} ({_number(one)})")
        if gone:
            found.append(f"{one.title} from {'.'.join(map(str, gone))} on ({_number(one)})")
    return found


def _number(software: Software) -> str:
    return f"ERROR {software.error}" if software.error else "an error of its own"
