"""From the arguments of `mysql_user`, or an item of a user list, to accounts.

What an absent argument means is the module's (community.mysql, plugins/modules/mysql_user.py): host is `localhost`,
state is `present`.
"""

import re
from collections.abc import Sequence

from grantlint.model import Account, Authentication, Credential, Fault, Grant, Limit, Secrecy
from grantlint.model.account import Sending, empty_password
from grantlint.model.location import Flag, Implied, Located, Span, Text, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.modules.fields import Fields, may_be
from grantlint.reader.formats.ansible.modules.privileges import grants_of
from grantlint.reader.formats.ansible.turns import Dropped, Made
from grantlint.reader.formats.ansible.values.nodes import Omitted, Unknown, Value, entries, is_null
from grantlint.reader.formats.ansible.values.resolution import text_of, unresolved
from grantlint.reader.formats.ansible.values.written import OPAQUE, Written
from grantlint.reader.leaf.changes import in_yaml
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, span_of

DEFAULT_HOST = "localhost"

_NATIVE_HASH = re.compile(r"\*[0-9A-Fa-f]{40}\Z")
_PRIV_FORM = "Write target:privileges, such as 'app.*:SELECT,INSERT'; several are joined by `/`."
NAMES = ("name", "user", "username")
"""The arguments that name an account; the module takes the first that there is."""
CREDENTIALS = ("plugin_hash_string", "plugin_auth_string", "password")
_KEEPING = frozenset({"on_create", "on_new_username"})
_SUBJECTS = ("SUBJECT", "ISSUER", "CIPHER")


_OF_PASSWORD = Sending(
    "mysql_native_password",
    (5, 7),
    (9, 7),
    "`password` of mysql_user",
    "write `plugin: caching_sha2_password` with `plugin_auth_string`, and no `password`, or turn the plugin on.",
)
"""Source: community.mysql, plugins/module_utils/user.py (user_add), and ansible.mysql's pull request 819 for 9.7."""


class Declared(NamedTuple):
    """The accounts that one set of arguments declares or removes. One for each of its hosts."""

    made: Sequence[Made] = ()
    removed: Dropped | None = None
    faults: tuple[Fault, ...] = ()


class Custom(NamedTuple):
    """A role's own defaults for the items of its user list. They apply before the module sees the items."""

    default_host: str | None  # None: a variable of the role


def declared(fields: Fields, span: Span, custom: Custom | None = None) -> Declared:
    """Return the accounts that a module's arguments declare.

    `span`: where an account stands that leaves out its host. `custom`: the role's, where the fields are an item of a
    user list; else they go to the module as they stand.
    """
    state = fields.text("state", "ensure")
    if isinstance(state, Located) and state.value.lower() == "absent":
        every = _is_for_every_host(fields)
        gone = fields.text(*NAMES) or Unresolved("it has no name", *span)
        return Declared(removed=Dropped(gone, () if every else _hosts(fields, span, DEFAULT_HOST), span))
    user = fields.text(*NAMES)
    if user is None:
        return Declared()
    grants, faults = privileges_of(fields, custom)
    if isinstance(state, Unresolved):
        # Whether the account comes or goes is not known: no rule may judge it by its name.
        user, grants = Unresolved("a state that only a run knows", *state.span), ()
    nodes = fields.nodes
    authentication = _authentication(fields)
    require = _require(fields) if "tls_requires" in nodes else ()
    limits = _limits(fields) if "resource_limits" in nodes else ()
    locked = fields.flag("locked") if "locked" in nodes else None
    expired = _expired(fields) if "password_expire" in nodes else None
    rules = _password_rules(fields) if "password_expire" in nodes else ()
    accounts = [
        Account(
            user,
            host,
            span,
            authentication,
            require,
            limits,
            locked,
            None,
            grants,
            expired=expired,
            password_rules=rules,
        )
        for host in _hosts(fields, span, custom.default_host if custom else DEFAULT_HOST)
    ]
    appends = fields.flag("append_privs") if "append_privs" in nodes else None
    takes = subtracted(fields) if "subtract_privs" in nodes else ()
    keeps = _on_create(fields) != ""
    adds = may_be(appends)
    return Declared([Made(account, adds, keeps, takes) for account in accounts], faults=faults)


def _on_create(fields: Fields) -> str:
    """Return the word of update_password by which an account that is there keeps its password. '' if it does not."""
    when = fields.text("update_password") if "update_password" in fields.nodes else None
    return when.value if isinstance(when, Located) and when.value in _KEEPING else ""


def _expired(fields: Fields) -> Flag | None:
    """Return whether the module expires the password at once; its other words are about a lifetime."""
    when = fields.text("password_expire")
    return Located(True, *when.span) if isinstance(when, Located) and when.value == "now" else None  # noqa: FBT003 - located


def _password_rules(fields: Fields) -> tuple[Limit, ...]:
    """Return that the password never expires, or after so many days."""
    when, days = fields.text("password_expire"), fields.text("password_expire_interval")
    if isinstance(when, Located) and when.value in {"never", "interval"}:
        name = Located("PASSWORD EXPIRE", *when.span)
        value = days if when.value == "interval" else Located("NEVER", *when.span)
        return (Limit(name, value),) if value is not None else ()
    return ()


def _hosts(fields: Fields, span: Span, default: str | None) -> list[Text]:
    every = _is_for_every_host(fields)
    if every is not None:
        return [Unresolved("host_all: every host that the user has on the server", *every.span)]
    if "hosts" not in fields.nodes:
        host = fields.one_text("host")
        if host is not None:
            return [host]
    value = fields.value("hosts", "host")
    found = None if value is None else fields.item_of(value)
    if value is None or found is None:
        return [Unresolved("a variable of the role", *span) if default is None else Implied(default, *span)]
    if isinstance(found, Unknown):
        return [unresolved(found.reason, value)]
    if isinstance(found, Value) and isinstance(found.node, SequenceNode):
        found = [Value(node, found.source) for node in found.node.value]
    texts = [text_of(item, fields.scope) for item in (found if isinstance(found, list) else [found])]
    return [text for text in texts if not isinstance(text, Omitted)]


def _is_for_every_host(fields: Fields) -> Flag | None:
    """Return `host_all` where it is or may be true."""
    every = fields.flag("host_all") if "host_all" in fields.nodes else None
    return every if may_be(every) else None


def privileges_of(fields: Fields, custom: Custom | None = None) -> tuple[tuple[Grant, ...], tuple[Fault, ...]]:
    """Return the grants of the fields, and faults in them. A fault is what the module cannot take for a grant.

    A role may put `priv` together from parts. What is no grant there is unresolved.
    """
    taken_away = fields.flag("subtract_privs") if "subtract_privs" in fields.nodes else None
    if may_be(taken_away):
        return (), ()
    if custom is None and isinstance(fields.nodes.get("priv"), SequenceNode):
        return (), (_is_list(fields.nodes["priv"], fields),)
    argument = fields.written("priv", "privileges", "privs", "grants")
    if argument is None:
        return (), ()
    if isinstance(argument, Unresolved):
        return (Grant((argument,), argument, argument.span),), ()
    grants, wrong, faults = grants_of(argument)
    if custom is not None:
        return (*grants, *(_of_role(place) for place in wrong)), faults
    if not argument.value.strip():
        wrong = (argument.span,)
    return grants, (*faults, *map(_no_privileges, wrong))


def subtracted(fields: Fields) -> Sequence[Grant]:
    """Return the privileges that the module revokes."""
    flag = fields.flag("subtract_privs")
    if not isinstance(flag, Located) or not flag.value:
        return ()
    argument = fields.written("priv", "privileges", "privs", "grants")
    return () if argument is None or isinstance(argument, Unresolved) else grants_of(argument)[0]


def _of_role(place: Span) -> Grant:
    unknown = Unresolved("the role puts the grant together", *place)
    return Grant((unknown,), unknown, place)


def _no_privileges(place: Span) -> Fault:
    return Fault("schema-error", "priv names no privileges: it has no `:`", place, _PRIV_FORM)


def _is_list(node: Node, fields: Fields) -> Fault:
    place = span_of(fields.source, node)
    return Fault("schema-error", "priv is a list; the module takes a string or a mapping", place, _PRIV_FORM)


def _authentication(fields: Fields) -> Authentication | None:
    plugin = fields.text("plugin") if "plugin" in fields.nodes else None
    credential = _credential(fields)
    password = fields.value("password")
    if credential is not None and password is not None:
        if plugin is not None and _may_be_omitted(password, fields):
            return Authentication(Unresolved("the password beside it may be left out", *plugin.span), credential)
        return Authentication(None, credential, _OF_PASSWORD)  # `plugin` beside it is not sent
    return Authentication(plugin, credential or empty_password(plugin)) if plugin or credential else None


def _may_be_omitted(value: Value, fields: Fields) -> bool:
    node = value.node
    return isinstance(node, ScalarNode) and "omit" in node.value and isinstance(fields.item_of(value), Unknown)


def _credential(fields: Fields) -> Credential | None:
    for name in CREDENTIALS:
        value = fields.value(name) if name in fields.nodes else None
        if value is None:
            continue
        if isinstance(fields.item_of(value), Unknown):
            return Credential(Secrecy.REFERENCE, value.span)
        text = fields.written_of(value)
        if text is None:
            continue
        if not isinstance(text, Written) or OPAQUE in text.value:
            return Credential(Secrecy.REFERENCE, value.span)
        span = text.place(0, len(text.value)) if text.composed else text.span
        span.source.hide(span.start, span.end)
        found = fields.item_of(value)
        node = found.node if isinstance(found, Value) else None
        changed = in_yaml(node, span, go=False) if isinstance(node, ScalarNode) else None
        secrecy = _secrecy(text.value, name, fields)
        if secrecy is Secrecy.EMPTY and _on_create(fields) == "on_new_username":
            return None  # that of another account of the user is taken, if there is one
        return Credential(secrecy, span, changed)
    return None


def _secrecy(text: str, name: str, fields: Fields) -> Secrecy:
    if not text:
        return Secrecy.EMPTY
    if name != "password":
        return Secrecy.HASH if name == "plugin_hash_string" else Secrecy.PLAIN
    encrypted = fields.flag("encrypted")
    if encrypted is None:
        return Secrecy.PLAIN
    hashed = encrypted.value if isinstance(encrypted, Located) else _NATIVE_HASH.match(text) is not None
    return Secrecy.HASH if hashed else Secrecy.PLAIN


def _require(fields: Fields) -> tuple[Text, ...]:
    """Return what the account must show over TLS; the module knows SSL, X509, or subject, issuer and cipher."""
    found = fields.item("tls_requires")
    if found is None or (isinstance(found, list) and not found):
        return ()
    if not isinstance(found, Value) or not isinstance(found.node, MappingNode):
        value = fields.value("tls_requires")
        if isinstance(found, Value) and not isinstance(found.node, SequenceNode):
            text = fields.text("tls_requires")
            return () if text is None or (isinstance(text, Located) and not text.value) else (text,)
        return (unresolved("a Jinja expression", value),) if value else ()
    wanted = {key.upper(): node for key, node in entries(found.node).items()}
    if not wanted:
        return ()
    named: list[Text] = []
    for word in _SUBJECTS:
        if word in wanted:
            shown = text_of(Value(wanted[word], found.source), fields.scope)
            if isinstance(shown, Located):
                named.append(Located(f"{word} '{shown.value}'", *shown.span))
            elif isinstance(shown, Unresolved):
                named.append(shown)
    if named:
        return tuple(named)
    return (Located("X509" if "X509" in wanted else "SSL", *found.span),)


def _limits(fields: Fields) -> tuple[Limit, ...]:
    found = fields.item("resource_limits")
    if not isinstance(found, Value) or not isinstance(found.node, MappingNode):
        return ()
    limits: list[Limit] = []
    for key, node in found.node.value:
        name = text_of(Value(key, found.source), fields.scope)
        if isinstance(name, Located) and not is_null(node):
            value = text_of(Value(node, found.source), fields.scope)
            if not isinstance(value, Omitted):
                limits.append(Limit(Located(name.value.upper(), *name.span), value))
    return tuple(limits)
