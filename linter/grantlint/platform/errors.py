"""Errors that end a run before any finding, each with its exit status.

GrantlintError (2)
├── UsageError (2)      the command line
├── ConfigError (2)     the configuration file
├── TargetError (2)     a server nobody knows
├── PluginError (2)     a rule pack that cannot be loaded
└── NothingToCheck (4)  no account declaration was found
"""


class GrantlintError(Exception):
    """An error told to the person at the terminal, in a sentence.

    It says what, where, what to do; further: lines below it.
    """

    exit_status: int = 2

    def __init__(self, sentence: str, *further: str) -> None:
        super().__init__(sentence)
        self.further = further


class UsageError(GrantlintError):
    """The command line asks for something that cannot be done."""


class ConfigError(GrantlintError):
    """The configuration file cannot be read or says something unknown."""


class TargetError(GrantlintError):
    """A server name that stands for no product or version."""


class PluginError(GrantlintError):
    """A rule pack that cannot be loaded."""


class NothingToCheck(GrantlintError):  # noqa: N818 - named for what the user sees, like KeyboardInterrupt
    """No file held an account declaration."""

    exit_status = 4
