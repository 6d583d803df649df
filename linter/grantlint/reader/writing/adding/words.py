"""How each format says what may be added to an account or task.

Sources: community.mysql, mysql_user (tls_requires, append_privs); petoju/mysql, mysql_user (tls_option, host);
puppetlabs-mysql, mysql_user (tls_options); mariadb-operator, User (require).
"""

from functools import lru_cache

from grantlint.model.location import Source
from grantlint.model.remedy import Addition
from grantlint.model.sql import string
from grantlint.platform.record import NamedTuple

_MARIADB_OPERATOR = "k8s.mariadb.com"


class Words(NamedTuple):
    """A key with its value, or a clause, as it is written.

    within: what the mapping is the value of.
    """

    key: str
    text: str
    within: str = ""


_REQUIRE, _HOST = Addition.REQUIRE, Addition.HOST
_WORDS = {
    ("policy", _REQUIRE): Words("require", "require: {value}"),
    ("ansible", _REQUIRE): Words("tls_requires", "tls_requires: {{{value}: true}}", "mysql_user"),
    ("ansible", _HOST): Words("host", "host: '{value}'", "mysql_user"),
    ("ansible", Addition.APPEND): Words("append_privs", "append_privs: {value}", "mysql_user"),
    ("ansible", Addition.NO_LOG): Words("no_log", "no_log: {value}"),
    ("sql", _REQUIRE): Words("REQUIRE", "REQUIRE {value}"),
    ("sql", _HOST): Words("@", "@{literal}"),
    ("terraform", _REQUIRE): Words("tls_option", 'tls_option = "{value}"'),
    ("terraform", _HOST): Words("host", 'host = "{value}"'),
    ("puppet", _REQUIRE): Words("tls_options", "tls_options => ['{value}']"),
    ("kubernetes", _REQUIRE): Words("require", "require: {{ssl: true}}", "spec"),
}

_IN_JSON = {
    "require": '"require": "{value}"',
    "host": '"host": "{value}"',
    "tls_requires": '"tls_requires": {{"{value}": true}}',
    "append_privs": '"append_privs": {value}',
    "no_log": '"no_log": {value}',
}
"""The same keys in JSON, whose readers take nothing without quotes."""


def words_of(source: Source, what: Addition, value: str) -> Words | None:
    """Return how the format of a file says it, or None."""
    words = _WORDS.get((source.format, what))
    if words is not None and source.path.lower().endswith(".json"):
        words = words._replace(text=_IN_JSON[words.key]) if words.key in _IN_JSON else None
    if words is None or (source.format == "kubernetes" and not _is_of_mariadb_operator(source)):
        return None
    return words._replace(text=words.text.format(value=value, literal=string(value)))


@lru_cache(maxsize=8)  # each finding asks
def _is_of_mariadb_operator(source: Source) -> bool:
    return _MARIADB_OPERATOR in source.text
