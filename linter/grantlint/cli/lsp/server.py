"""The protocol's part: what an editor sends, and what it is sent."""

import asyncio
import os

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from grantlint import __version__
from grantlint.cli.lsp.translation import action, column_of, diagnostic, location, range_of
from grantlint.cli.lsp.workspace import RowAt, Workspace, shadowing, told
from grantlint.platform.errors import GrantlintError
from grantlint.report.visible import visible

_PAUSE = 0.2  # seconds without a change before a folder is judged again


class Server(LanguageServer):
    """A language server for one editor and one folder.

    It knows what is open there.
    """

    def __init__(self) -> None:
        super().__init__("grantlint", __version__)  # pyright: ignore[reportUnknownMemberType] # pygls leaves a type open
        self.folder = Workspace(".")
        self._open: dict[str, str] = {}  # URIs by real path
        self._waiting: asyncio.TimerHandle | None = None

    def opened(self, uri: str) -> None:
        """Note that a document is open, and judge anew."""
        path = _path(uri)
        if path:
            self._open[path] = uri
        self.judge()

    def closed(self, uri: str) -> None:
        """Note that a document is closed.

        The file on the disk counts again, and nothing is underlined.
        """
        self._open.pop(_path(uri), None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))
        self.judge()

    def changed(self) -> None:
        """Judge anew when nobody has typed for a moment."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().call_later(_PAUSE, self.judge)

    def judge(self) -> None:
        """Judge the folder, and publish what is wrong with open documents.

        It is judged with the texts that are open.
        """
        texts = {path: self.workspace.get_text_document(uri).source for path, uri in self._open.items()}
        try:
            self.folder.judge(texts)
        except GrantlintError as error:
            self.window_show_message(
                types.ShowMessageParams(type=types.MessageType.Error, message=visible(f"grantlint: {error}"))
            )
            return
        for path, uri in self._open.items():
            found = [diagnostic(finding, self.folder.page_of(finding.rule)) for finding in self.folder.findings(path)]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=found))

    def rows(self, uri: str, position: types.Position) -> list[RowAt]:
        """Return the rows of the account that is declared at a place."""
        lines = self.workspace.get_text_document(uri).lines
        line = lines[position.line] if position.line < len(lines) else ""
        column = column_of(line.rstrip("\r\n"), position.character)
        return [*self.folder.rows_at(_path(uri), position.line + 1, column)]

    def actions(self, uri: str, asked: types.Range) -> list[types.CodeAction]:
        """Return the fixes of what is found in a range."""
        found = [one for one in self.folder.findings(_path(uri)) if one.fix is not None]
        return [
            action(finding, finding.fix, self.folder.page_of(finding.rule))
            for finding in found
            if finding.fix is not None and _meet(range_of(finding.span), asked)
        ]


def _meet(first: types.Range, second: types.Range) -> bool:
    def order(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return order(first.start) <= order(second.end) and order(second.start) <= order(first.end)


def _path(uri: str) -> str:
    path = to_fs_path(uri)
    return os.path.realpath(path) if path else ""


def make() -> Server:
    """Return a server that answers, once it is started."""
    server = Server()

    @server.feature(types.INITIALIZED)
    def initialized(ls: Server, params: types.InitializedParams) -> None:
        del params
        ls.folder = Workspace(ls.workspace.root_path or ".")

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        ls.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.closed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        del params
        ls.changed()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        del params
        ls.judge()

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        rows = ls.rows(params.text_document.uri, params.position)
        if not rows:
            return None
        text = "\n\n".join("\n".join(map(visible, told(row))) for row in rows)
        return types.Hover(contents=types.MarkupContent(kind=types.MarkupKind.PlainText, value=text))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        places = [span for row in ls.rows(params.text_document.uri, params.position) for span in shadowing(row)]
        return [location(span) for span in dict.fromkeys(places)]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        return ls.actions(params.text_document.uri, params.range)

    _ = (code_action, initialized, did_open, did_close, did_change, did_save, hover, definition)
    return server
