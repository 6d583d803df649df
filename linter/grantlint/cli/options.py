"""Options that several commands take, and how the configuration file joins them."""

from argparse import ArgumentParser, HelpFormatter, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence

from grantlint.cli.terminal import print_report
from grantlint.errors import UsageError
from grantlint.settings import Settings, find_config, read_config


def _formatter(prog: str) -> HelpFormatter:
    """Format help at one width: asking for the terminal's imports shutil whenever an option is added."""
    return RawDescriptionHelpFormatter(prog, width=100)


class Parser(ArgumentParser):
    """An argument parser that leaves the printing of a mistake to the console script."""

    def __init__(self, command: str, description: str, epilog: str = "") -> None:
        super().__init__(
            f"grantlint {command}".rstrip(),
            description=description,
            epilog=epilog,
            formatter_class=_formatter,
            allow_abbrev=False,
        )

    def print_help(self, file: object = None) -> None:
        """Print the help as reports are printed."""
        del file
        print_report(self.format_help())

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse exits here, and this raises
        """Raise UsageError, with the nearest option where one is unknown."""
        from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

        wrong = message.removeprefix("unrecognized arguments: ").split("=")[0].split()[0]
        near = get_close_matches(wrong, self._option_string_actions, 1) if wrong.startswith("-") else []
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"{message}{hint}\ntry `{self.prog} --help`")


def add_configuration(parser: ArgumentParser) -> None:
    """Add the options that say which configuration counts and which rules are loaded."""
    group = parser.add_argument_group("configuration")
    group.add_argument("--config", metavar="FILE", help="read this file instead of the nearest grantlint.toml")
    group.add_argument("--no-config", action="store_true", help="read no configuration file")
    group.add_argument(
        "--rules-dir", metavar="DIR", action="append", default=[],
        help="load the rule files (*.py) of a folder as well; repeatable",
    )  # fmt: skip
    group.add_argument("--debug", action="store_true", help="show tracebacks")


def settings_of(options: Namespace) -> Settings:
    """Return the configuration file's settings with the command line's put over them."""
    file = None if options.no_config else options.config or find_config()
    settings = read_config(file) if file else Settings()
    return settings._replace(rules_dirs=(*settings.rules_dirs, *options.rules_dir))


def words_of(given: Sequence[str]) -> tuple[str, ...]:
    """Return the words of options that may be repeated and may hold several, with commas between them."""
    words = tuple(word for each in given for piece in each.split(",") if (word := piece.strip()))
    if given and not words:
        raise UsageError("an option is given without a word in it: --server, --select and --ignore take names")
    return words


def parsed(parser: ArgumentParser, arguments: Sequence[str]) -> Namespace:
    """Return the options, with paths allowed between them; after `--` all are paths."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_intermixed_args(arguments[:end])
    if end < len(arguments):
        options.paths = [*getattr(options, "paths", ()), *arguments[end + 1 :]]
    return options
