"""Server options as command lines and option files write them, and the settings that they stand for.

Spelling: MySQL manual, Program Option Modifiers (`skip`, `disable`, `enable`, `loose`; `-` and `_` are the same).
"""

from grantlint.platform.record import NamedTuple

ACCOUNT_SETTINGS = frozenset(
    {
        "activate_all_roles_on_login", "activate_mandatory_roles", "authentication_policy",
        "automatic_sp_privileges", "bind_address",
        "check_proxy_users", "default_authentication_plugin", "default_password_lifetime",
        "disconnect_on_expired_password", "init_connect", "local_infile", "lower_case_table_names", "mandatory_roles",
        "mysql_native_password", "offline_mode", "old_passwords", "partial_revokes", "plugin_load",
        "plugin_load_add", "read_only", "require_secure_transport", "secure_auth", "secure_file_priv",
        "skip_grant_tables", "skip_name_resolve", "skip_networking",
        "skip_show_database", "sql_mode", "strict_password_validation", "super_read_only",
    }
)  # fmt: skip
"""The settings that decide who gets in and what they may do; a server has some hundreds of others."""

_OFF = frozenset({"0", "off", "false"})

RUN_AT_START = ("statements", "the server runs a file of them at its start")
"""What is not checked of a server that has an `init_file`, and why."""


class Option(NamedTuple):
    """A server setting in lower case with `_`, and its value."""

    name: str
    value: str


def option(name: str, value: str | None) -> Option | None:
    """Return the account setting that an option stands for. `name` is without `--`; None for other settings.

    An option without a value is switched on, after `skip-` and `disable-` off, unless that word is part of its name.

    >>> option("skip-name-resolve", None), option("loose_partial-revokes", "on")
    (Option(name='skip_name_resolve', value='ON'), Option(name='partial_revokes', value='on'))
    >>> option("skip-require-secure-transport", None), option("port", "3306")
    (Option(name='require_secure_transport', value='OFF'), None)
    """
    name = name.lower().replace("-", "_").removeprefix("loose_")
    if name in ACCOUNT_SETTINGS:
        return Option(name, "ON" if value is None else value)
    word, _, rest = name.partition("_")
    if rest not in ACCOUNT_SETTINGS or word not in {"skip", "disable", "enable"}:
        return None
    on = word == "enable"
    if value is not None and value.lower() in _OFF:
        on = not on
    return Option(rest, "ON" if on else "OFF")


def names_script(name: str) -> bool:
    """Whether an option names a file of statements to run: `--init-file`, `init_file`."""
    return name.lower().lstrip("-").replace("-", "_").removeprefix("loose_") == "init_file"
