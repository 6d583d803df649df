"""The rules of a run by what they look at."""

from collections.abc import Callable, Sequence

from grantlint.lint.rule import (
    AccountCheck,
    AcrossAccounts,
    AcrossServers,
    EachAccount,
    EachGrant,
    EachHost,
    EachLogin,
    EachRights,
    EachSecret,
    EachUser,
    Rule,
    Spares,
)
from grantlint.lint.values import CHARACTERS, FORMS, Feature, HostForm, features_of, form_of
from grantlint.model import Account


class OfHosts:
    """The rules about host values of a form.

    each: those that are asked once for each way to read a value; once: the others.
    """

    def __init__(self, rules: Sequence[tuple[Rule, EachHost]], form: HostForm) -> None:
        asked = [(rule, one) for rule, one in rules if not one.forms or form in one.forms]
        held = CHARACTERS.get(form)
        if held is not None:
            asked = [(rule, one) for rule, one in asked if not one.having or not one.having.isdisjoint(held)]
        self.each = [(rule, one.check, one.having) for rule, one in asked if not one.once]
        self.once = [(rule, one.check, one.having) for rule, one in asked if one.once]


class Questions:
    """The rules by what they look at.

    `watch` is told which one is asked.
    """

    def __init__(self, rules: Sequence[Rule], watch: Callable[[str], None] | None) -> None:
        self.watch = watch
        hosts = [(rule, rule.check) for rule in rules if isinstance(rule.check, EachHost)]
        self._hosts = {form: OfHosts(hosts, form) for form in FORMS}
        self.grants = [(rule, rule.check) for rule in rules if isinstance(rule.check, EachGrant)]
        self.rights = [(rule, rule.check) for rule in rules if isinstance(rule.check, EachRights)]
        self.spares: dict[str, Spares] = {
            rule.name: rule.check.spares for rule in rules if isinstance(rule.check, EachRights) and rule.check.spares
        }
        self.unnamed = {rule.name for rule in rules if isinstance(rule.check, EachRights) and rule.check.unnamed}
        self.but_statements = {
            rule.name for rule in rules if isinstance(rule.check, EachRights) and not rule.check.statements
        }
        self.logins = [(rule, rule.check.check) for rule in rules if isinstance(rule.check, EachLogin)]
        self.parts = {rule.name: rule.check.at for rule in rules if isinstance(rule.check, EachLogin)}
        self.users = [(rule, rule.check) for rule in rules if isinstance(rule.check, EachUser)]
        self.secrets = [(rule, rule.check.check) for rule in rules if isinstance(rule.check, EachSecret)]
        self._accounts = [(rule, rule.check) for rule in rules if isinstance(rule.check, EachAccount)]
        self._of_features: dict[frozenset[Feature], list[tuple[Rule, AccountCheck]]] = {}
        self.servers = [(rule, rule.check) for rule in rules if isinstance(rule.check, AcrossAccounts)]
        self.panels = [(rule, rule.check) for rule in rules if isinstance(rule.check, AcrossServers)]

    def of_host(self, text: str) -> "OfHosts":
        """Return the rules that may say something of a host value."""
        return self._hosts[form_of(text)]

    def of_account(self, account: Account) -> Sequence[tuple[Rule, AccountCheck]]:
        """Return the rules that may have something to say about an account."""
        features = features_of(account)
        found = self._of_features.get(features)
        if found is None:
            found = [(rule, one.check) for rule, one in self._accounts if one.has is None or one.has in features]
            self._of_features[features] = found
        return found
