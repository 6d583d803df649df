"""Rules as values: a name, the words that explain it, a check, and examples that are tests, docs and help.

A check is a plain function that takes the one thing it looks at and yields problems; an adaptor says which
thing that is. `each_host` and `each_grant` run once for a distinct value, however often it stands in the files.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from grantlint.access import Counted, HostValue, Installation, Server, ServerSettings
from grantlint.lint.finding import Problem, Severity
from grantlint.lint.profile import Confidence, Profile
from grantlint.model import Account
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Scope


class GrantValue(NamedTuple):
    """What a grant says, apart from where and to whom."""

    privileges: tuple[Privilege, ...]
    scope: Scope
    option: bool


HostCheck = Callable[[HostValue, ServerSettings], Iterable[Problem]]
GrantCheck = Callable[[GrantValue, Installation], Iterable[Problem]]
AccountCheck = Callable[[Account, ServerSettings], Iterable[Problem]]
ServerCheck = Callable[[Server], Iterable[Problem]]
ServersCheck = Callable[[Sequence[Server]], Iterable[Problem]]


class EachHost(NamedTuple):
    """Look at each distinct host value; with `having`, only at those that hold one of these characters."""

    check: HostCheck
    having: frozenset[str] = frozenset()


class EachGrant(NamedTuple):
    """Look at each distinct grant."""

    check: GrantCheck


class EachAccount(NamedTuple):
    """Look at each account, knowing nothing of its neighbours."""

    check: AccountCheck


class AcrossAccounts(NamedTuple):
    """Look at all accounts of a server together; with `of`, only where the census counts some of that.

    With `alike`, once for products that decide rows, grants and logins of the server alike.
    """

    check: ServerCheck
    of: Counted | None = None
    alike: bool = False


class AcrossServers(NamedTuple):
    """Look at one declared server as each product that it is judged by; `of` as above."""

    check: ServersCheck
    of: Counted | None = None


Check = EachHost | EachGrant | EachAccount | AcrossAccounts | AcrossServers


def each_host(check: HostCheck, *, having: str = "") -> EachHost:
    """Make a check of one host value; what it says is reported at every account with that value.

    Of the product it knows `host.traits`: one verdict serves all versions that read host values alike. With
    `having` it is asked only of values that hold one of these characters, which spares most calls.
    """
    return EachHost(check, frozenset(having))


def each_grant(check: GrantCheck) -> EachGrant:
    """Make a check of one grant; what it says is reported at every grant that says the same."""
    return EachGrant(check)


def each_account(check: AccountCheck) -> EachAccount:
    """Make a check of one account with its grants; what depends on the product is for the other adaptors."""
    return EachAccount(check)


def across_accounts(check: ServerCheck, *, of: Counted | None = None, alike: bool = False) -> AcrossAccounts:
    """Make a check of a whole server; with `of` it is asked only of servers that have any (see `Census`).

    With `alike` it is asked once for all products that decide rows, grants and logins of the server alike: right for a
    check that asks the server's tables, wrong for one that looks at the product itself.
    """
    return AcrossAccounts(check, of, alike)


def across_servers(check: ServersCheck, *, of: Counted | None = None) -> AcrossServers:
    """Make a check that compares what the products make of one declared server; `of` as above."""
    return AcrossServers(check, of)


class Rule(NamedTuple):
    """One known mistake.

    name: kebab-case, names the fault. summary: one sentence, no full stop. rationale: why it matters, for the
    docs page. help: what to do, printed with each finding. check: see the adaptors. bad, good: whole files;
    `# expect: rule-name` stands on each line that must be reported, and on no other.
    profile: the smallest set that holds it. since: the version that brought it. controls: what it is evidence of, by
    edition and number in controls.tsv. stronger_than: rules that say less of the same account, by name.
    on_any_server: where nobody says which server it is, report if it holds for one of those that grantlint
    assumes (and say for which), instead of only if it holds for all of them. only_assumed: ask where nobody says it.
    url: of the rule's page; a built-in rule has one of grantlint's own.
    """

    name: str
    summary: str
    rationale: str
    help: str
    severity: Severity
    check: Check
    bad: tuple[str, ...]
    good: tuple[str, ...]
    tags: tuple[str, ...] = ()
    on_any_server: bool = False
    only_assumed: bool = False
    profile: Profile = Profile.DEFAULT
    confidence: Confidence = Confidence.HIGH
    since: str = ""
    controls: tuple[str, ...] = ()
    stronger_than: tuple[str, ...] = ()
    url: str = ""
