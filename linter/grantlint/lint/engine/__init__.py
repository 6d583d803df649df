"""Rules over servers: pure, and one verdict for each distinct host value and each distinct grant.

`questions` has the rules by what they look at, `verdicts` asks them once for each value, `look` goes through a server,
`unheard` counts what is not reported.
"""

from collections.abc import Callable, Iterable, Sequence

from grantlint.lint.engine.look import Look
from grantlint.lint.engine.questions import Questions
from grantlint.lint.engine.reporting import Outcome, finding_of
from grantlint.lint.engine.unheard import Known, Unheard, known_by
from grantlint.lint.engine.verdicts import Verdict
from grantlint.lint.rule import Rule
from grantlint.model import NotChecked
from grantlint.model.server import NOT_REACHED
from grantlint.platform.deadline import Deadline, TimeIsUpError
from grantlint.servers.panel import Panel

__all__ = ["Known", "Outcome", "Unheard", "finding_of", "known_by", "lint"]


def lint(
    panels: Iterable[Panel],
    rules: Sequence[Rule],
    watch: Callable[[str], None] | None = None,
    deadline: Deadline | None = None,
    each: float = 0,
    unheard: Unheard | None = None,
) -> Outcome:
    """Return what the rules find in each server.

    A rule that raises is named once and left out from then on. watch: is told the name of each rule before it is asked,
    for who must know where a process ended. deadline: when to give up; of a server that is not looked at to the end,
    what was found counts, and it is said that there may be more. each: seconds to leave for each finding.
    unheard: takes the problems that are only counted.
    """
    outcome = Outcome(unheard)
    questions = Questions(rules, watch)
    memo: dict[object, dict[object, list[Verdict]]] = {}
    for panel in panels:
        look = Look(panel, questions, outcome, memo.setdefault(panel.key, {}))
        try:
            deadline.run(look.at_all, lambda: each * len(outcome.findings)) if deadline else look.at_all()
        except TimeIsUpError:
            outcome.not_checked.append(NotChecked("server", NOT_REACHED, panel.span))
    return outcome
