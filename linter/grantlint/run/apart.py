"""Work that runs code of others, in a process of its own: what that code does to the process, it does to that one.

A rule may end the process, close its streams, print, or start what never ends. The work is done in a child that can
only hand over a whole ending; the parent, in which no rule is loaded, prints it and decides the exit status. A child
that ends without one is a crash of the rule that it was at, and the work is done again without that rule.
"""

import os
from collections.abc import Callable, Mapping

from grantlint.platform.typed import NoReturn, cast
from grantlint.report.page import Page
from grantlint.run.ending import CRASHED, EndedItselfError, Ending, Rendered, complaint, ending_of

_GLANCE = 0.2  # seconds between looks at a child that says nothing: what it started may keep the pipe open
_NOTE = 1024  # bytes


class Watch:
    """A note of what the child does now, for the parent.

    It is written where the parent sees it.
    """

    def __init__(self) -> None:
        from mmap import mmap  # noqa: PLC0415 - only where there is code of others

        self._note = mmap(-1, _NOTE)

    def rule(self, name: str) -> None:
        """Note which rule is asked now, '' for none of others."""
        self._write("r" + name if name else "")

    def loading(self, what: str) -> None:
        """Note what is loaded now, such as a rule file."""
        self._write("l" + what)

    def at(self) -> tuple[str, str]:
        """Return the rule last asked and what was last loaded.

        One of them is '', or both.
        """
        note = self._note[:].rstrip(b"\0").decode("utf-8", "replace")
        return note[1:] if note[:1] == "r" else "", note[1:] if note[:1] == "l" else ""

    def _write(self, note: str) -> None:
        self._note[:] = note.encode("utf-8", "replace")[:_NOTE].ljust(_NOTE, b"\0")


Work = Callable[[Watch, Mapping[str, EndedItselfError]], Ending]
"""Does the work without the rules that ended an earlier process, and says how."""


def apart(work: Work, *, debug: bool) -> Ending:
    """Return the ending of work that a child process does.

    The work is done once for each rule that ends the child, and once more.
    """
    gone: dict[str, EndedItselfError] = {}
    while True:
        watch = Watch()
        told = _told_by_child(work, watch, gone, debug=debug)
        if isinstance(told, Ending):
            return told
        rule, loaded = watch.at()
        if not rule or rule in gone:
            at = f"loading {loaded}" if loaded else "judging by rules that are not grantlint's own"
            return Ending(CRASHED, complaints=complaint(f"the process ended while {at} ({told}): nothing is reported"))
        gone[rule] = EndedItselfError(told)


def _told_by_child(work: Work, watch: Watch, gone: Mapping[str, EndedItselfError], *, debug: bool) -> Ending | str:
    """Return what a child hands over, or how it ended without."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        _be_child(work, watch, gone, writing, debug=debug)
    status: int | None = None
    try:
        os.close(writing)
        data, status = _received(process, reading)
    finally:
        os.close(reading)
        _end(process)  # it has told all, or nobody wants to know
        if status is None:
            _, status = os.waitpid(process, 0)
    ending = _unpacked(data)
    if ending is not None:
        return ending
    code = os.waitstatus_to_exitcode(status)
    return f"exit status {code}" if code >= 0 else f"signal {-code}"


def _end(process: int) -> None:
    """End a child and what it has started: an orphan would keep standard error open."""
    from signal import SIGKILL  # noqa: PLC0415 - only here

    for end in (os.killpg, os.kill):
        try:
            end(process, SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue  # no group yet, or nobody left


def _be_child(work: Work, watch: Watch, gone: Mapping[str, EndedItselfError], pipe: int, *, debug: bool) -> NoReturn:
    import sys  # noqa: PLC0415 - its streams are the parent's

    me = os.getpid()
    status = 1
    try:
        os.setpgid(0, 0)
        pipe = _out_of_the_way(pipe)
        _print_elsewhere()
        sys.stdout = sys.stderr
        try:
            ending = work(watch, gone)
        except Exception as error:  # noqa: BLE001 - as in a run without a child: a sentence, not a traceback
            ending = ending_of(error, debug=debug)
        data = _packed(ending)
        while data and os.getpid() == me:  # what a rule has forked tells nothing
            data = data[os.write(pipe, data) :]
        status = 0
    finally:
        os._exit(status)  # whatever waits for the end of the process waits in vain


def _out_of_the_way(handle: int) -> int:
    """Return a duplicate handle that is no standard stream.

    Those may be closed.
    """
    from fcntl import F_DUPFD_CLOEXEC, fcntl  # noqa: PLC0415 - only here

    return fcntl(handle, F_DUPFD_CLOEXEC, 3)


def _print_elsewhere() -> None:
    """Let what is printed go to standard error: standard output is for the report."""
    try:
        os.dup2(2, 1)
    except OSError:  # closed by the shell
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _received(process: int, pipe: int) -> tuple[bytes, int | None]:
    """Return what a child writes, and its wait status if known.

    The status is asked for only where the child ends without closing the pipe.
    """
    from select import select  # noqa: PLC0415 - only here

    pieces: list[bytes] = []
    status: int | None = None
    while True:
        if select([pipe], [], [], _GLANCE if status is None else 0)[0]:
            pieces.append(os.read(pipe, 1 << 16))
            if not pieces[-1]:
                break
        elif status is not None:
            break
        else:
            ended, wait_status = os.waitpid(process, os.WNOHANG)
            status = wait_status if ended else None
    return b"".join(pieces), status


def _packed(ending: Ending) -> bytes:
    from json import dumps  # noqa: PLC0415 - only here

    return dumps(ending).encode()


def _unpacked(data: bytes) -> Ending | None:
    """Return the ending in a child's bytes; None where they are not whole."""
    from json import loads  # noqa: PLC0415 - only here

    try:
        status, reports, complaints = cast("tuple[int, list[tuple[str, str]], str]", loads(data))
    except (ValueError, TypeError):
        return None
    return Ending(status, tuple([Rendered(Page(page), file) for page, file in reports]), Page(complaints))
