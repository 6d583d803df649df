"""Rules as values: a name, the words that explain it, a check, and examples that are tests, docs and help.

A check is a plain function that takes the one thing it looks at and yields problems; an adaptor says which
thing that is. `each_host` and `each_grant` run once for a distinct value, however often it stands in the files.
"""

from collections.abc import Callable, Iterable, Sequence

from grantlint.access import Counted, HostValue, Installation, Server, ServerSettings
from grantlint.lint.finding import Confidence, Problem, Profile, Severity
from grantlint.lint.values import Feature, GrantValue, HostForm, Login, Rights
from grantlint.lint.weighing import Weigh
from grantlint.model import Account, Credential
from grantlint.model.scope import Level
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal

HostCheck = Callable[[HostValue, ServerSettings], Iterable[Problem]]
GrantCheck = Callable[[GrantValue, Installation], Iterable[Problem]]
RightsCheck = Callable[[Rights, Installation], Iterable[Problem]]
Spares = Callable[[Account, ServerSettings], bool]
LoginCheck = Callable[[Login, Installation], Iterable[Problem]]
LoginPart = Literal["host", "plugin", "credential"]
UserCheck = Callable[[str, ServerSettings], Iterable[Problem]]
SecretCheck = Callable[[Account, Credential, ServerSettings], Iterable[Problem]]
AccountCheck = Callable[[Account, ServerSettings], Iterable[Problem]]
ServerCheck = Callable[[Server], Iterable[Problem]]
ServersCheck = Callable[[Sequence[Server]], Iterable[Problem]]


class EachHost(NamedTuple):
    """A check of each distinct host value.

    With `having`, only of those that hold one of these characters, with `forms` of those written so. With `once`, for
    all products at once.
    """

    check: HostCheck
    having: frozenset[str] = frozenset()
    once: bool = False
    forms: frozenset[HostForm] = frozenset()


class EachGrant(NamedTuple):
    """A check of each distinct grant.

    With `having`, only of those on a database or table with one of these characters in its name. With `alike`, once for
    products to which `_` and `%` in a database's name mean the same.
    """

    check: GrantCheck
    having: frozenset[str] = frozenset()
    alike: bool = False


class EachRights(NamedTuple):
    """A check of each distinct set of privileges at a level.

    With `spares`, only of those of accounts that are not spared. With `level` only of those of this level, with
    `schemas` of those on one of these (see Rights). Without `statements` not of those that SQL of a file grants: what
    servers say to them is told otherwise. With `unnamed` it is said where nobody knows the user whom it may spare, and
    of a database whose name nobody knows.
    """

    check: RightsCheck
    spares: Spares | None = None
    statements: bool = True
    level: Level | None = None
    schemas: frozenset[str] = frozenset()
    unnamed: bool = False

    def is_about(self, rights: Rights) -> bool:
        """Whether the check is to be asked of these rights."""
        return self.level in {None, rights.level} and (not self.schemas or rights.schema in self.schemas)


class EachLogin(NamedTuple):
    """A check of each distinct way to log in.

    What is said stands at that part of each account, or at the account.
    """

    check: LoginCheck
    at: LoginPart


class EachUser(NamedTuple):
    """A check of each distinct user name of a declared account.

    `having` as of EachHost; `named`: only of these.
    """

    check: UserCheck
    having: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


class EachSecret(NamedTuple):
    """A check of each password or hash that stands in a file.

    It is written or empty.
    """

    check: SecretCheck


class EachAccount(NamedTuple):
    """Look at each account, knowing nothing of its neighbours.

    With `has`, only at those with that feature.
    """

    check: AccountCheck
    has: Feature | None = None


class AcrossAccounts(NamedTuple):
    """A check of all accounts of a server together.

    With `of`, only where the census counts some of that. With `alike`, once for products that decide rows, grants and
    logins of the server alike; with `once`, once for all.
    """

    check: ServerCheck
    of: Counted | None = None
    alike: bool = False
    once: bool = False


class AcrossServers(NamedTuple):
    """A check of one declared server as each of its products.

    `of` as above.
    """

    check: ServersCheck
    of: Counted | None = None


Check = (
    EachHost | EachGrant | EachRights | EachLogin | EachUser | EachSecret | EachAccount | AcrossAccounts | AcrossServers
)


def each_host(check: HostCheck, *, having: str = "", once: bool = False, forms: Iterable[HostForm] = ()) -> EachHost:
    """Return a check of one host value.

    What it says is reported at every account with that value. Of the product it knows `host.traits`: one verdict serves
    all versions that read host values alike. With `having` it is asked only of values that hold one of these
    characters, with `forms` of values that are written so (see `form_of`), which spares most calls; so does `once`, for
    a check that does not look at the traits.
    """
    return EachHost(check, frozenset(having), once, frozenset(forms))


def each_grant(check: GrantCheck, *, having: str = "", alike: bool = False) -> EachGrant:
    """Return a check of one grant.

    What it says is reported at every grant that says the same. With `having` it is asked only of those on a database or
    table with one of these characters in its name. With `alike` it is asked once for all products that read the name of
    a database alike: right for a check that asks of the installation only that.
    """
    return EachGrant(check, frozenset(having), alike)


def each_rights(
    check: RightsCheck,
    *,
    spares: Spares | None = None,
    statements: bool = True,
    level: Level | None = None,
    schemas: Iterable[str] = (),
    unnamed: bool = False,
) -> EachRights:
    """Return a check of a grant's privileges, whatever its database.

    It is said at each grant that gives them. With `level` it is asked only of grants at this level, with `schemas` of
    those on one of these (see Rights). With `spares` it is asked of grants to accounts alone, and only of those that
    are not spared; without `statements` not of those that the SQL of a file grants. What is said of a user whom nobody
    knows is counted alone, and nothing is said of a database that nobody knows; with `unnamed` both are reported: right
    for what is wrong whoever has it, in whichever database.
    """
    return EachRights(check, spares, statements, level, frozenset(schemas), unnamed)


def each_login(check: LoginCheck, *, at: LoginPart) -> EachLogin:
    """Return a check of one way to log in.

    What it says is reported at that part of every account that has it.
    """
    return EachLogin(check, at)


def each_user(check: UserCheck, *, having: str = "", named: Iterable[str] = ()) -> EachUser:
    """Return a check of one user name.

    With `having` it is asked of names with one of these characters, with `named` of these alone. Names in `named` are
    in lower case and stand for all ways to write them.
    """
    return EachUser(check, frozenset(having), frozenset(named))


def each_secret(check: SecretCheck) -> EachSecret:
    """Return a check of each password or hash in a file.

    It may judge the text and never tells it.
    """
    return EachSecret(check)


def each_account(check: AccountCheck, *, has: Feature | None = None) -> EachAccount:
    """Return a check of one account with its grants.

    What depends on the product is for the other adaptors. With `has` it is asked only of accounts with that feature
    (see `features_of`), which spares most calls.
    """
    return EachAccount(check, has)


def across_accounts(
    check: ServerCheck, *, of: Counted | None = None, alike: bool = False, once: bool = False
) -> AcrossAccounts:
    """Return a check of a whole server.

    With `of` it is asked only of servers that have any (see `Census`). With `alike` it is asked once for all products
    that decide rows, grants and logins of the server alike: right for a check that asks the server's tables, wrong for
    one that looks at the product itself. With `once` it is asked once for all of them: for a check of what is declared,
    which asks neither.
    """
    return AcrossAccounts(check, of, alike, once)


def across_servers(check: ServersCheck, *, of: Counted | None = None) -> AcrossServers:
    """Return a check that compares one server as several products.

    `of` as above.
    """
    return AcrossServers(check, of)


class Threshold(NamedTuple):
    """A number from which a rule reports.

    A configuration may set another under `[threshold]`.
    means: what is counted, as a clause. made: returns the check for another number.
    """

    number: int
    means: str
    made: Callable[[int], Check]


class Rule(NamedTuple):
    """One known mistake.

    name: kebab-case, names the fault. summary: one sentence, no full stop. rationale: why it matters, for the
    docs page. help: what to do, printed with each finding. check: see the adaptors. bad, good: whole files;
    `# expect: rule-name` stands on each line that must be reported, and on no other.
    profile: the smallest set that holds it. since: the version that brought it. controls: what it is evidence of, by
    edition and number in controls.tsv. stronger_than: rules that say less of the same account, by name.
    on_any_server: where nobody says which server it is, report if it holds for one of those that grantlint
    assumes (and say for which), instead of only if it holds for all of them. only_assumed: ask where nobody says it.
    threshold: the number that a configuration may set, None where there is none. weigh: what it makes of the context of
    a problem, None for nothing.
    url: of the rule's page; a built-in rule has one of grantlint's own. origin: which pack or file it is of, which
    grantlint fills in for rules of others.
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
    origin: str = ""
    threshold: Threshold | None = None
    weigh: Weigh | None = None
