"""A look at one declared server: which of its values, accounts and tables the rules are asked about."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from grantlint.access import Counted, Server, ServerSettings
from grantlint.lint.engine.questions import Questions
from grantlint.lint.engine.reporting import Outcome, Reporting, finding_of
from grantlint.lint.engine.verdicts import Verdict, Verdicts
from grantlint.lint.finding import Problem, SlipError, Unsaid, given, unless_known
from grantlint.lint.rule import AcrossAccounts, EachRights, Rule
from grantlint.lint.values import Rights, login_of
from grantlint.model import Account, Credential, Fault, Grant, Naming, NotChecked, Role, Secrecy, SomeDatabase
from grantlint.model.account import identity
from grantlint.model.location import Located, Source, Span, Unresolved
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level
from grantlint.servers.panel import Panel

_NOWHERE = "nothing declares it here"


_NOT_SPARED = Problem("it has to say something")
_start = attrgetter("start")


class Look:
    """One look at one declared server as each of its products."""

    def __init__(self, panel: Panel, questions: Questions, outcome: Outcome, memo: dict[object, list[Verdict]]) -> None:
        self.panel, self.questions, self.outcome = panel, questions, outcome
        self.verdicts = Verdicts(panel, questions, outcome.crashes, memo)
        self.statements: dict[Source, list[Span]] | None = None
        self.counted: dict[Counted | None, bool] = {None: True}
        self.censuses = {id(server.census): server.census for server in panel.servers}.values()
        self.makers: frozenset[tuple[str, int]] | None = None
        self.told: set[int] = set()
        self.report = Reporting(panel, self.verdicts, outcome).report

    def at_all(self) -> None:
        """Look at everything, and note what is found."""
        declared = self.panel.declared
        self.outcome.not_checked += declared.not_checked
        for account in self.as_served(declared.accounts):
            self.at_account(account)
            self.at_login(account)
        for account in self.as_served(declared.grantees):
            self.at_account(account)
        for role in declared.roles:
            for grant in role.grants:
                self.at_grant(grant, role)
        self.at_members()
        self.at_server()
        self.at_limit()

    def as_served(self, accounts: Sequence[Account]) -> Sequence[Account]:
        """Return accounts without what MariaDB's DENY takes from them."""
        denied = [server.declared.denied for server in self.panel.servers]
        if not all(denied):  # a server without it refuses the statement
            return accounts
        from grantlint.access.state.undenied import undenied  # noqa: PLC0415 - for the few files with DENY

        target = self.panel.servers[0].installation.target
        return [undenied(account, denied[0], target) for account in accounts]

    def at_members(self) -> None:
        """Count the accounts with a role that are declared nowhere."""
        declared = self.panel.declared
        named = declared.members
        if not named or any(account.known_name is None for account in declared.accounts):  # which may be any of them
            return
        known = {account.identity for account in (*declared.accounts, *declared.grantees)}
        known |= {identity(role.name, role.host or Located("%", *role.span)) for role in declared.roles}
        for user, host in [(one.user, one.host) for one in named]:
            if isinstance(user, Located) and isinstance(host, Located) and identity(user, host) not in known:
                self.outcome.not_checked.append(NotChecked("account with a role", _NOWHERE, user.span))

    def at_limit(self) -> None:
        """Report once for all products that proofs took too much work."""
        undecided = max((server.undecided for server in self.panel.servers), key=len)
        if undecided:
            self._report_limit(
                undecided,
                f"who gets {_some_of(undecided)} is not decided: the host patterns overlap in more ways than a run "
                "works out",
                "Give the accounts hosts that overlap less, so that somebody can tell who gets which.",
            )
        unlooked = max((server.unlooked for server in self.panel.servers), key=len)
        if unlooked:
            self._report_limit(
                unlooked,
                f"which database grants serve {_some_of(unlooked)} is not decided: they meet in more ways than a run "
                "works out",
                "Give the accounts hosts, and the grants database names, that overlap less.",
            )

    def _report_limit(self, open_: Sequence[Account | Role], message: str, remedy: str) -> None:
        self.outcome.findings.append(finding_of(Fault("limit-reached", message, open_[0].span, remedy)))

    def at_server(self) -> None:
        """Look at the server as a whole."""
        for rule, across in self.questions.servers:
            if self.is_idle(across.of):
                continue
            asked = [(labels, (server,)) for server, labels in self.asked_of(across)]
            for _, problem, servers in self.verdicts.of_all(rule, across.check, asked):
                self.report(rule, problem, problem.span, servers)
        if len(self.panel.servers) > 1:
            for rule, between in self.questions.panels:
                if self.is_idle(between.of) or (rule.only_assumed and not self.panel.assumed):
                    continue
                for problem in self.verdicts.ask(rule, between.check, self.panel.servers):
                    self.report(rule, problem, problem.span, ())

    def asked_of(self, across: AcrossAccounts) -> Sequence[tuple[Server, tuple[str, ...]]]:
        """Return the servers that a check is asked of, with labels."""
        if across.once:
            return self.verdicts.everything
        return self.panel.alike if across.alike else self.verdicts.labels

    def is_idle(self, of: Counted | None) -> bool:
        """Whether there is none of what a rule asks about."""
        if of is not None and of not in self.counted:
            self.counted[of] = any(getattr(census, of) for census in self.censuses)
        return not self.counted[of]

    def at_account(self, account: Account) -> None:
        """Look at an account with its host value and its grants."""
        for what, leaf in (("user", account.user), ("host", account.host)):
            if isinstance(leaf, Unresolved):
                self.outcome.not_checked.append(NotChecked(what, leaf.reason, leaf.span))
        host = account.host
        if isinstance(host, Located):
            for rule, problem, servers in self.verdicts.of_host(host.value):
                unsaid = given(host)
                said = problem._replace(unsaid=unsaid) if unsaid else problem
                self.report(rule, said, host.span, servers, account)
        for rule, check in self.questions.of_account(account):
            for problem in self.verdicts.ask(rule, check, account, self.panel.settings):
                self.report(rule, problem, problem.span or account.span, (), account)
        if id(account.grants) not in self.told:  # one for all hosts of an item
            alike = [self.at_grant(grant, account) for grant in account.grants]
            if all(alike):
                self.told.add(id(account.grants))

    def at_login(self, account: Account) -> None:
        """Look at how clients log in as an account made here."""
        user = account.user
        if isinstance(user, Located):
            for rule, problem, servers in self.verdicts.of_user(user.value):
                self.report(rule, problem, problem.span or user.span, servers, account)
        authentication = account.authentication
        credential = authentication.credential if authentication is not None else None
        if credential is not None and credential.secrecy is not Secrecy.REFERENCE:
            for rule, check in self.questions.secrets:
                for problem in self.verdicts.ask(rule, check, account, credential, self.panel.settings):
                    self.report(rule, problem, problem.span or credential.span, (), account)
        if not self.questions.logins or not self.is_made_by(account):
            return
        for rule, problem, servers in self.verdicts.of_login(login_of(account)):
            part = self.questions.parts[rule.name]
            place: Located[str] | Unresolved | Credential | None = account.host
            if part == "plugin":
                place = authentication.plugin if authentication is not None else None
            elif part == "credential":
                place = credential
            where = problem.span or (account.span if place is None else place.span)
            self.report(rule, problem, where, servers, account)

    def is_made_by(self, account: Account) -> bool:
        """Return whether a declaration makes its account, and no other one."""
        if not account.amends:
            return True
        if not self.panel.declared.steps:
            return False
        if self.makers is None:
            from grantlint.lint.engine.makers import makers  # noqa: PLC0415 - few files have such statements

            self.makers = makers(self.panel)
        return (account.user.source.path, account.user.start) in self.makers

    def at_grant(self, grant: Grant, grantee: Account | Role) -> bool:
        """Look at a grant, each kind of which is asked about once.

        Returns whether there is nothing else to say of it to another account that shares it.
        """
        target = grant.target
        privileges = [leaf for leaf in grant.privileges if isinstance(leaf, Located)]
        is_known = len(privileges) == len(grant.privileges)
        if isinstance(target, SomeDatabase) and is_known and self.questions.unnamed:
            self.at_some_database(grant, privileges, grantee)
        if isinstance(target, Unresolved) or not is_known:
            unknown = next(leaf for leaf in (target, *grant.privileges) if isinstance(leaf, Unresolved))
            self.outcome.not_checked.append(NotChecked("grant", unknown.reason, unknown.span))
            return False
        is_for_all = True
        values = tuple([leaf.value for leaf in privileges])
        for rule, problem, servers in self.verdicts.of_grant(values, target.value, option=grant.has_option):
            unsaid = given(*privileges) if isinstance(rule.check, EachRights) else None
            if rule.name in self.questions.spares:
                is_for_all = False
                if isinstance(grantee, Role) or (isinstance(grantee.user, Located) and self.is_spared(rule, grantee)):
                    continue
                if rule.name not in self.questions.unnamed:
                    unsaid = unsaid or unless_known(grantee.user)
            if rule.name in self.questions.but_statements and self.is_statement(grant):
                continue
            if grant.naming is Naming.GIVEN and _is_of_names(problem):
                unsaid = Unsaid.GIVEN  # of the database, the author writes the name alone
            if problem.part is not None and problem.part >= len(privileges):
                self.outcome.crashes[rule.name] = SlipError("the part of a Problem is the number of no privilege")
                continue
            place = privileges[problem.part] if problem.part is not None else target
            said = problem._replace(unsaid=unsaid) if unsaid else problem
            is_for_all = is_for_all and said.unsaid is None
            self.report(rule, said, problem.span or place.span, servers, grantee, grant)
        return is_for_all

    def at_some_database(self, grant: Grant, privileges: Sequence[Located[Privilege]], grantee: Account | Role) -> None:
        """Say of a grant on some database what holds of every one."""
        rights = Rights(tuple([leaf.value for leaf in privileges]), Level.DATABASE, "")
        for rule, problem, servers in self.verdicts.of_some_database(rights):
            if isinstance(grantee, Account) and not (
                isinstance(grantee.user, Located) and self.is_spared(rule, grantee)
            ):
                said = problem._replace(unsaid=given(*privileges))
                self.report(rule, said, problem.span or grant.target.span, servers, grantee, grant)

    def is_spared(self, rule: Rule, account: Account) -> bool:
        """Whether a rule spares an account, whatever its rights."""
        spares = self.questions.spares[rule.name]

        def check(account: Account, settings: ServerSettings) -> Iterable[Problem]:
            return () if spares(account, settings) else (_NOT_SPARED,)

        return not self.verdicts.ask(rule, check, account, self.panel.settings)

    def is_statement(self, grant: Grant) -> bool:
        """Whether the SQL of a file grants it."""
        if self.statements is None:
            self.statements = {}
            for statement in self.panel.declared.statements:
                self.statements.setdefault(statement.span.source, []).append(statement.span)
            for spans in self.statements.values():
                spans.sort(key=_start)
        spans = self.statements.get(grant.span.source, [])
        before = bisect_right(spans, grant.span.start, key=_start)
        return before > 0 and grant.span.start < spans[before - 1].end


def _is_of_names(problem: Problem) -> bool:
    """Return whether a problem is mended by another name in its place."""
    from grantlint.model.remedy import Instead  # noqa: PLC0415 - a dozen records that a clean run does without

    return isinstance(problem.remedy, Instead)


def _some_of(accounts: Sequence[Account | Role]) -> str:
    first, *rest = accounts
    return f"{first} and {len(rest):,} more" if rest else str(first)
