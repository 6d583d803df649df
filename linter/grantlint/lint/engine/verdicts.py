"""What rules say of values: each distinct one is asked about once, as each of the products that a server may be."""

from collections.abc import Callable, Iterable, Sequence

from grantlint.access import Installation, Server
from grantlint.access.host.value import is_read_alike
from grantlint.lint.engine.questions import Questions
from grantlint.lint.finding import Problem, problems_in
from grantlint.lint.rule import Rule
from grantlint.lint.values import GrantValue, Login, Rights, rights_of
from grantlint.lint.weighing import NO_WEIGHT, Context, Weight, weight_in
from grantlint.model import Account, Grant, Role
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Scope
from grantlint.platform.deadline import TimeIsUpError
from grantlint.platform.typed import TypeVar, TypeVarTuple
from grantlint.servers.panel import Panel

Things = TypeVarTuple("Things")
Shared = TypeVar("Shared", Rights, Login)
Value = TypeVar("Value")
Verdict = tuple[Rule, Problem, tuple[str, ...]]  # the last: the servers it holds for, () for all


class Verdicts:
    """What the rules say of the values of one declared server.

    `memo`: what they have said of those of others like it. `crashes`: the rules that have raised, which
    are not asked again, with what.
    """

    def __init__(
        self,
        panel: Panel,
        questions: Questions,
        crashes: dict[str, BaseException],
        memo: dict[object, list[Verdict]],
    ) -> None:
        self.panel, self.questions, self.crashes, self.memo = panel, questions, crashes, memo
        self.readings = panel.readings()
        self.order = [server.installation.target.label for server in panel.servers]
        self.everything = [(panel.servers[0], tuple(self.order))]
        self.labels = [(server, (label,)) for server, label in zip(panel.servers, self.order, strict=True)]
        self._naming: list[tuple[Server, tuple[str, ...]]] | None = None
        fewest = min(len(server.refused) for server in panel.servers)
        self.likely = {label for server, (label,) in self.labels if len(server.refused) == fewest}

    def of_host(self, text: str) -> list[Verdict]:
        """Return what is said of a host value."""
        known = self.memo.get(text)
        if known is None:
            known = self.memo[text] = []
            asked = self.questions.of_host(text)
            once = [(rule, check) for rule, check, having in asked.once if not having or not having.isdisjoint(text)]
            each = [(rule, check) for rule, check, having in asked.each if not having or not having.isdisjoint(text)]
            if not once and not each:
                return known
            readings = self.everything if is_read_alike(text) else self.readings
            hosts = [(labels, (server.host(text), self.panel.settings)) for server, labels in readings]
            for rule, check in once:
                known += [(rule, problem, ()) for problem in self.ask(rule, check, *hosts[0][1])]
            for rule, check in each:
                known += self.of_all(rule, check, hosts)
        return known

    @property
    def naming(self) -> list[tuple[Server, tuple[str, ...]]]:
        """One server for each way to read names of databases.

        Each comes with the labels of all that read them that way.
        """
        if self._naming is None:
            alike: dict[bool, tuple[Server, list[str]]] = {}
            for server, labels in self.labels:
                literal = server.installation.database_names_are_literal
                alike.setdefault(literal, (server, []))[1].extend(labels)
            self._naming = [(server, tuple(labels)) for server, labels in alike.values()]
        return self._naming

    def of_grant(self, privileges: tuple[Privilege, ...], scope: Scope, *, option: bool) -> list[Verdict]:
        """Return what is said of a grant."""
        key = (privileges, scope, option)
        known = self.memo.get(key)
        if known is None:
            known = self.memo[key] = []
            value = GrantValue(*key)
            for rule, (check, having, alike) in self.questions.grants:
                if having and having.isdisjoint(scope.database) and having.isdisjoint(scope.name):
                    continue
                servers = self.naming if alike else self.labels
                known += self.of_all(rule, check, [(labels, (value, one.installation)) for one, labels in servers])
            rights = rights_of(value)
            about = [(rule, one.check) for rule, one in self.questions.rights if one.is_about(rights)]
            known += self._of_shared(rights, about)
        return known

    def of_some_database(self, rights: Rights) -> list[Verdict]:
        """Return what is said of rights on a database that nobody knows."""
        known = self.memo.get(("some database", rights))
        if known is None:
            known = self.memo["some database", rights] = []
            for rule, one in self.questions.rights:
                if one.unnamed and one.is_about(rights):
                    known += self._of_each(rule, one.check, rights)
        return known

    def of_login(self, login: Login) -> list[Verdict]:
        """Return what is said of a way to log in."""
        return self._of_shared(login, self.questions.logins)

    def _of_shared(
        self, value: Shared, questions: Sequence[tuple[Rule, Callable[[Shared, Installation], Iterable[Problem]]]]
    ) -> list[Verdict]:
        known = self.memo.get(value)
        if known is None:
            known = self.memo[value] = []
            for rule, check in questions:
                known += self._of_each(rule, check, value)
        return known

    def _of_each(
        self, rule: Rule, check: Callable[[Value, Installation], Iterable[Problem]], value: Value
    ) -> list[Verdict]:
        """Return what one rule says of a value as each of the products."""
        return self.of_all(rule, check, [(labels, (value, server.installation)) for server, labels in self.labels])

    def of_user(self, text: str) -> list[Verdict]:
        """Return what is said of a user name."""
        known = self.memo.get(("user", text))
        if known is None:
            known = self.memo["user", text] = []
            folded = text.lower()
            for rule, (check, having, named) in self.questions.users:
                if (not named or folded in named) and (not having or not having.isdisjoint(text)):
                    known += [(rule, problem, ()) for problem in self.ask(rule, check, text, self.panel.settings)]
        return known

    def of_all(
        self,
        rule: Rule,
        check: Callable[[*Things], Iterable[Problem]],
        asked: Sequence[tuple[tuple[str, ...], tuple[*Things]]],
    ) -> list[Verdict]:
        """Return what a rule says of several servers, by their labels.

        Where it has to hold for all of them, none is asked behind one of which it says nothing: from the last on,
        which is of another family than the first.
        """
        said: list[tuple[tuple[str, ...], list[Problem]]] = []
        for labels, things in reversed(asked):
            problems = self.ask(rule, check, *things)
            if not problems and not self.is_enough(rule) and not self.likely.isdisjoint(labels):
                return []
            said.append((labels, problems))
        return self.merged(rule, said[::-1]) if any(problems for _, problems in said) else []

    def is_enough(self, rule: Rule) -> bool:
        """Whether a rule reports what holds for some of the products alone."""
        return rule.on_any_server or not self.panel.assumed

    def merged(self, rule: Rule, said: Sequence[tuple[tuple[str, ...], list[Problem]]]) -> list[Verdict]:
        """Return the verdicts of several servers as one for each place.

        Each comes with the servers that it holds for: () is all.
        """
        places: dict[object, dict[str, tuple[Problem, list[str]]]] = {}
        for labels, problems in said:
            seen: dict[object, int] = {}
            for problem in problems:
                place = (problem.span, problem.part)
                seen[place] = seen.get(place, 0) + 1
                wordings = places.setdefault((place, seen[place]), {})
                wordings.setdefault(problem.message, (problem, []))[1].extend(labels)
        everywhere = len(self.panel.servers)
        some_will_do = self.is_enough(rule)
        verdicts: list[Verdict] = []
        for wordings in places.values():
            names = [name for _, labels in wordings.values() for name in labels]
            if some_will_do or self.likely.issubset(names):
                held = () if len(names) == everywhere else tuple(sorted(names, key=self.order.index))
                verdicts.append((rule, _in_their_words([*wordings.values()]), held))
        return verdicts

    def ask(self, rule: Rule, check: Callable[[*Things], Iterable[Problem]], *things: *Things) -> list[Problem]:
        """Return what a check says, nothing once it has raised."""
        if rule.name in self.crashes:
            return []
        if self.questions.watch:
            self.questions.watch(rule.name)
        try:
            return problems_in(check(*things))
        except BaseException as error:
            if type(error) in {KeyboardInterrupt, TimeIsUpError}:
                raise  # somebody at the keyboard, as far as anyone can tell, or the end of the time that there is
            self.crashes[rule.name] = error  # a plug-in's rule may raise anything; the others still report
            return []

    def weighed(self, rule: Rule, about: Account | Role | None, grant: Grant | None, context: Context) -> Weight:
        """Return how much a problem of a rule weighs in its context."""
        if rule.weigh is None or rule.name in self.crashes:
            return NO_WEIGHT
        try:
            return weight_in(rule.weigh(about, grant, context))
        except BaseException as error:
            if type(error) in {KeyboardInterrupt, TimeIsUpError}:
                raise  # as above
            self.crashes[rule.name] = error
            return NO_WEIGHT


def _in_their_words(said: Sequence[tuple[Problem, list[str]]]) -> Problem:
    """Return the first problem of a place, with what other servers say of it in other words."""
    (first, _), *others = said
    if not others:
        return first
    more = "; ".join([f"{', '.join(labels)}: {problem.message}" for problem, labels in others])
    return first._replace(message=f"{first.message} ({more})")
