"""argparse, as this program uses it; loaded only where a command line holds more than paths."""

from grantlint.platform.pattern import compiled_late

with compiled_late():  # those of gettext and locale, which nothing here uses
    from argparse import ArgumentParser, HelpFormatter, RawDescriptionHelpFormatter

from grantlint.cli.terminal import print_report
from grantlint.platform.errors import UsageError
from grantlint.report.page import document

_ELSEWHERE = {
    "--exclude": "`exclude` in grantlint.toml",
    "--json": "--output json",
    "--list-rules": "`grantlint rules`",
    "--rule": "--select",
    "--sarif": "--output sarif",
    "--strict": "--fail-on warning",
    "--verbose": "`grantlint files` or --help-all",
    "-f": "--output",
    "-v": "-V for the version, or `grantlint files`",
}
"""What options of other tools are here: they are near to nothing, or to the wrong one."""


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
        from grantlint.platform.nearest import nearest  # noqa: PLC0415 - only for a slip

        wrong = message.removeprefix("unrecognized arguments: ").split("=")[0].partition(" ")[0]
        near = ""
        if wrong.startswith("-"):
            near = _ELSEWHERE.get(wrong) or nearest(wrong, self._option_string_actions)
        hint = f"; did you mean {near}?" if near else ""
        raise UsageError(f"{message}{hint}", f"try `{self.prog} --help`")
