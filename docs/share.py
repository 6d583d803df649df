"""Write completion for bash and zsh, and the manual page, from the commands' own parsers: `make share`."""

import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import shtab
from argparse_manpage.manpage import Manpage

from grantlint import __version__
from grantlint.cli.commands import check
from grantlint.cli.main import COMMANDS, module_of
from grantlint.cli.options import Parser

FILES = {
    "bash-completion/completions/grantlint": "bash",
    "zsh/site-functions/_grantlint": "zsh",
}


class Command(Protocol):
    """What a command offers that takes more than a name."""

    def parser(self) -> Parser:
        """Return the parser of its arguments."""
        ...


def whole() -> ArgumentParser:
    """Return a parser of everything.

    It has the options of check, which needs no command, and the commands.
    """
    top = ArgumentParser("grantlint", description=check.DESCRIPTION, epilog=check.EPILOG)
    for action in check.parser().made()._actions:  # noqa: SLF001 - argparse has no other list of them
        if action.option_strings and "--help" not in action.option_strings:
            top._add_action(action)  # noqa: SLF001 - as above
    commands = top.add_subparsers(metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(module_of(name))
        parents = [cast("Command", module).parser().made()] if hasattr(module, "parser") else []
        summary = (module.__doc__ or "").partition("`: ")[2].strip().rstrip(".").split("\n")[0]
        commands.add_parser(name, parents=parents, add_help=False, help=summary, description=summary)
    for action in top._actions:  # noqa: SLF001 - as above
        if action.dest == "paths":
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads it there
    return top


def manual() -> str:
    """Return the manual page."""
    parser = whole()
    parser.man_short_description = "what database account declarations really let in"  # type: ignore[attr-defined]  # for argparse-manpage
    page = Manpage(
        parser,
        format="pretty",
        _data={
            "project_name": "grantlint",
            "version": __version__,
            "date": "",
            "manual_section": 1,
            "prog": "grantlint",
        },
    )
    return str(page)


def main(folder: Path) -> None:
    """Write each file below a folder."""
    for name, shell in FILES.items():
        write(folder / name, shtab.complete(whole(), shell))
    write(folder / "man/man1/grantlint.1", manual())


def write(file: Path, text: str) -> None:
    """Write a file, with its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
