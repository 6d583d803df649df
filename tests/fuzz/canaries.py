"""Files with one secret, damaged right at it, through every command: what is told of them must not hold the secret."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from typing import NamedTuple, cast

from grantlint.access import parse_target
from grantlint.access.product.grammar import grammar_for
from grantlint.cli.main import main
from grantlint.lint.finding import Finding, Related, Severity
from grantlint.model.location import Located, Source, Span
from grantlint.reader.files.formats import Format
from grantlint.reader.sql.script.split import parse_script
from grantlint.reader.sql.syntax.records.parts import Account, Name
from grantlint.reader.sql.syntax.records.statements import TableWrite
from grantlint.report.findings.content import Look, Report, Summary
from grantlint.report.findings.outputs import OUTPUTS, rendered
from grantlint.report.secrecy.leaves import show_leaves
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings

from .seeds import texts_of

CORE = "c4nary-Zq9"
"""What is looked for: a word that no format, message or template has."""

_AROUND = (
    "",
    "",
    "",
    "x",
    "pa'",
    'q"',
    "#",
    " # ",
    "--",
    "; ",
    "a,",
    "b:",
    "c: ",
    "@",
    "$",
    "{{",
    "}}",
    "\\",
    "`",
    "%",
    "=",
)
_SIGNS = "'\"`,:;=#@$%&*!|>-\\/(){}[] \n\t"
_WORD = re.compile(r"[\w.@!*-]{3,}")
_TARGETS = [parse_target(name) for name in ("mysql-9.7", "mariadb-11.8")]
_GRAMMARS = [grammar_for(target.product, target.version) for target in _TARGETS]
_BEFORE = 0.6  # of the changes: there stand the key and the quote
_PLAIN = 0.1  # of the secrets: a word without signs
_NEAR = 1  # lines before and behind the secret's: a frame shows the lines that are marked


class Text(NamedTuple):
    """A file to be written and looked at."""

    file: str
    text: str


def templates(known: Format, placeholder: str) -> Iterator[Text]:
    """Yield the texts of a format's tests, each with the placeholder in place of one thing that its reader hides."""
    for text in texts_of(known):
        source = Source(f"nowhere/x{known.suffixes[0]}", text)
        known.read(source)
        for start, end in sorted(set(source.secrets)):
            word = _WORD.search(text, start, end)
            if word is not None:
                yield Text(f"x{known.suffixes[0]}", text[: word.start()] + placeholder + text[word.end() :])


def is_name(folder: Path, text: Text) -> bool:
    """Return whether a damaged text makes a whole name of the secret, which then is none."""
    path = folder / text.file
    path.write_text(text.text, encoding="utf-8", newline="")
    parts = load(Request([str(path)]), Settings()).declarations
    accounts = [account for part in parts for account in part.accounts]
    leaves = [leaf for account in accounts for leaf in (account.user, account.host)]
    leaves += [leaf for part in parts for grant in part.grants for leaf in (grant.user, grant.host)]
    leaves += [leaf for part in parts for role in part.roles for leaf in (role.name,)]
    servers = [part.server for part in parts if part.server is not None]
    leaves += [server.settings["mandatory_roles"] for server in servers if "mandatory_roles" in server.settings]
    if any(isinstance(leaf, Located) and CORE in leaf.value for leaf in leaves):
        return True
    targets = [grant.grant.target for part in parts for grant in part.grants]
    if any(isinstance(target, Located) and CORE in target.value.database for target in targets):
        return True  # a word that a call gives for a database
    statements = [statement for grammar in _GRAMMARS for statement in parse_script(text.text, grammar)]
    rows = [row for statement in statements if isinstance(statement, TableWrite) for row in statement.rows]
    cells = [row.get(column) for row in rows for column in ("user", "host")]
    names = [*cells, *(name for account in _accounts(statements) for name in (account.user, account.host))]
    return any(isinstance(name, Name) and CORE in name.text for name in names)


def _accounts(parts: Iterable[object]) -> Iterator[Account]:
    """Yield the accounts in records of statements."""
    for part in parts:
        if isinstance(part, Account):
            yield part
        elif isinstance(part, tuple):
            yield from _accounts(cast("tuple[object, ...]", part))


def damaged(dice: Random, template: Text, placeholders: Sequence[str]) -> Text:
    """Return a template with a secret in place of one of its placeholders, and up to three changes right at it."""
    holder = dice.choice([one for one in placeholders if one in template.text])
    secret = dice.choice(_AROUND) + CORE + dice.choice(_AROUND)
    pieces = template.text.split(holder)
    at = dice.randrange(1, len(pieces))
    before = holder.join(pieces[:at]).replace(holder, "x")
    after = holder.join(pieces[at:]).replace(holder, "x")
    if dice.random() < _PLAIN:
        secret = CORE
    for _ in range(dice.choice((0, 1, 1, 1, 2, 3))):
        before, after = _changed(dice, before, after)
    return Text(template.file, before + secret + after)


def _changed(dice: Random, before: str, after: str) -> tuple[str, str]:
    """Return what stands before and behind the secret, with one of the two changed near it."""
    near = dice.randint(1, 12)
    if dice.random() < _BEFORE:
        line = before.rfind("\n") + 1
        changes = (
            before[:-1],
            before + dice.choice(_SIGNS),
            before[:-near] + before[len(before) - near + 1 :],
            before.rstrip()[: -dice.randint(1, 10)],  # the key, or the word before it, is gone
            before[: line - 1] + " " + before[line:].lstrip(" ") if line else before,  # its line break is gone
        )
        return dice.choice(changes), after
    line = after.find("\n")
    changes = (
        after[1:],
        dice.choice(_SIGNS) + after,
        after[: near - 1] + after[near:],
        after[:line] + after[line + 1 :] if line >= 0 else after,
    )
    return before, dice.choice(changes)


def tellings(folder: Path, texts: Sequence[Text]) -> Iterator[tuple[str, str]]:
    """Yield what each command says of texts that are written into a folder, each with the command."""
    files = [text.file for text in texts] if len(texts) == 1 else [f"{at}/{text.file}" for at, text in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.text, encoding="utf-8", newline="")
    home = Path.cwd()
    os.chdir(folder)
    try:
        for arguments in _commands(files):
            out, err = StringIO(), StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                main(arguments)
            written = "".join(map(_taken_away, map(_file, OUTPUTS))) if arguments[1].startswith("--output=") else ""
            yield " ".join(arguments), out.getvalue() + err.getvalue() + written
        yield "any finding on any line", _every_line(files)
    finally:
        for file in files:
            Path(file).unlink()
        os.chdir(home)


def _commands(files: Sequence[str]) -> Iterator[list[str]]:
    yield ["check", *(f"--output={name}:{_file(name)}" for name in OUTPUTS), *files]
    yield ["check", "--quiet", "--debug", "--server", "mysql-8.4", "--server", "mariadb-11.4", *files]
    yield ["table", *files]
    yield ["files", "--format", "json", *files]
    yield ["convert", *files]
    yield ["convert", "--to", "json", *files]
    for at, file in enumerate(files):
        if at % 2 == 0:
            yield ["why", "app", "--from", "10.0.0.1", file]
        if at % 2 or len(files) == 1:
            yield ["why", "app", "--from", "10.0.0.1", "--server", "mysql-9.7", "--format", "json", file]
        yield ["parse", file]


def _file(output: str) -> str:
    return f"{output}.report"


def _taken_away(file: str) -> str:
    """Return what a file holds, '' where there is none, and remove it."""
    try:
        return Path(file).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    finally:
        Path(file).unlink(missing_ok=True)


def _every_line(files: Sequence[str]) -> str:
    """Return what is drawn for a finding at each line of a file from which a frame reaches the secret."""
    loaded = load(Request(files), Settings())
    findings: list[Finding] = []
    sources = set(loaded.asked)
    show_leaves(loaded.declarations, sources)
    for source in sources:
        told = source.text.casefold().count("\n", 0, source.text.casefold().find(CORE.casefold())) + 1
        for line in range(max(told - _NEAR, 1), min(told + _NEAR, source.text.count("\n") + 1) + 1):
            start, end = source.line_bounds(line)
            whole, half = Span(source, start, end), Span(source, (start + end) // 2, end)
            findings.append(Finding("any", Severity.INFO, "m", whole, (Related("r", half),)))
    report = Report(findings, [], [], {}, Summary(1, 1, 1))
    return "".join(rendered(report, name, Look()) for name in OUTPUTS if not name.startswith("compliance"))
