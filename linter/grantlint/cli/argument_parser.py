"""argparse, as this program uses it; loaded only where a command line holds more than paths."""

from grantlint.platform.pattern import compiled_late

with compiled_late():  # those of gettext and locale, which nothing here uses
    from argparse import ArgumentParser, HelpFormatter, RawDescriptionHelpFormatter

from grantlint.cli.terminal import print_report
from grantlint.platform.errors import UsageError
from grantlint.report.page import document


def _formatter(prog: str) -> HelpFormatter:
    """Format help at one width: asking for the terminal's imports shutil whenever an option is added."""
    return RawDescriptionHelpFormatter(prog, width=100)


class QuietParser(ArgumentParser):
    """An argument parser that raises mistakes instead of printing them."""

    def __init__(self, prog: str, usage: str | None, description: str, epilog: str) -> None:
        super().__init__(prog, usage, description, epilog, formatter_class=_formatter, allow_abbrev=False)

    def print_help(self, file: object = None) -> None:
        """Print the help as reports are printed."""
        del file
        print_report(document(self.format_help()))

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse exits here, and this raises
        """Raise UsageError, with the nearest option where one is unknown."""
        from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

        wrong = message.removeprefix("unrecognized arguments: ").split("=")[0].partition(" ")[0]
        near = get_close_matches(wrong, self._option_string_actions, 1) if wrong.startswith("-") else []
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"{message}{hint}", f"try `{self.prog} --help`")
