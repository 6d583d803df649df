"""Which places of a file a reader understood: the names, hosts, privileges and settings that may be shown.

Asked only for the files in which there is something to report: a clean run pays nothing.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from grantlint.model import Account, Declarations, Grant, GrantedPrivilege, GrantTarget, Membership, Role, ServerFacts
from grantlint.model.location import Implied, Located, Source, Span, Text, Unresolved
from grantlint.model.privilege import Privilege, is_words
from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.secrets import is_variable, swallows
from grantlint.report.secrecy.settings import may_show_setting

_WORD = Pattern(r"\w+")
_LONGEST = 500  # characters of a leaf that is shown

Leaf = Located[str] | Located[bool] | GrantTarget | GrantedPrivilege | Unresolved


def show_leaves(
    parts: Iterable[Declarations], sources: Collection[Source], places: Iterable[Span] | None = None
) -> None:
    """Mark in the sources what the declarations are made of.

    With `places`, only in the lines where these begin.
    """
    lines = None if places is None else _lines_of(place for place in places if place.source in sources)
    for part in parts:
        for leaf in _leaves(part):
            if leaf is None or not (leaf.source in sources if lines is None else _is_in(lines, leaf)):
                continue
            if _is_plain(leaf):
                leaf.source.show(leaf.start, leaf.end)


def _lines_of(places: Iterable[Span]) -> dict[Source, tuple[list[int], list[int]]]:
    """Return where the lines begin and end in which places begin, in order."""
    numbers: dict[Source, set[int]] = {}
    for source, start, _ in places:
        numbers.setdefault(source, set()).add(source.position(start)[0])
    bounds = {source: [*map(source.line_bounds, sorted(of))] for source, of in numbers.items()}
    return {source: ([start for start, _ in of], [end for _, end in of]) for source, of in bounds.items()}


def _is_in(lines: dict[Source, tuple[list[int], list[int]]], leaf: Leaf) -> bool:
    of_source = lines.get(leaf.source)
    if of_source is None:
        return False
    starts, ends = of_source
    at = bisect_left(ends, leaf.start)
    return at < len(ends) and starts[at] < leaf.end


def _is_plain(leaf: Leaf) -> bool:
    """Return whether the place of a leaf holds its value and nothing else."""
    text = leaf.source.text[leaf.start : min(leaf.end, leaf.start + _LONGEST)]
    if isinstance(leaf, Unresolved):
        return is_variable(text)
    if isinstance(leaf, Implied) or (isinstance(leaf.value, Privilege) and not is_words(leaf.value.name)):
        return False
    return _says(text, str(leaf.value))


@lru_cache(maxsize=1 << 12)
def _says(text: str, value: str) -> bool:
    """Return whether a text is made of words of a value and goes on into nothing else."""
    value = value.casefold()
    return not swallows(text) and all(word.casefold() in value for word in _WORD.findall(text))


def _leaves(part: Declarations) -> Iterator[Leaf | None]:
    for account in part.accounts:
        yield from _of_account(account)
    for given in _grants(part):
        yield from _of_grant(given)
    for user, host, grant, again in (*part.grants, *part.revoked, *part.denied):
        yield user
        yield host
        yield again
        yield from _of_grant(grant)
    for role in part.roles:
        yield role.name
        yield role.host
        for membership in role.members:
            yield from _of_membership(membership)
    for membership in (*part.memberships, *part.default_roles):
        yield from _of_membership(membership)
    for user, host in (*part.every_role, *_named_in_steps(part)):
        yield user
        yield host
    for named in part.hosts:
        yield named.name
        yield from (*named.addresses, *named.dns_names)
    if part.server is not None:
        yield from _of_server(part.server)


def _named_in_steps(part: Declarations) -> Iterator[tuple[Text, Text]]:
    """Yield the accounts and roles that steps name."""
    if part.steps:
        from grantlint.model.step.acts import names_of  # noqa: PLC0415 - as in model/declarations.py

        for step in part.steps:
            yield from ((name.user, name.host) for name in names_of(step.act))


def _grants(part: Declarations) -> Iterator[Grant]:
    """Yield the grants of accounts and roles, those that all hosts of an item share once."""
    holders: list[Account | Role] = [*part.accounts, *part.roles]
    for grants in {id(one.grants): one.grants for one in holders}.values():
        yield from grants


def _of_account(account: Account) -> Iterable[Leaf | None]:
    plugin = account.authentication.plugin if account.authentication is not None else None
    limits = [leaf for limit in account.limits for leaf in (limit.name, limit.value)]
    return account.user, account.host, plugin, *account.require, *limits, account.locked, account.expired


def _of_grant(grant: Grant) -> Iterable[Leaf | None]:
    return *grant.privileges, grant.target, grant.option


def _of_membership(membership: Membership) -> Iterator[Leaf | None]:
    yield membership.role
    yield membership.user
    yield membership.host
    yield membership.admin
    yield membership.default


def _of_server(server: ServerFacts) -> Iterator[Leaf | None]:
    yield server.name
    yield server.product
    for name, value in server.settings.items():
        if isinstance(value, Unresolved) or may_show_setting(name, value.value):
            yield value
    yield from server.administrators
