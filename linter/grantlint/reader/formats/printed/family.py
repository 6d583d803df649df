"""Whether a text was printed of MySQL or of MariaDB, where no version says it: by what only one of them shows."""

from collections.abc import Iterable, Iterator

from grantlint.model.location import Implied, Located, Source
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.printed.blocks import Block, Statement
from grantlint.reader.formats.printed.results import Cell, Result

_COLUMNS = {  # of mysql.user, and tables that one of them has alone
    **dict.fromkeys(("account_locked", "password_reuse_history", "user_attributes", "create_role_priv"), "mysql"),
    **dict.fromkeys(("from_user", "default_role_user", "with_grant_option"), "mysql"),
    **dict.fromkeys(("is_role", "default_role", "max_statement_time", "delete_history_priv"), "mariadb"),
}
_PLUGINS = {
    **dict.fromkeys(("auth_socket", "sha256_password", "caching_sha2_password", "mysql_no_login"), "mysql"),
    **dict.fromkeys(("unix_socket", "ed25519", "gssapi", "parsec"), "mariadb"),
}
_PROMPT = Pattern(r"(?m)^[ \t]*MariaDB \[")
_WORDS = (
    (
        Pattern(
            r"\bIDENTIFIED[ \t]+VIA\b|\bDENY[ \t]|\bTO[ \t]+`[^`@\n]*`[ \t\r]*$|\bTO[ \t]+`[^\n]*\bIDENTIFIED[ \t]"
        ),
        "mariadb",
    ),
    (
        Pattern(r"\bPASSWORD[ \t]+(?:REQUIRE|HISTORY|REUSE)\b|\b(?:SYSTEM_USER|ROLE_ADMIN|[A-Z]+_[A-Z_]*ADMIN)\b"),
        "mysql",
    ),
)


def family_of(found: Iterable[Block], source: Source) -> Located[str] | None:
    """Return the product that alone prints such a text.

    None where nothing tells, or both are told.
    """
    told: dict[str, Cell] = {}
    prompt = _PROMPT.search(source.text)
    if prompt is not None:
        told["mariadb"] = Cell("", *prompt.span())
    for block in found:
        for family, cell in _told_by(block, source):
            told.setdefault(family, cell)
    if len(told) != 1:
        return None
    ((family, cell),) = told.items()
    return Implied(family, source, cell.start, cell.end)


def _told_by(block: Block, source: Source) -> Iterator[tuple[str, Cell]]:
    if isinstance(block, Statement):
        text = source.text[block.start : block.end]
        for words, family in _WORDS if block.shown else ():
            if words.search(text) is not None:
                yield family, Cell("", block.start, block.end)
    elif isinstance(block, Result):
        columns = [column.lower().rpartition(".")[2].strip("`") for column in block.columns]
        for row in block.rows[:1]:
            yield from ((_COLUMNS[name], cell) for name, cell in zip(columns, row, strict=True) if name in _COLUMNS)
        if "plugin" in columns:
            cells = [row[columns.index("plugin")] for row in block.rows]
            yield from ((_PLUGINS[cell.text.lower()], cell) for cell in cells if cell.text.lower() in _PLUGINS)
