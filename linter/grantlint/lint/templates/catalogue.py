"""All templates by name, and the rules that a configuration makes of them."""

import re
from collections.abc import Mapping, Sequence

from grantlint.lint.finding import Severity
from grantlint.lint.rule import Rule
from grantlint.lint.templates.logins import LOGINS
from grantlint.lint.templates.parameters import Parameters
from grantlint.lint.templates.places import PLACES
from grantlint.lint.templates.rights import RIGHTS
from grantlint.lint.templates.template import TEXTS, Parameter
from grantlint.platform.errors import ConfigError

TEMPLATES = {template.name: template for template in (*RIGHTS, *LOGINS, *PLACES)}
NAME = r"[a-z][a-z0-9-]{0,60}"
COMMON = (
    Parameter("name", required=True),
    Parameter("template", required=True, words=(*TEMPLATES,)),
    Parameter("message", required=True),
    Parameter("severity", words=tuple(one.value for one in Severity)),
    Parameter("why"),
    Parameter("help"),
    Parameter("bad", TEXTS),
    Parameter("good", TEXTS),
)
"""What every template takes."""


def rules_of(
    tables: Sequence[Mapping[str, object]], file: str, lines: Sequence[Mapping[str, int]] = ()
) -> tuple[Rule, ...]:
    """Return the rules of a configuration's `[[rule]]` tables.

    Raises ConfigError that says what is wrong with one. lines: of each table, on which line its keys stand, and under
    '' the table itself.
    """
    unknown: Mapping[str, int] = {}
    known = [*lines, *[unknown] * (len(tables) - len(lines))]
    return tuple(
        _rule(Parameters(table, file, f"rule {number}", known[number - 1]), file)
        for number, table in enumerate(tables, 1)
    )


def _rule(parameters: Parameters, file: str) -> Rule:
    name = parameters.text("name")
    if not re.fullmatch(NAME, name):
        raise ConfigError(f"{parameters.where}: name takes small letters, digits and hyphens, not {name!r}")
    parameters.name += f" ({name})"
    template = TEMPLATES[parameters.choice("template", TEMPLATES)]
    message = parameters.text("message")
    severity = Severity(parameters.choice("severity", [one.value for one in Severity], "warning"))
    bad, good = parameters.texts("bad", ()), parameters.texts("good", ())
    check = template.make(parameters, message)
    help_ = parameters.text("help", "See who asks for it in the configuration.")
    why = parameters.text("why", f"Asked for by {file}, by the template {template.name}.")
    parameters.done()
    return Rule(
        name=name,
        summary=message,
        rationale=why,
        help=help_,
        severity=severity,
        check=check,
        bad=bad,
        good=good,
        tags=("own",),
    )
