"""`grantlint lsp`: a language server on standard input and output, for editors."""

import gc
from collections.abc import Sequence

from grantlint.cli.options import Parser
from grantlint.platform.errors import UsageError


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("lsp", "Serve an editor by the Language Server Protocol, on standard input and output.")
    made.add("--stdio", action="store_true", help="what it does anyway; editors say so")
    made.add("--debug", action="store_true", help="show tracebacks")
    return made


def run(arguments: Sequence[str]) -> int:
    """Serve an editor to its end and return the exit status."""
    parser().parse(arguments)
    try:
        from grantlint.cli.lsp.server import make  # noqa: PLC0415 - an extra, for this command alone
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise UsageError("the language server is an extra", "pip install 'grantlint[lsp]'") from error
    gc.enable()  # an editor is open for days
    make().start_io()
    return 0
