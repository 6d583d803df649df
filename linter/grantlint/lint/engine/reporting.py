"""What a look finds: a problem of a rule with all that the engine knows of it."""

from collections.abc import Iterator

from grantlint.lint.engine.unheard import Unheard
from grantlint.lint.engine.verdicts import Verdicts
from grantlint.lint.faults import severity_of
from grantlint.lint.finding import Finding, Mend, Problem, Profile, Severity, Unsaid
from grantlint.lint.rule import Rule
from grantlint.lint.weighing import Context
from grantlint.model import Account, DeclaredServer, Fault, Grant, NotChecked, Role
from grantlint.model.location import Span
from grantlint.servers.panel import Panel


class Outcome:
    """The findings of a run, its crashed rules, and unchecked values.

    unsaid: findings that are only counted, with why. unheard: takes what weighs too little; nothing does without it.
    """

    __slots__ = ("crashes", "findings", "not_checked", "unheard", "unsaid")

    def __init__(self, unheard: Unheard | None = None) -> None:
        self.unheard = unheard
        self.findings: list[Finding] = []
        self.unsaid: list[tuple[Finding, Unsaid]] = []
        self.crashes: dict[str, BaseException] = {}
        self.not_checked: list[NotChecked] = []


def finding_of(fault: Fault) -> Finding:
    """Return bad input as a finding."""
    mend = Mend(fault.remedy, told=bool(fault.help)) if fault.remedy is not None else None
    return Finding(fault.rule, Severity(severity_of(fault.rule)), fault.message, fault.span, help=fault.help, mend=mend)


class Reporting:
    """The findings about one declared server."""

    def __init__(self, panel: Panel, verdicts: Verdicts, outcome: Outcome) -> None:
        self._panel, self._verdicts, self._outcome = panel, verdicts, outcome
        self._context = Context(panel.declared)
        self._places: dict[tuple[str, int], Account | Role] | None = None
        self._named: tuple[Account | Role | None, str] = (None, "")  # the last one, of whom there may be more to say

    def report(
        self,
        rule: Rule,
        problem: Problem,
        span: Span | None,
        servers: tuple[str, ...],
        about: Account | Role | None = None,
        grant: Grant | None = None,
    ) -> None:
        """Add a finding with its rule, severity and subject.

        The subject is an account or role.
        """
        place = span or self._panel.span
        about = about or self._declared_at(place)
        weight = self._verdicts.weighed(rule, about, grant, self._context)
        profile = weight.profile or problem.profile
        unheard = self._outcome.unheard
        if problem.unsaid is None and unheard and unheard.takes(rule.name, problem.message, place, profile):
            return
        found = Finding(
            rule.name, rule.severity, problem.message, place, (*problem.related, *weight.related), problem.witness,
            problem.help or rule.help, servers, self._name_of(about), problem.label,
            None if problem.remedy is None else Mend(problem.remedy, grant or about, told=bool(problem.help)),
            about=problem.about, server=self._panel.declared.name, development=self._development_of(rule),
            profile=profile, same=weight.same, weaker_than=weight.weaker_than,
        )  # fmt: skip
        if problem.unsaid is not None:
            self._outcome.unsaid.append((found, problem.unsaid))
        else:
            self._outcome.findings.append(found)

    def _name_of(self, about: Account | Role | None) -> str:
        """Return an account or role as it is written."""
        if self._named[0] is not about:
            self._named = (about, str(about) if about else "")
        return self._named[1]

    def _development_of(self, rule: Rule) -> Span | None:
        """Return what says that the server serves development.

        None where nothing does, and for what no server takes as it was meant.
        """
        container = self._context.container
        return None if container is None or rule.profile is Profile.CORRECTNESS else container.development

    def _declared_at(self, span: Span) -> Account | Role | None:
        """Return the account or role declared at a place, or None."""
        if self._places is None:  # made once, also where nothing is declared
            declared, self._places = self._panel.declared, {}
            for role in declared.roles:
                self._places.setdefault((role.span.source.path, role.span.start), role)
            for account in (*declared.accounts, *declared.grantees, *_made_again(declared)):
                for leaf in (account.host, account.user, account):
                    self._places.setdefault((leaf.span.source.path, leaf.span.start), account)
        return self._places.get((span.source.path, span.start))


def _made_again(declared: DeclaredServer) -> Iterator[Account]:
    """Yield what steps say of accounts, those included that are there already."""
    if declared.steps:
        from grantlint.model.step.acts import CreateUser  # noqa: PLC0415 - few servers have steps

        for step in declared.steps:
            if isinstance(step.act, CreateUser):
                yield from step.act.accounts
