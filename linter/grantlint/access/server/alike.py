"""Which products decide a declared server alike, so that one look at it serves all of them.

Two products may order every row in the same way, and yet differ in what ALL stands for or in a plugin: rows, grants
and logins are told apart. What a product would decide otherwise counts only where something declared depends on it.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from grantlint.access.accounts.stored import BLANKS
from grantlint.access.host.value import host_value
from grantlint.access.product.installation import Installation
from grantlint.access.product.platforms import plugins_on, wants_tls
from grantlint.access.product.privileges.meaning import expand, implied_by
from grantlint.access.product.privileges.refusal import is_refused
from grantlint.access.product.sent import plugin_named
from grantlint.access.product.target import Target
from grantlint.access.product.traits import Traits
from grantlint.model import Account, DeclaredServer, Grant
from grantlint.model.account import Sending
from grantlint.model.location import Located
from grantlint.model.privilege import ALL, Privilege
from grantlint.model.scope import Level
from grantlint.model.scope.databases import are_disjoint
from grantlint.platform.record import NamedTuple

_OF_LOGINS = frozenset(
    {
        "default_plugin", "plugins", "plugins_off", "socket_plugin", "locked_error", "expires",
        "disconnect_on_expired_password", "secure_transport_error",
    }
)  # fmt: skip
_OF_GRANTS = frozenset(
    {
        "public_role", "role_patterns", "mandatory_roles_active", "partial_revokes", "grant_option_opens",
        "revoke_all_takes_everything", "equal_networks_sorted", "own_host",
    }
)  # fmt: skip
_MOST_NAMES = 64
"""Up to this many database names at one network are compared; more are taken for names that share a database."""

GrantKind = tuple[tuple[Privilege, ...], Level]


class Likeness(NamedTuple):
    """The keys by which products decide a declared server alike.

    Products with an equal key decide the rows, grants or logins alike.
    """

    rows: object
    grants: object
    logins: object


class Contents(NamedTuple):
    """The parts of a declared server on which products may differ.

    `sendings`: the plugins that tools name.
    `ties`: two database grants to one user at one network may cover the same database.
    """

    plugins: frozenset[str]
    sendings: frozenset[Sending]
    grants: frozenset[GrantKind]
    ties: bool

    @classmethod
    def of(cls, declared: DeclaredServer, targets: Iterable[Target]) -> "Contents":
        """Return what of a server may tell these products apart."""
        accounts = (*declared.accounts, *declared.grantees)
        by_network = [target.traits for target in targets if target.traits.sort_order == "ip823"]
        named = [account.authentication.plugin for account in accounts if account.authentication]
        sent = {account.authentication.sending for account in accounts if account.authentication}
        given = {id(account.grants): account.grants for account in accounts}  # one for all hosts of an item
        grants = [grant for theirs in given.values() for grant in theirs]
        grants += [grant for role in declared.roles for grant in role.grants]
        return cls(
            frozenset(leaf.value for leaf in named if isinstance(leaf, Located)),
            frozenset(one for one in sent if one is not None),
            frozenset(_kinds(grants)),
            any(_may_tie(accounts, traits) for traits in by_network[:1]),  # they read networks alike
        )


def likeness(contents: Contents, installation: Installation) -> Likeness:
    """Return the keys of an installation of a server."""
    return _likeness(contents, installation.target, _stated(installation))


def _stated(installation: Installation) -> frozenset[str]:
    names = ("mandatory_roles", "require_secure_transport")
    return frozenset(name for name in names if installation.settings.value(name) is not None)


@lru_cache(maxsize=1024)
def _likeness(contents: Contents, target: Target, stated: frozenset[str]) -> Likeness:
    traits = target.traits.by_name
    rows = tuple((name, value) for name, value in traits.items() if name not in _OF_LOGINS | _OF_GRANTS)
    idle = {"mandatory_roles_active"} - {f"{name}_active" for name in stated}
    if not contents.ties:
        idle.add("equal_networks_sorted")
    grants = tuple((name, traits[name]) for name in sorted(_OF_GRANTS - idle))
    sent = {sending.plugin for sending in contents.sendings}
    plugins = sorted({*contents.plugins, *sent, target.traits.default_plugin})
    offered, off = target.traits.plugins, target.traits.plugins_off
    logins = (
        *((sending, plugin_named(sending, target)) for sending in sorted(contents.sendings)),
        *((name, traits[name]) for name in sorted(_OF_LOGINS - {"plugins", "plugins_off", "secure_transport_error"})),
        *((plugin, plugin in offered, plugin in off) for plugin in plugins),
        target.traits.secure_transport_error if "require_secure_transport" in stated else wants_tls(target),
        plugins_on(target),
    )
    return Likeness(rows, (rows, grants, _privileges(contents.grants, target)), logins)


def _privileges(kinds: frozenset[GrantKind], target: Target) -> object:
    """Return the refused grants, and which grants give each privilege.

    Names need not be the same: whether a session may do something depends on which grants give it.
    """
    refused: list[int] = []
    given: dict[tuple[bool, str], set[int]] = {}
    implied: tuple[str, ...] = ()
    for number, (names, level) in enumerate(sorted(kinds)):
        if level is not Level.PROXY and is_refused(names, target, level):
            refused.append(number)
            continue
        for name, columns in names:
            for privilege in expand(name, target, level):
                given.setdefault((bool(columns), privilege), set()).add(number)
            if name != ALL:
                implied = implied or implied_by(name, target)
    return tuple(refused), frozenset(map(frozenset, given.values())), implied


def _kinds(grants: Iterable[Grant]) -> Iterator[GrantKind]:
    for grant in grants:
        scope = grant.scope
        if scope is not None:
            yield tuple([leaf.value for leaf in grant.privileges if isinstance(leaf, Located)]), scope.level


def _may_tie(accounts: Iterable[Account], traits: Traits) -> bool:
    """Return whether two database grants of a user meet in host and database."""
    names: dict[tuple[int, int], dict[str, list[str]]] = {}
    for account in accounts:
        if not (isinstance(account.user, Located) and isinstance(account.host, Located)):
            continue
        value = host_value(account.host.value, traits)
        if value.network or value.mask:
            place = (value.mask, value.network if value.mask else 0)
            theirs = names.setdefault(place, {}).setdefault(account.user.value.strip(BLANKS), [])
            scopes = (grant.scope for grant in account.grants)
            theirs += [scope.database for scope in scopes if scope is not None and scope.level is Level.DATABASE]
    return any(
        _meet(frozenset([*theirs, *(by_user.get("", ()) if user else ())]))
        for by_user in names.values()
        for user, theirs in by_user.items()
    )


@lru_cache(maxsize=4096)
def _meet(names: frozenset[str]) -> bool:
    distinct = {name.lower() for name in names}
    if len(distinct) > _MOST_NAMES:
        return True
    return any(not are_disjoint(first, second) for first, second in combinations(distinct, 2))
