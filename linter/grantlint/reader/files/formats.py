"""The formats that accounts are read from. Light on purpose: no parser is imported before a file needs it.

A new format is a folder of reader/formats with the modules `sign` and `document`, and a line in FORMATS.
"""

from importlib import import_module

from grantlint.model import Declarations, Fault
from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol, cast
from grantlint.reader.files.words import Words, has_account_words

MEBIBYTE = 1 << 20


class Sign(Protocol):
    """The interface of a format's `sign` module. Such a module imports no parser."""

    def claims(self, path: str, text: str) -> bool:
        """Return whether a file's path and text are of this format.

        A tree may hold thousands of files with the word `mysql` in them, so expressions are `LinePattern`s where they
        can be, and dearer looks come after cheaper ones.
        """
        ...


class Document(Protocol):
    """The interface of a format's `document` module."""

    def read(self, source: Source) -> tuple[Declarations, ...]:
        """Return a file's declarations, one for each server that it keeps apart.

        Bad input is a fault in them, never an exception. A file that declares nothing and has no fault is ().
        """
        ...


class Format(NamedTuple):
    """A file format: its name, the files it claims, and its module."""

    name: str
    suffixes: tuple[str, ...]  # lower case, with the dot
    words: Words  # a file that could hold accounts contains one of these
    folder: str  # in grantlint.reader, with the modules `sign` and `document`
    since: str = "0.1.0"  # the version that read it first
    max_bytes: int = 16 * MEBIBYTE
    without_suffix: bool = False  # whether it also has files whose name says nothing
    any_name: bool = False  # whether a file that is named may have a name that no format has
    is_yaml: bool = False  # so that its words may stand there in many ways
    holds_scripts: bool = False  # in values of it, which its reader does not look into

    def claims(self, path: str, text: str) -> bool:
        """Return whether a file is of this format."""
        return cast("Sign", import_module(f"grantlint.reader.{self.folder}.sign")).claims(path, text)

    def read(self, source: Source) -> tuple[Declarations, ...]:
        """Return the declarations of a file of this format. What a limit keeps from being read is a fault."""
        from grantlint.reader.leaf.swallowed import without_swallowed  # noqa: PLC0415 - only where a file is read

        source.format = self.name
        found = cast("Document", import_module(f"grantlint.reader.{self.folder}.document")).read(source)
        without_swallowed(found)
        looked_into = self.is_yaml or self.holds_scripts
        if looked_into and (has_account_words(source.text) or any(word in source.text for word in _OF_SCRIPTS)):
            found = self._with_rest(source, found)
        return (*found, _cut_off(source, self.name)) if source.unread else found

    def _with_rest(self, source: Source, found: tuple[Declarations, ...]) -> tuple[Declarations, ...]:
        from grantlint.reader.files.other.leftover import left_over  # noqa: PLC0415 - few files have account words in texts

        left = [*left_over(source, found)]
        if not left:
            return found
        rest = Declarations(self.name, source.path)
        rest.not_checked += left
        return (*found, rest)


OF_TEMPLATES = (".erb", ".epp", ".j2")
"""Suffixes that only say that a file is a template."""


def is_bare(path: str) -> bool:
    """Whether a file's name has no suffix. A template's suffix does not count."""
    name = path[path.rfind("/") + 1 :]
    at = name.find(".")
    return at < 0 or (at > 0 and name[at:].lower() in OF_TEMPLATES)


MAKEFILES = ("makefile", ".mk")
"""How the names of Makefiles end, in lower case."""


def is_makefile(path: str) -> bool:
    """Whether a file has the name of a Makefile: `Makefile`, `GNUmakefile`, `db.mk`."""
    return path.lower().endswith(MAKEFILES)


YAML_SUFFIXES = (".yml", ".yaml")
JSON_SUFFIX = ".json"
TEMPLATED_YAML_SUFFIXES = (*YAML_SUFFIXES, ".yml.j2", ".yaml.j2", ".yml.tpl", ".yaml.tpl")
SHELL_SUFFIXES = (
    *(".sh", ".bash", ".zsh", ".ksh", ".sh.j2", ".sh.erb", ".sh.epp", ".sh.tmpl", ".sh.tpl", ".sh.template", ".sh.in"),
    *(".sh.tftpl", ".bash.j2"),
)
SQL_SUFFIXES = (
    *(".sql", ".sql.j2", ".sql.erb", ".sql.epp", ".sql.tmpl", ".sql.tpl", ".sql.template", ".sql.in", ".sql.dist"),
    *(".sql.tftpl", ".sql.jinja", ".sql.jinja2"),
)
CNF_SUFFIXES = (
    *(".cnf", ".ini", ".cnf.j2", ".cnf.erb", ".cnf.epp", ".cnf.tmpl", ".cnf.tpl", ".cnf.template", ".cnf.in"),
    ".cnf.dist",
)

_OF_SCRIPTS = (".sql", "base64", "openssl", "xxd")
_STATEMENTS = (b"grant ", b"identified by", b"create user", b"alter user")
_SECTIONS = (b"users", b"roles", b"server", b"hosts")
_UNUSUAL = tuple(written % section for section in _SECTIONS for written in (b'"%s"', b"? %s", b"{%s"))

FORMATS: tuple[Format, ...] = (
    Format(
        "ansible",
        (*TEMPLATED_YAML_SUFFIXES, JSON_SUFFIX),
        Words((b"mysql_", b"mariadb_"), in_head=(b"$ansible_vault",)),
        "formats.ansible",
        is_yaml=True,
    ),
    Format(
        "policy",
        YAML_SUFFIXES,
        Words(
            at_margin=tuple(b"%s:" % section for section in _SECTIONS),
            in_head=(b"policy.schema.json", *_UNUSUAL),
        ),
        "formats.policy",
        max_bytes=512 * MEBIBYTE,
        is_yaml=True,
    ),
    # A service without one of its variables does not start.
    Format(
        "compose",
        (*TEMPLATED_YAML_SUFFIXES, JSON_SUFFIX),
        Words((b"mysql", b"mariadb")),
        "formats.compose",
        is_yaml=True,
    ),
    Format(
        "mycnf",
        CNF_SUFFIXES,
        Words((b"[mysqld", b"[mariadb", b"[server", b"[client-server", b"[galera")),
        "formats.mycnf",
        max_bytes=MEBIBYTE,
    ),
    Format(
        "printed",
        (".grants",),
        Words((b"host", b"grant", b"create user")),
        "formats.printed",
        any_name=True,
    ),
    Format(
        "sql",
        SQL_SUFFIXES,
        Words((b"grant", b"revoke", b"mysql", b"user", b"role", b"password", b"prepare", b"immediate")),
        "sql",
        max_bytes=64 * MEBIBYTE,
    ),
    Format(
        "terraform",
        (".tf", ".tofu", ".tf.json", ".tofu.json"),
        Words(
            (
                b"mysql_",
                b"google_sql_user",
                b"helm_release",
                b"aws_",
                b"alicloud_",
                b"azurerm_",
                b"linode_",
                *_STATEMENTS,
            )
        ),
        "formats.terraform",
        holds_scripts=True,
    ),
    Format(
        "terraform-plan",
        (JSON_SUFFIX,),
        Words((b"mysql_", b"google_sql_user")),
        "formats.terraform.plan",
        max_bytes=64 * MEBIBYTE,
    ),
    # Account statements in a ConfigMap that names no product name a host, with @.
    Format(
        "kubernetes",
        (*TEMPLATED_YAML_SUFFIXES, JSON_SUFFIX),
        Words((b"mariadb", b"mysql", b"@", b".sql", b".percona.com/")),
        "formats.kubernetes",
        is_yaml=True,
    ),
    Format(
        "salt",
        (".sls", "pillar.example", *YAML_SUFFIXES),
        Words(
            (
                b"mysql_user",
                b"mysql_grants",
                b"mysql:",
                b"mysql -",
                b"mysql {{",
                b"mariadb -",
                b"mysql_query",
                b"mysql.",
                b"mysqladmin",
                b"mysql-server/root",
                *_STATEMENTS,
            )
        ),
        "formats.salt",
        is_yaml=True,
    ),
    Format(
        "puppet",
        (".pp", ".eyaml", *YAML_SUFFIXES, JSON_SUFFIX),
        Words(
            (
                b"mysql::",
                b"::mysql",
                b"mariadb",
                b"mysql_user",
                b"mysql_grant",
                b"database_user",
                b"database_grant",
                b"mysql-server/root",
                b'"mysql_$',
                b"mysqladmin",
                *_STATEMENTS,
            )
        ),
        "formats.puppet",
        is_yaml=True,
    ),
    Format(
        "shell",
        (*SHELL_SUFFIXES, *MAKEFILES),
        Words((b"mysql", b"mariadb", b"grant")),
        "formats.shell",
        without_suffix=True,
    ),
    Format(
        "yaml",
        (*YAML_SUFFIXES, JSON_SUFFIX),
        Words((b"mysql", b"mariadb", b"initdb", *_STATEMENTS)),
        "formats.yaml_scripts",
        is_yaml=True,
    ),
)

OTHER = Format(
    "other",
    (),
    Words((b"grant ", b"create user", b"alter user", b"mysql", b"mariadb"), in_head=(b"$ansible_vault",)),
    "files.other",
)
"""What is looked into by no format: not among them, since no file is asked to be of it."""


def _cut_off(source: Source, format_name: str) -> Declarations:
    declarations = Declarations(format_name, source.path)
    declarations.faults += [
        Fault("limit-reached", f"{limit}: what is beyond that is not read", Span(source, *place), _SHORTER)
        for place, limit in source.unread.items()
    ]
    return declarations


_SHORTER = "Split it up or flatten it, so that all of it is read."


def format_named(name: str) -> Format | None:
    """Return the format of that name, or None."""
    return next((known for known in FORMATS if known.name == name), None)
