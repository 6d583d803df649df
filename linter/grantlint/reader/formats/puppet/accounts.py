"""From resources to accounts and grants. What is absent means what the module makes of it.

The module is puppetlabs-mysql (manifests/db.pp, manifests/server.pp, lib/puppet/type, lib/puppet/provider): of
`mysql::db` the host is `localhost` and the grant ALL on every table of the database.
"""

from collections.abc import Mapping, Sequence

from grantlint.model import (
    Account,
    Authentication,
    Fault,
    Grant,
    GrantedPrivilege,
    GrantTarget,
    GrantTo,
    Limit,
    Naming,
    SomeDatabase,
)
from grantlint.model.account import Sending, empty_password
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.model.privilege import ALL, PROXY, Privilege
from grantlint.model.scope import Level, Scope, ScopeSyntaxError
from grantlint.reader.formats.puppet.credentials import credential_of
from grantlint.reader.formats.puppet.language.resources import Resource
from grantlint.reader.formats.puppet.language.values import Items, String, Unknown, Value, text_of
from grantlint.reader.formats.puppet.properties import option_in, privileges_in, require_in
from grantlint.reader.formats.puppet.titles import Name, account_of, scope_in, table_in
from grantlint.reader.leaf.secrets import swallows
from grantlint.reader.leaf.targets import some_database

_LIMITS = ("max_queries_per_hour", "max_updates_per_hour", "max_connections_per_hour", "max_user_connections")
_ABSENT = "absent"
_NO_TITLE = "titles that come from a variable"


OF_HASH = Sending(
    "mysql_native_password",
    (5, 7, 7),
    None,
    "puppetlabs-mysql, where a resource names no plugin,",
    "write `plugin => 'caching_sha2_password'` with a hash of it, or turn the plugin on.",
)
"""Source: puppetlabs-mysql, lib/puppet/provider/mysql_user/mysql.rb, create and password_hash=."""


def state_of(resource: Resource) -> str | None:
    """Return `present` or `absent`; None where only a run knows."""
    value = resource.attributes.get("ensure")
    if value is None:
        return "present" if resource.rest is None else None
    if isinstance(value, String) and value.is_known:
        return _ABSENT if value.value.lower() == _ABSENT else "present"
    return None


def account(resource: Resource) -> Account | Fault:
    """Return the account of a `mysql_user`."""
    named = resource.attributes.get("name")
    title = named if isinstance(named, String | Unknown) else resource.title or Unknown(_NO_TITLE, resource.span)
    name = account_of(title)
    if name is None:
        return _no_host("mysql_user", title.text)
    attributes = resource.attributes
    credential = credential_of(attributes.get("password_hash"), is_hash=True)
    plugin = text_of(attributes["plugin"]) if "plugin" in attributes else None
    if credential is None and resource.rest is None:
        credential = empty_password(plugin)
    return Account(
        name.user,
        name.host,
        resource.span,
        Authentication(plugin, credential, OF_HASH) if plugin or credential or resource.rest is None else None,
        require_in(attributes.get("tls_options")),
        _limits(attributes),
    )


def _no_host(kind: str, title: Text) -> Fault:
    quoted = title.source.text[title.start : title.start + 1] in "'\""  # a bare word may be what a slip left of a value
    shown = f" '{title.value}'" if isinstance(title, Located) and quoted and not swallows(title.value) else ""
    return Fault("schema-error", f"{kind}{shown} names no host", title.span, "Write user@host.")


def _limits(attributes: Mapping[str, Value]) -> tuple[Limit, ...]:
    named = [(name, text_of(attributes[name])) for name in _LIMITS if name in attributes]
    return tuple([Limit(Located(name.upper(), *value.span), value) for name, value in named])


def grant(resource: Resource) -> GrantTo | Fault | None:
    """Return the grant of a `mysql_grant`; None where it grants nothing."""
    title, attributes = resource.title, resource.attributes
    cut = table_in(title)
    name = _grantee(resource, cut)
    if name is None:
        return _no_host("mysql_grant", title.text if title else Unresolved("", *resource.span))
    privileges = _privileges(attributes.get("privileges"), resource)
    if not privileges:
        return None
    if "table" in attributes:
        table = text_of(attributes["table"])
    elif isinstance(title, String) and cut:
        table = title.part(cut[0], len(title.value))
    else:
        table = Unresolved(_no_table(resource), *resource.span)
    proxy = any(isinstance(each, Located) and each.value.name == PROXY for each in privileges)
    option = option_in(attributes.get("options"))
    titled = account_of(title, 0, cut[1]) if "user" in attributes and isinstance(title, String) and cut else None
    repeated = None
    if "table" in attributes and isinstance(title, String) and cut:
        repeated = title.place(cut[0], len(title.value))
    target: GrantTarget
    if isinstance(table, Located):
        try:
            target = Located(scope_in(table.value, proxy=proxy), *table.span)
        except ScopeSyntaxError as error:
            return Fault("syntax-error", str(error), table.span, "Write *.*, db.*, db.table or PROCEDURE db.name.")
    else:
        target = some_database(table)
    made = Grant(privileges, target, resource.span, option, Naming.NAMES, repeated)
    return GrantTo(*name, made, titled and titled.host)


def _no_table(resource: Resource) -> str:
    """Return why a grant's target is unknown. The module wants a table, older ones took none for everything."""
    if not isinstance(resource.title, String) or not resource.title.is_known:
        return _NO_TITLE
    return "attributes that come from a variable" if resource.rest is not None else "a title without a table"


def _grantee(resource: Resource, cut: tuple[int, int] | None) -> Name | None:
    title, user = resource.title, resource.attributes.get("user")
    if isinstance(user, String | Unknown):
        return account_of(user)
    if isinstance(title, String) and cut:
        return account_of(title, 0, cut[1])
    unknown = Unresolved(_NO_TITLE, *resource.span)
    if isinstance(title, String) and title.is_known:
        return account_of(title)
    return Name(unknown, unknown)


def _privileges(value: Value | None, resource: Resource) -> tuple[GrantedPrivilege, ...]:
    """Return the privileges that a resource names."""
    if value is None:
        return () if resource.rest is None else (Unresolved("attributes that come from a variable", *resource.rest),)
    return privileges_in(value)


OF_DATABASE = frozenset({
    "charset", "collate", "dbname", "enforce_sql", "ensure", "grant", "grant_options", "host", "import_cat_cmd",
    "import_timeout", "mysql_exec_path", "password", "sql", "tls_options", "user",
})  # fmt: skip
"""The parameters of `mysql::db` of every release of puppetlabs-mysql."""

_OF_EVERY_RESOURCE = frozenset({
    "alias", "audit", "before", "loglevel", "noop", "notify", "require", "schedule", "stage", "subscribe", "tag",
})  # fmt: skip
_REQUIRED = {"mysql::db": ("user", "password"), "mysql_grant": ("privileges",)}


def parameter_of_others(resource: Resource) -> str:
    """Return a parameter that puppetlabs-mysql does not have.

    With it a `mysql::db` is that of another module. '' where there is none.
    """
    return next((name for name in resource.attributes if name not in OF_DATABASE | _OF_EVERY_RESOURCE), "")


def lacking(resource: Resource) -> Fault | None:
    """Return the fault of a resource without required attributes."""
    missing = [name for name in _REQUIRED[resource.kind] if name not in resource.attributes]
    if not missing or resource.rest is not None:
        return None
    message = f"this {resource.kind} has no {' and no '.join(missing)}"
    place = resource.title.span if resource.title is not None else resource.span
    return Fault("schema-error", message, place, "The module refuses it: add them.")


def database(resource: Resource) -> tuple[Account, GrantTo | None]:
    """Return the account of a `mysql::db` and its grant."""
    attributes = resource.attributes
    host = _attribute(resource, "host")
    if isinstance(host, Located):
        host = Located(host.value.lower(), *host.span)
    if host is None:
        host = Implied("localhost", *resource.span)
    user = _attribute(resource, "user") or Unresolved("the resource does not name it", *resource.span)
    credential = credential_of(attributes.get("password"), is_hash=False)
    privileges: Sequence[GrantedPrivilege] = (Implied(Privilege(ALL), *resource.span),)
    if "grant" in attributes or resource.rest:
        privileges = _privileges(attributes.get("grant"), resource)
    made = Account(
        user,
        host,
        resource.span,
        Authentication(None, credential, OF_HASH) if credential else None,
        require_in(attributes.get("tls_options")),
    )
    if not privileges:
        return made, None
    option = option_in(attributes.get("grant_options"))
    return made, GrantTo(
        user, host, Grant(tuple(privileges), _database(resource), resource.span, option, Naming.SHARED)
    )


def _attribute(resource: Resource, name: str) -> Text | None:
    value = resource.attributes.get(name)
    if value is None:
        return Unresolved("attributes that come from a variable", *resource.rest) if resource.rest else None
    return text_of(value)


def _database(resource: Resource) -> GrantTarget:
    """Return `name.*`; the name is a pattern to the server, as nothing escapes it."""
    named = resource.attributes.get("dbname", resource.title)
    name = text_of(named) if named is not None else Unresolved(_NO_TITLE, *resource.span)
    if isinstance(name, Unresolved):
        return SomeDatabase.of(name)
    return Located(Scope(Level.DATABASE, name.value), *name.span)


def setting(value: Value) -> Text | None:
    """Return a setting's value. None for a list or hash, which the module writes several lines for."""
    if isinstance(value, Items):
        return None
    return text_of(value) if isinstance(value, String | Unknown) else None


def root(value: Value, span: Span) -> Account:
    """Return the account that `root_password` of the class makes sure of."""
    credential = credential_of(value, is_hash=False)
    authentication = Authentication(None, credential, OF_HASH) if credential else None
    return Account(Implied("root", *span), Implied("localhost", *span), span, authentication)
