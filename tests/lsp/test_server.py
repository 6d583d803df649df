"""The language server, driven by a client of the protocol over its standard input and output."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

pytestmark = pytest.mark.e2e

ANONYMOUS = "server: {name: shop, product: mysql-8.4}\nusers:\n  - user: ''\n    host: web1.example.com\n"
APP = """\
server: {name: shop, product: mysql-8.4}
users:
  - user: app
    host: '%'
    authentication: {secret: vault:app}
    grants: [{privileges: [SELECT], target: shop.*}]
"""


class Editor(LanguageClient):
    """An editor that keeps what it is told of each document."""

    def __init__(self, folder: Path) -> None:
        super().__init__("editor", "1")
        self.folder = folder
        self.told: dict[str, list[types.Diagnostic]] = {}
        self.messages: list[str] = []
        self.news = asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.told[Path(params.uri).name] = list(params.diagnostics)
            self.news.set()

        @self.feature(types.WINDOW_SHOW_MESSAGE)
        def message(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)
            self.news.set()

        _ = (published, message)

    def uri(self, name: str) -> str:
        """Return the address of a file."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        """Say that a document is open."""
        item = types.TextDocumentItem(uri=self.uri(name), language_id="yaml", version=1, text=text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def change(self, name: str, text: str) -> None:
        """Say that a document holds something else now."""
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=2)
        whole = types.TextDocumentContentChangeWholeDocument(text=text)
        self.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=document, content_changes=[whole])
        )

    async def heard(self, holds: Callable[[], bool]) -> None:
        """Wait until what was told makes something hold."""
        async with asyncio.timeout(60):
            while not holds():
                self.news.clear()
                await self.news.wait()

    def rules(self, name: str) -> list[str]:
        """Return the rules of what is underlined in a document."""
        return [str(one.code) for one in self.told.get(name, [])]


def driven(folder: Path, session: Callable[[Editor], Awaitable[None]]) -> None:
    """Run a session of an editor against the program."""

    async def drive() -> None:
        editor = Editor(folder)
        await editor.start_io(sys.executable, "-m", "grantlint", "lsp", "--stdio")
        try:
            await editor.initialize_async(
                types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=folder.as_uri())
            )
            editor.initialized(types.InitializedParams())
            await session(editor)
            await editor.shutdown_async(None)
            editor.exit(None)
        finally:
            await editor.stop()

    asyncio.run(drive())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a server in two files."""
    (tmp_path / "anonymous.yml").write_text(ANONYMOUS, encoding="utf-8")
    (tmp_path / "app.yml").write_text(APP, encoding="utf-8")
    return tmp_path


def test_an_editor_is_told_as_one_types_with_the_whole_server_known(folder: Path) -> None:
    async def session(editor: Editor) -> None:
        editor.open("app.yml", APP)
        await editor.heard(lambda: "app.yml" in editor.told)
        assert editor.rules("app.yml") == ["anonymous-shadows-named", "any-host"]
        first = editor.told["app.yml"][0]
        assert (first.source, first.severity) == ("grantlint", types.DiagnosticSeverity.Error)
        assert first.range == types.Range(start=types.Position(3, 10), end=types.Position(3, 13))
        assert first.code_description is not None
        assert first.code_description.href.endswith("/rules/anonymous-shadows-named/")
        (related,) = first.related_information or []
        assert related.location.uri == editor.uri("anonymous.yml")

        editor.change("app.yml", APP.replace("'%'", "10.0.3.7"))
        await editor.heard(lambda: editor.rules("app.yml") == [])

        editor.change("app.yml", APP.replace("'%'", "%"))
        await editor.heard(lambda: editor.rules("app.yml") == ["syntax-error"])

        editor.text_document_did_close(
            types.DidCloseTextDocumentParams(text_document=types.TextDocumentIdentifier(uri=editor.uri("app.yml")))
        )
        await editor.heard(lambda: editor.rules("app.yml") == [])

    driven(folder, session)


def test_hover_has_the_row_its_witness_and_its_rights_and_definition_the_row_before(folder: Path) -> None:
    async def session(editor: Editor) -> None:
        editor.open("app.yml", APP)
        await editor.heard(lambda: "app.yml" in editor.told)
        document = types.TextDocumentIdentifier(uri=editor.uri("app.yml"))
        at_host = types.Position(line=3, character=11)
        hover = await editor.text_document_hover_async(types.HoverParams(text_document=document, position=at_host))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        said = hover.contents.value
        assert said.startswith("'app'@'%' in shop as mysql-8.4\nrow 2 of 2: exactly %")
        assert "shadowed: ''@'web1.example.com' gets" in said
        assert "a client that gets it: " in said
        assert "may: SELECT ON shop.*" in said.replace("`", "")
        places = await editor.text_document_definition_async(
            types.DefinitionParams(text_document=document, position=at_host)
        )
        assert isinstance(places, list)
        assert [(place.uri, place.range.start.line) for place in places if isinstance(place, types.Location)] == [
            (editor.uri("anonymous.yml"), 3)
        ]
        nothing = types.Position(line=0, character=0)
        assert await editor.text_document_hover_async(types.HoverParams(document, nothing)) is None

    driven(folder, session)


def test_a_file_that_is_not_saved_yet_and_signs_of_two_units_are_at_their_place(folder: Path) -> None:
    async def session(editor: Editor) -> None:
        editor.open("new.sql", "CREATE USER /* \U0001f600 */ 'app'@'%' IDENTIFIED BY RANDOM PASSWORD;\n")
        await editor.heard(lambda: bool(editor.rules("new.sql")))
        (found,) = [one for one in editor.told["new.sql"] if one.code == "any-host"]
        assert found.range.start == types.Position(line=0, character=27)

    driven(folder, session)


def test_a_broken_configuration_is_a_message_and_no_end(folder: Path) -> None:
    (folder / "grantlint.toml").write_text("selct = 'x'\n", encoding="utf-8")

    async def session(editor: Editor) -> None:
        editor.open("app.yml", APP)
        await editor.heard(lambda: bool(editor.messages))
        assert "select" in editor.messages[0]
        (folder / "grantlint.toml").unlink()
        editor.change("app.yml", APP)
        await editor.heard(lambda: "any-host" in editor.rules("app.yml"))

    driven(folder, session)


def test_a_fix_is_offered_where_it_is_found_and_makes_the_finding_go(folder: Path) -> None:
    text = APP.replace("target: shop.*", "target: web_shop.*").replace("'%'", "10.0.3.9")
    (folder / "grantlint.toml").write_text('[severity]\ngrant-underscore-unescaped = "warning"\n', encoding="utf-8")

    async def session(editor: Editor) -> None:
        editor.open("app.yml", text)
        await editor.heard(lambda: "grant-underscore-unescaped" in editor.rules("app.yml"))
        (found,) = [one for one in editor.told["app.yml"] if one.code == "grant-underscore-unescaped"]
        document = types.TextDocumentIdentifier(uri=editor.uri("app.yml"))
        context = types.CodeActionContext(diagnostics=[found])
        offered = await editor.text_document_code_action_async(types.CodeActionParams(document, found.range, context))
        assert offered
        (one,) = offered
        assert isinstance(one, types.CodeAction)
        assert one.edit is not None
        ((uri, (edit,)),) = (one.edit.changes or {}).items()
        assert uri == editor.uri("app.yml")
        assert (edit.range.start.line, isinstance(edit, types.TextEdit)) == (5, True)
        lines = text.splitlines()
        line = lines[5]
        lines[5] = line[: edit.range.start.character] + edit.new_text + line[edit.range.end.character :]
        editor.change("app.yml", "\n".join(lines))
        await editor.heard(lambda: "grant-underscore-unescaped" not in editor.rules("app.yml"))
        nowhere = types.Range(start=types.Position(0, 0), end=types.Position(0, 1))
        assert not await editor.text_document_code_action_async(types.CodeActionParams(document, nowhere, context))

    driven(folder, session)
