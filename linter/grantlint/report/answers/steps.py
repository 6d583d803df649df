"""Steps that the server does not take as they are written, for a person who asks what it holds."""

from collections import Counter
from collections.abc import Iterable, Iterator

from grantlint.platform.typed import TYPE_CHECKING
from grantlint.report.columns import columns
from grantlint.report.places import line_of
from grantlint.report.visible import visible

if TYPE_CHECKING:  # twenty records that only files with steps need
    from grantlint.access.state.outcome import Outcome
    from grantlint.model.step import Step

_MOST = 5


def _ending(step: "Step", number: int) -> str:
    """Return what ends at a refused step, and how many steps behind it are not run."""
    if not number:
        return ""
    behind = f"{number:,} account statements behind it are" if number > 1 else "1 account statement behind it is"
    return f"; {step.ending} ends here, and {behind} not run"


def not_done(outcomes: "Iterable[Outcome]") -> Iterator[str]:
    """Yield the steps refused, waiting or unknown, each with its place."""
    from grantlint.access.state.outcome import NotRun, Refused, Waiting  # noqa: PLC0415 - for files with such steps alone

    outcomes = [*outcomes]
    idle = Counter(id(one.behind) for one in outcomes if isinstance(one, NotRun))
    refused: dict[tuple[str, str], None] = {}
    waiting: dict[tuple[str, str], None] = {}
    unknown: dict[tuple[str, str], None] = {}
    for outcome in outcomes:
        place = f"  {line_of(outcome.step.span)}"
        if isinstance(outcome, Refused):
            ending = _ending(outcome.step, idle[id(outcome.step)])
            refused[place, f"{visible(outcome.answer)}{ending}"] = None
        elif isinstance(outcome, NotRun):
            continue
        elif isinstance(outcome, Waiting):
            waiting[place, outcome.what] = None
        else:
            unknown[place, visible(outcome.why)] = None
    for title, found in (
        ("not done, as the server refuses it:", refused),
        ("done, and not in force yet:", waiting),
        ("not known before a run, and may change this:", unknown),
    ):
        if found:
            yield ""
            yield title
            yield from columns([*found][:_MOST])
            if len(found) > _MOST:
                yield f"  and {len(found) - _MOST:,} more"
