"""The servers that files declare, for the commands that answer questions about them."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from grantlint.access.server.doubts.unless import Unless
from grantlint.cli.options import PATHS, request_of, settings_of
from grantlint.cli.terminal import complain, warn
from grantlint.model import NotChecked
from grantlint.model.server import MOUNTED_SCRIPTS
from grantlint.platform.errors import NothingToCheck
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.recognition import NO_FORMAT
from grantlint.report.places import line_of
from grantlint.run.judging.products import Products
from grantlint.run.loading import load
from grantlint.servers.grouping import group
from grantlint.servers.panel import Panel
from grantlint.servers.presumed import with_grantees

_UNREAD_ACCOUNT = "an account that is not read takes it"
_MAKERS = {
    "accounts": _UNREAD_ACCOUNT,
    "accounts of a list": _UNREAD_ACCOUNT,
    MOUNTED_SCRIPTS: "a script that is not read makes an account that takes it",
}
_NAMED = 3  # accounts, in a sentence about any number of them


def _holds_accounts(panel: Panel) -> bool:
    """Return whether files declare accounts of a server.

    Or delete some that it knows until it reads its tables.
    """
    if panel.declared.accounts or panel.declared.roles:
        return True
    return any((now := server.in_memory) is not None and now.declared.accounts for server in panel.servers)


def _not_read(items: Sequence[NotChecked]) -> Iterator[str]:
    """Yield what was seen and could not be read, in lines.

    A file that is named is read by its content.
    """
    told = dict.fromkeys(f"{line_of(one.span)}  {one.what}: {one.why}" for one in items)
    if told:
        yield "not known is what these declare:"
        yield from [f"  {line}" for line in told][:_NAMED]
    if len(told) > _NAMED:
        yield f"  and {len(told) - _NAMED:,} more"
    named = next((one.span.source.path for one in items if one.why == NO_FORMAT), None)
    if named is not None:
        yield f"a file that is named is read by its content, as a paste of a client: {named} in place of its folder"


class Served(NamedTuple):
    """The declared servers, and what belongs to them but was not read."""

    panels: list[Panel]
    unread: list[Unless]
    made: list[Unless]  # accounts that somebody else makes, in the folder of a server


def served(paths: Sequence[str], options: SimpleNamespace) -> Served:
    """Return the servers that the paths declare.

    Raises NothingToCheck where there are none.
    """
    settings = settings_of(SimpleNamespace(**{**vars(options), PATHS: paths}))  # of which `why` has the user first
    request = request_of(paths, options)
    products = Products.of(settings)
    loaded = load(request, settings)
    presumed = [with_grantees(one) for one in group(loaded.declarations)]
    found, faults, _ = products.panels(one for one, _ in presumed)
    names = dict.fromkeys(str(account) for _, accounts in presumed for account in accounts)
    if names:
        complain(f"no file makes {', '.join([*names][:_NAMED])}, which grants name: taken to exist")
    warn(loaded.search.remarks, len(loaded.faults) + len(faults), "not in the answer")
    if not any(map(_holds_accounts, found)):
        nothing = f"nothing to answer from: no account declaration in {' '.join(request.paths)}"
        raise NothingToCheck(nothing, *_not_read(loaded.not_checked))
    unread = [Unless(f"{path}, which was not named and not read, says otherwise", at) for path, at in loaded.unread]
    made = [Unless(f"{_MAKERS[one.what]}: {one.why}", one.span) for one in loaded.not_checked if one.what in _MAKERS]
    return Served(found, unread, made)
