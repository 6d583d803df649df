"""How a run ends: its exit status, with what goes to standard output and what to standard error."""

from collections.abc import Iterator, Sequence

from grantlint.platform.errors import GrantlintError
from grantlint.platform.record import NamedTuple
from grantlint.report.page import Page, page

MISUSE = 2
CRASHED = 3


class EndedItselfError(Exception):
    """A process ended in the middle of a rule.

    The message says how.
    """


class Rendered(NamedTuple):
    """A report and the file that it is for.

    file: '' for standard output.
    """

    page: Page
    file: str = ""


class Ending(NamedTuple):
    """The end of a run, before anything is printed or written."""

    status: int
    reports: tuple[Rendered, ...] = ()
    complaints: Page = Page("")


def complaint(sentence: str, *further: str) -> Page:
    """Return a sentence as it goes to standard error.

    What else there is to say stands in lines below it.
    """
    return page((f"grantlint: {sentence}", *further))


def ending_of(error: BaseException, *, debug: bool) -> Ending:
    """Return the end that an error makes of a run.

    It is a sentence, and a traceback only for who debugs.
    """
    status, *sentences = _told(error)
    traced = traceback(error) if debug else ""
    return Ending(status, complaints=Page(traced + complaint(*sentences)))


def traceback(error: BaseException) -> Page:
    """Return the traceback of an error.

    Its message is left out where it is not ours, for it may quote a file.
    """
    return page(_trace(error))


def _trace(error: BaseException) -> Iterator[str]:
    """Yield what Python says of an error, where a line break in a name or message begins no line."""
    from traceback import extract_tb  # noqa: PLC0415 - only for --debug

    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _trace(before)
        yield "then:"
    yield "Traceback (most recent call last):"
    for frame in extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        if frame.line:
            yield f"    {frame.line}"
    said = f": {error}" if isinstance(error, GrantlintError | EndedItselfError) else ""
    yield f"{type(error).__name__}{said}"


def _told(error: BaseException) -> tuple[int, str, *tuple[str, ...]]:
    if isinstance(error, GrantlintError):
        return error.exit_status, str(error), *error.further
    if isinstance(error, OSError):
        return MISUSE, f"{error.filename or 'the current folder'}: {error.strerror}"
    notes: Sequence[str] = getattr(error, "__notes__", ())
    where = "".join(f" {note}" for note in notes)
    return CRASHED, f"internal error{where} ({type(error).__name__}): please report what --debug prints"
