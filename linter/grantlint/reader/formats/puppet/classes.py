"""The accounts that classes of puppetlabs-mysql make: one for backups, one for monitoring.

Source: puppetlabs-mysql, manifests/backup/mysqldump.pp (mysql::server::backup with its own provider) and
manifests/server/monitor.pp; mysql::backup is the former before 3.0.0.
"""

from grantlint.model import Account, Authentication, Grant, GrantedPrivilege, GrantTo
from grantlint.model.location import Implied, Span, Text, Unresolved
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level, Scope
from grantlint.reader.formats.puppet.accounts import OF_HASH
from grantlint.reader.formats.puppet.credentials import credential_of
from grantlint.reader.formats.puppet.language.resources import MONITOR, Resource
from grantlint.reader.formats.puppet.language.values import Value, text_of

_OF_BACKUP = ("SELECT", "RELOAD", "LOCK TABLES", "SHOW VIEW", "PROCESS")
_OF_MONITOR = ("PROCESS", "SUPER")
_MORE = frozenset({"provider", "include_triggers", "optional_args", "additional_cron_args"})
"""Attributes of backups that change what is granted."""


def made_by(resource: Resource) -> tuple[Account, GrantTo] | None:
    """Return the account and grant of such a class. None where nothing names the user."""
    monitors = resource.kind == MONITOR
    attributes, place = resource.attributes, resource.span
    user = attributes.get("mysql_monitor_username" if monitors else "backupuser")
    if user is None:
        return None
    password = attributes.get("mysql_monitor_password" if monitors else "backuppassword")
    login = (text_of(user), _host(attributes.get("mysql_monitor_hostname"), place) if monitors else _local(place))
    credential = credential_of(password, is_hash=False)
    authentication = Authentication(None, credential, OF_HASH) if credential else None
    target = Implied(Scope(Level.GLOBAL), *place, "")
    privileges: tuple[GrantedPrivilege, ...] = (Unresolved("its attributes decide what is granted", *place),)
    if monitors or _MORE.isdisjoint(attributes):
        named = _OF_MONITOR if monitors else _OF_BACKUP
        privileges = tuple([Implied(Privilege(name), *place, "") for name in named])
    return Account(*login, place, authentication), GrantTo(*login, Grant(privileges, target, place))


def _host(value: Value | None, place: Span) -> Text:
    return text_of(value) if value is not None else Unresolved("the class names no host", *place)


def _local(place: Span) -> Text:
    return Implied("localhost", *place, "")
