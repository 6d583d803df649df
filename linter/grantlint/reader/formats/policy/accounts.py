"""The accounts of `users:`."""

from grantlint.model import Account, Authentication, Credential, EveryRole, Fault, Limit, Membership, Secrecy
from grantlint.model.location import REPEATED, Flag, Located, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.policy.binding import Binder
from grantlint.reader.formats.policy.grants import bind_grants
from grantlint.reader.formats.policy.roles import DEFAULTS, GrantedRole, granted_roles
from grantlint.reader.formats.policy.scalars import plain_value
from grantlint.reader.yaml.items import Item, Mapping, Scalar, Sequence
from grantlint.reader.yaml.nodes import value_span
from grantlint.reader.yaml.parser import end_of, start_of

USER = frozenset({
    "user", "host", "hosts", "authentication", "require", "limits", "locked", "expired", "comment", "roles",
    "default_roles", "grants",
})  # fmt: skip
AUTHENTICATION = frozenset({"plugin", "secret", "password", "hash"})
CREDENTIALS = ("secret", "password", "hash")
CERTIFICATE = ("subject", "issuer", "cipher")
REQUIRE = frozenset(CERTIFICATE)
MAY_BE_NEGATIVE = "max_user_connections"
MAY_BE_A_FRACTION = "max_statement_time"
LIMITS = frozenset(
    {"max_queries_per_hour", "max_updates_per_hour", "max_connections_per_hour", MAY_BE_NEGATIVE, MAY_BE_A_FRACTION}
)
REQUIREMENT = Pattern(r"^(SSL|X509|NONE|ssl|x509|none)$|\{\{|\$\{")
REFERENCE = Pattern(r"^[a-z][a-z0-9+.-]*:\S|\{\{|\$\{")
KNOWN_STORES = Pattern(
    r"(?:env|file|vault|sops|op|pass|ssm|aws-sm|aws-ssm|gcp-sm|azure-kv|k8s|docker|secret|keyring|bw|doppler):"
)
"""References to these are shown; what another word refers to might be a password that has a colon, and is not."""

JUST_A_NAME = Pattern(r"\{\{\s*[\w.]+\s*\}\}|\$\{\w+\}")
"""A template that is shown; one with more in it may hold the password as its default."""


def bind_user(binder: Binder, item: Item) -> list[Account]:
    """Return the accounts of one item of `users:`. One for each host; none where it does not say who or from where."""
    node = binder.mapping(item, "an account")
    if node is None:
        return []
    fields = binder.known(node, USER)
    user = binder.text(fields.get("user"))
    hosts = _hosts(binder, fields)
    span = value_span(binder.source, node.start, node.end)
    authentication = _authentication(binder, fields["authentication"]) if "authentication" in fields else None
    require = _require(binder, fields["require"]) if "require" in fields else ()
    limits = _limits(binder, fields["limits"]) if "limits" in fields else ()
    locked = binder.flag(fields["locked"]) if "locked" in fields else None
    expired = binder.flag(fields["expired"]) if "expired" in fields else None
    comment = binder.text(fields["comment"]) if "comment" in fields else None
    grants = bind_grants(binder, fields.get("grants"))
    roles = _roles(binder, fields) if "roles" in fields or "default_roles" in fields else []
    if user is None or hosts is None:
        binder.fits = False
        return []
    copies = len(hosts) * (1 + len(grants) + len(roles))
    if _is_repeated(node, fields) and not binder.source.may_repeat(copies):
        binder.source.leave_unread(
            span.start, span.start + 1, f"aliases and merges repeat more than {REPEATED:,} values"
        )
        return []
    if _is_every_role(fields.get("default_roles")):
        binder.declarations.every_role.extend(EveryRole(user, host) for host in hosts)
    memberships = binder.declarations.memberships
    for role, default in roles:
        memberships.extend(Membership(role.role, user, host, role.admin, default, role.host) for host in hosts)
    return [
        Account(user, host, span, authentication, require, limits, locked, comment, grants, expired=expired)
        for host in hosts
    ]


def _is_repeated(node: Mapping, fields: dict[str, Item]) -> bool:
    """Return whether an account, or a list of it, may be one that an alias or a merge repeats."""
    for value in fields.values():
        if type(value) is Sequence and not node.start <= value.start < node.end:
            return True
    return node.anchored


def _hosts(binder: Binder, fields: dict[str, Item]) -> list[Text] | None:
    """Return the host values of `host` or `hosts`; None where neither is there or they cannot be read."""
    if ("host" in fields) == ("hosts" in fields):
        binder.fits = False
    if "host" in fields:
        host = binder.host(fields["host"])
        return None if host is None else [host]
    if "hosts" not in fields:
        return None
    items = binder.filled(fields["hosts"], "hosts of an account")
    return [host for host in map(binder.host, items) if host is not None]


def _authentication(binder: Binder, item: Item) -> Authentication | None:
    node = binder.mapping(item, "authentication")
    if node is None:
        binder.hide(item)
        return None
    fields = binder.known(node, AUTHENTICATION)
    plugin = binder.word(fields["plugin"]) if "plugin" in fields else None
    credential: Credential | None = None
    for name in CREDENTIALS:
        if name in fields:
            if credential is not None:
                binder.fits = False
            credential = _credential(binder, name, fields[name])
    if not fields:
        binder.fits = False
    return Authentication(plugin, credential)


def _credential(binder: Binder, name: str, item: Item) -> Credential | None:
    """Return in which form a credential stands; hide it unless it is a reference."""
    text = binder.strict(item)
    if isinstance(text, Unresolved):
        if not isinstance(item, Scalar) or item.tag is not None or not JUST_A_NAME.fullmatch(item.value):
            binder.hide(item)
        return Credential(Secrecy.REFERENCE, text.span)
    if text is None:
        binder.hide(item)
        return None
    value = text.value
    if name == "secret":
        is_reference = REFERENCE.search(value) is not None
        if not is_reference or not KNOWN_STORES.match(value):
            binder.hide(item)
        if is_reference:
            return Credential(Secrecy.REFERENCE, text.span)
        binder.fits = False
    else:
        binder.hide(item)
        if name == "hash":
            binder.fits = binder.fits and bool(value)
            return Credential(Secrecy.HASH if value else Secrecy.EMPTY, text.span)
    return Credential(Secrecy.PLAIN if value else Secrecy.EMPTY, text.span)


def _require(binder: Binder, item: Item) -> tuple[Text, ...]:
    """Return what the connection must have, each as SQL writes it after REQUIRE."""
    if type(item) is not Mapping or item.tag is not None:
        text = binder.strict(item)
        if not isinstance(text, Located):
            return () if text is None else (text,)
        if REQUIREMENT.search(text.value):
            return (Located(text.value.upper(), *text.span),)
        binder.fits = False
        return ()
    fields = binder.known(item, REQUIRE)
    if not fields:
        binder.fits = False
    found: list[Text] = []
    for name in CERTIFICATE:
        text = binder.word(fields.get(name))
        if isinstance(text, Located):
            quoted = text.value.replace("\\", "\\\\").replace("'", "\\'")
            text = Located(f"{name.upper()} '{quoted}'", *text.span)
        if text is not None:
            found.append(text)
    return tuple(found)


def _limits(binder: Binder, item: Item) -> tuple[Limit, ...]:
    node = binder.mapping(item, "limits")
    if node is None:
        return ()
    fields = binder.known(node, LIMITS)
    if not fields:
        binder.fits = False
    limits: list[Limit] = []
    for name, item_ in fields.items():
        value = binder.text(item_) if name in LIMITS else None
        if value is None or (isinstance(value, Located) and not _is_limit(name, item_)):
            binder.fits = False
            continue
        key = node.keys[name]
        limits.append(Limit(Located(name.upper(), binder.source, start_of(key), end_of(key)), value))
    return tuple(limits)


def _is_limit(name: str, item: Item) -> bool:
    """Whether a limit is a number without quotes, as large and as whole as this limit may be."""
    if not isinstance(item, Scalar) or item.style or item.tag is not None:
        return False
    value = plain_value(item.value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if name == MAY_BE_A_FRACTION:
        return value >= 0
    return isinstance(value, int) and value >= (-1 if name == MAY_BE_NEGATIVE else 0)


class _Role(NamedTuple):
    granted: GrantedRole
    default: Flag | None


def _roles(binder: Binder, fields: dict[str, Item]) -> list[_Role]:
    """Return the roles of an account, each with whether it is active at login where the file says so."""
    granted = granted_roles(binder, fields.get("roles"))
    if "default_roles" not in fields:
        return [_Role(each, None) for each in granted]
    item = fields["default_roles"]
    if type(item) is Scalar or item.tag is not None:
        text = binder.strict(item)
        if not isinstance(text, Located):
            return [_Role(each, text) for each in granted]
        if not DEFAULTS.search(text.value):
            binder.fits = False
        active = Located(text.value in ("ALL", "all"), *text.span)
        return [_Role(each, active) for each in granted]
    defaults = binder.texts(binder.items(item, "default roles"))
    names = {each.role.value for each in granted if isinstance(each.role, Located)}
    if len(names) == len(granted):  # no role is a template
        for text in defaults:
            if isinstance(text, Located) and text.value not in names:
                binder.declarations.faults.append(_no_such_role(text))
    return [_Role(each, _active(each.role, defaults)) for each in granted]


def _is_every_role(item: Item | None) -> bool:
    return type(item) is Scalar and item.tag is None and item.value in ("ALL", "all")


def _active(role: Text, defaults: tuple[Text, ...]) -> Flag | None:
    """Return whether a role is among those active at login; a template may name any."""
    template: Unresolved | None = None
    for text in defaults:
        if isinstance(text, Unresolved):
            template = text
        elif isinstance(role, Located) and text.value == role.value:
            return Located(True, *text.span)  # noqa: FBT003 - the value that is located
    return template


def _no_such_role(default: Located[str]) -> Fault:
    message = f"`{default.value}` is a default role, but not among the roles of the account"
    return Fault("schema-error", message, default.span, "Name it under `roles` of this account too.")
