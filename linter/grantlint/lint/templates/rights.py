"""Templates about what accounts may do."""

from collections.abc import Iterator

from grantlint.access import ServerSettings
from grantlint.lint.finding import Problem
from grantlint.lint.rule import Check, each_account
from grantlint.lint.templates.parameters import Parameters, is_named
from grantlint.lint.templates.template import TEXTS, Parameter, Template
from grantlint.model import Account
from grantlint.model.location import Located
from grantlint.model.privilege import normalise
from grantlint.model.scope import Level


def _privileges_only_for(parameters: Parameters, message: str) -> Check:
    privileges = frozenset(map(normalise, parameters.texts("privileges")))
    users = parameters.texts("users")
    only = parameters.text("level", "")
    levels = frozenset([Level(parameters.choice("level", [*Level]))] if only else Level)

    def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
        del settings
        user = account.user
        if not isinstance(user, Located) or is_named(user.value, users):
            return
        for grant in account.grants:
            scope = grant.scope
            if scope is None or scope.level not in levels:
                continue
            for leaf in grant.privileges:
                if isinstance(leaf, Located) and leaf.value.name in privileges:
                    yield Problem(message, leaf.span)

    return each_account(check)


RIGHTS = (
    Template(
        "privileges-only-for",
        "Privileges that only some users may have: privileges, users, level (optional)",
        _privileges_only_for,
        (
            Parameter("privileges", TEXTS, required=True),
            Parameter("users", TEXTS, required=True),
            Parameter("level", words=("", *[level.value for level in Level])),
        ),
    ),
)
