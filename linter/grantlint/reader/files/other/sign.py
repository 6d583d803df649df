"""Files without a format: searched for accounts and counted, since somebody may run them on a server.

A script in another language, a Dockerfile, tasks under a name of one's own: none is read, but none passes in silence.
Which names these are: `names.py`.
"""

from collections.abc import Iterator

from grantlint.platform.pattern import LinePattern
from grantlint.reader.files.other.containers import made_by_containers
from grantlint.reader.files.other.dockerfile import is_dockerfile, made_by_image
from grantlint.reader.files.other.leftover import statements
from grantlint.reader.files.other.names import is_document
from grantlint.reader.formats.compose.sign import claims as is_compose

_CODE = (".py", ".rb", ".pl", ".pm", ".php", ".ps1", ".bat", ".cmd", ".fish", ".groovy", ".lua", ".tcl")
_WHY = "no format has files of this name"
_STATE = ".tfstate"
_OF_STATE = "a state as Terraform keeps it: `terraform show -json` writes one that is read"

_DECLARATIONS = LinePattern(
    ("mysql_user", "mysql_role", "mysql_query", "mysql_grant"),
    r"""^[ \t]*(?:-[ \t]+)*["']?(?:[a-z]+\.[a-z]+\.)?mysql_(?:user|role|query)["']?:[ \t]*(?:\{|\w+=|[|>\#\r]|$)"""
    r"""|^[^\#\n]*\bmysql_(?:user|grants)\.(?:present|absent)\b|^[ \t]*@{0,2}mysql_(?:user|grant)[ \t]*\{"""
    r"""|^[ \t]*resource[ \t]+"?mysql_(?:user|grant|role)["\s]""",
)

_RESOURCES = LinePattern(("mysql_", "google_sql_user"), r'"type":[ \t]*"(?:mysql_(?:user|grant|role)|google_sql_user)"')


def claims(path: str, text: str) -> bool:
    """Return whether a file seems to declare accounts or hold account statements."""
    if is_document(path):
        return False
    return next(unread(path, text), None) is not None


def unread(path: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield possible sources of accounts: offset, kind, and why it is unread."""
    if text.startswith("$ANSIBLE_VAULT"):
        yield 0, "file", "it is encrypted by ansible-vault"
    yield from ((start, "statement", _WHY) for start, _ in statements(text))
    if path.lower().endswith(_CODE):
        return
    if _STATE in path.lower():
        yield from ((found.start(), "account", _OF_STATE) for found in _RESOURCES.finditer(text))
    if _DECLARATIONS.in_a_line_of(text):
        yield from ((found.start(), "account", _WHY) for found in _DECLARATIONS.finditer(text))
    if is_compose(path, text):
        yield text.find("services:"), "accounts", _WHY
    elif is_dockerfile(path):
        yield from made_by_image(text)
    else:
        yield from made_by_containers(path, text)
