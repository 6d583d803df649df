"""Options that several commands take, and how the configuration file joins them."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace

from grantlint.cli.terminal import complain
from grantlint.lint.finding import Confidence, Profile
from grantlint.platform.errors import UsageError
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING, Protocol, cast
from grantlint.run.configuration.config_search import STDIN, Meant, SeveralError
from grantlint.run.loading import Request
from grantlint.run.settings import Settings

if TYPE_CHECKING:  # argparse, which few command lines need
    from grantlint.cli.argument_parser import QuietParser
    from grantlint.run.asked import Part

PATHS = "paths"
_CONFIGURATION = "configuration"
_PREFIX = "GRANTLINT_"
_STEERS_NOTHING = frozenset({PATHS, "color", "debug", "scope", "stdin_filename"})


class _Argument(NamedTuple):
    names: tuple[str, ...]
    traits: dict[str, object]  # as argparse takes them
    group: str

    @property
    def attribute(self) -> str:
        return str(self.traits.get("dest") or self.names[0].lstrip("-").replace("-", "_"))

    @property
    def default(self) -> object:
        value = self.traits.get("default", False if self.traits.get("action") == "store_true" else None)
        return [] if value == [] else value


class _Adds(Protocol):
    def __call__(self, *names: str, **traits: object) -> object: ...


class Parser:
    """The arguments of a command, which argparse reads when needed.

    It is imported only for a command line that needs it.
    """

    def __init__(self, command: str, description: str, epilog: str = "") -> None:
        self.usage: str | None = None  # argparse's own words
        self._prog = f"grantlint {command}".rstrip()
        self._description = description
        self._epilog = epilog
        self._arguments: list[_Argument] = []

    def add(self, *names: str, group: str = "", **traits: object) -> None:
        """Add an argument.

        Its name or names come first, its traits are as argparse's add_argument takes them.
        """
        self._arguments.append(_Argument(names, traits, group))

    def called(self, command: str, description: str, epilog: str) -> "Parser":
        """Return a parser of the same arguments for another command."""
        other = Parser(command, description, epilog)
        other.usage = f"grantlint {command} [PATH ...] [options]"
        other._arguments = self._arguments
        return other

    def parse(self, arguments: Sequence[str]) -> SimpleNamespace:
        """Return what was given, by name.

        Paths may stand between options, and after `--` all are paths. Raises UsageError for what cannot be understood.
        """
        positional = [each.names[0] for each in self._arguments if not each.names[0].startswith("-")]
        if positional == [PATHS] and not any(word.startswith("-") and word != "-" for word in arguments):
            return SimpleNamespace(**{each.attribute: each.default for each in self._arguments} | {PATHS: [*arguments]})
        end = arguments.index("--") if "--" in arguments else len(arguments)
        for word in arguments[:end]:
            if word.startswith("-") and word != "-" and os.path.lexists(word):
                raise UsageError(f"{word} is an option and a file here: write ./{word}, or put -- before the paths")
        found = SimpleNamespace(**vars(self.made().parse_intermixed_args(arguments[:end])))
        if end < len(arguments):
            found.paths = [*getattr(found, PATHS, ()), *arguments[end + 1 :]]
        return found

    def made(self) -> "QuietParser":
        """Return what argparse reads arguments with."""
        from grantlint.cli.argument_parser import QuietParser  # noqa: PLC0415 - a tenth of a start

        made = QuietParser(self._prog, self.usage, self._description, self._epilog)
        groups = {"": cast("_Adds", made.add_argument)}
        for each in self._arguments:
            if each.group not in groups:
                groups[each.group] = cast("_Adds", made.add_argument_group(each.group).add_argument)
            groups[each.group](*each.names, **each.traits)
        return made


def add_paths(parser: Parser) -> None:
    """Add the files and folders to read."""
    parser.add(PATHS, metavar="PATH", nargs="*", help="files and folders, - for standard input (default: this folder)")


def add_input(parser: Parser, such_as: str = "ansible") -> None:
    """Add the options that say what is read as what."""
    parser.add("--stdin-filename", metavar="PATH", help="the path that standard input stands for")
    parser.add(
        "--input-format",
        metavar="NAME",
        help=f"read every file as this format, such as {such_as} (default: by content)",
    )


def add_configuration(parser: Parser) -> None:
    """Add the options that choose a configuration and rules to load."""
    add = partial(parser.add, group=_CONFIGURATION)
    add("--config", metavar="FILE", help="read this file instead of the nearest grantlint.toml")
    add("--config-from", metavar="REV", help="read it, and the baseline, as they are at a revision of git")
    add("--isolated", "--no-config", action="store_true", help="read no configuration file")
    add(
        "--rules-dir",
        metavar="DIR",
        action="append",
        default=[],
        help="load the rule files (*.py) of a folder as well; repeatable",
    )
    add(
        "--allow-rules-dir",
        action="store_true",
        help="load the rules-dir of the configuration file: its code runs as you",
    )
    add("--debug", action="store_true", help="show tracebacks")


def add_rules(parser: Parser) -> None:
    """Add the options that choose rules and servers to judge by."""
    parser.add(
        "--server",
        metavar="NAME",
        action="append",
        default=[],
        help="judge as this server, such as mysql-8.4 or mariadb-10.11; repeatable (default: what the files say)",
    )
    parser.add(
        "--select",
        metavar="RULE",
        action="append",
        default=[],
        help="check these rules, tags or controls only; repeatable, or with commas",
    )
    parser.add("--ignore", metavar="RULE", action="append", default=[], help="leave out these rules, tags or controls")
    parser.add(
        "--profile",
        choices=[str(profile) for profile in Profile],
        help="which rules run: each profile holds those before it (default: default)",
    )
    parser.add(
        "--min-confidence",
        choices=[confidence.value for confidence in Confidence],
        help="run the rules that are as sure as this (default: low, which is all)",
    )
    parser.add("--rules-as-of", metavar="VERSION", help="report as info what came with later versions than this")


def request_of(given: Sequence[str], options: SimpleNamespace) -> Request:
    """Return which files to read, by default this folder.

    Raises UsageError for a stray --stdin-filename.
    """
    paths = [*given] or ["."]
    if options.stdin_filename and "-" not in paths:
        raise UsageError("--stdin-filename goes with - (standard input) among the paths")
    scope: str | None = getattr(options, "scope", None)
    input_format: str | None = getattr(options, "input_format", None)
    return Request(paths, scope, options.stdin_filename, input_format)


def settings_of(options: SimpleNamespace) -> Settings:
    """Return the settings from options, environment and configuration file.

    The options go before the environment, and that before the file.
    """
    meant = meant_by(options)
    steers = any(value and name not in _STEERS_NOTHING for name, value in vars(options).items())
    if not steers and not any(name.startswith(_PREFIX) for name in os.environ) and meant.find() is None:
        return Settings()  # most runs: nothing to read, nothing to weigh
    from grantlint.run.configuration.layers import Caller  # noqa: PLC0415 - only where there is something to read
    from grantlint.run.configuration.reading import settled  # noqa: PLC0415 - as above

    return settled(Caller(vars(options), os.environ), meant)


def parts_of(options: SimpleNamespace, make: "Callable[[SimpleNamespace, Settings], Part]") -> "list[Part]":
    """Return a part of the run for each configuration of its paths.

    make: makes one of the options for these paths, and of the settings that hold for them.
    """
    try:
        return [make(options, settings_of(options))]
    except SeveralError as several:
        groups = [_with_paths(options, [*paths]) for paths in several.groups.values()]
        return [make(group, settings_of(group)) for group in groups]


def _with_paths(options: SimpleNamespace, paths: list[str]) -> SimpleNamespace:
    piped = options.stdin_filename if STDIN in paths else None
    return SimpleNamespace(**{**vars(options), PATHS: paths, "stdin_filename": piped})


def meant_by(options: SimpleNamespace) -> Meant:
    """Return the paths of the options, to find a configuration by."""
    return Meant(getattr(options, PATHS, ()), getattr(options, "scope", None), getattr(options, "stdin_filename", None))


def allowed_folders(settings: Settings) -> tuple[str, ...]:
    """Return the rule folders to load.

    Others are named on standard error.
    """
    if settings.not_loaded:
        from grantlint.run.configuration.permission import not_loaded  # noqa: PLC0415 - imports re; only for this

        for one in not_loaded(settings):
            complain(f"{settings.file}: {one.message}", one.help)
    return settings.rules_dirs


def words_of(given: Sequence[str]) -> tuple[str, ...]:
    """Return the words of options, cut at their commas.

    Such options may be repeated. Raises UsageError for one without a word.
    """
    words = tuple(word for each in given for piece in each.split(",") if (word := piece.strip()))
    if given and not words:
        raise UsageError("an option is given without a word in it: --server, --select and --ignore take names")
    return words
