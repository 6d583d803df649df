"""What a server refuses of a statement for what it says of accounts and of its place: plugins, databases, columns."""

from collections.abc import Mapping

from grantlint.access.product.installation import Installation, ServerSettings
from grantlint.access.product.sent import plugin_sent
from grantlint.access.product.target import Target
from grantlint.access.state.outcome import Refused
from grantlint.model.account import PASSWORD_PLUGINS, Account, Secrecy
from grantlint.model.grant import Grant
from grantlint.model.location import Implied, Located
from grantlint.model.scope import Level
from grantlint.model.step import Step
from grantlint.model.step.acts import AlterUser, CreateUser, GrantPrivileges, GrantRoles, WriteTable
from grantlint.platform.pattern import Pattern

_NO_DATABASE, _NO_PLUGIN, _NO_DEFAULT, _NO_COLUMN, _READ_ONLY = 1046, 1524, 1364, 1054, 1290
_NEVER = (10**6,)
_NO_HASH, _NO_EXPIRY = 1827, 3671
_EXPIRY_ASKED = (8, 0)
_HASH = "The password hash doesn't have the expected format."
_HASH_HELP = "The hash is one of mysql_native_password: write the password with BY, or a hash that begins with $A$."
_NATIVE = Pattern(r"\*[0-9A-Fa-f]{40}")
_SHA2 = frozenset({"caching_sha2_password", "sha256_password"})
_MYSQL_ALONE: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(("password_lifetime", "password_last_changed"), (5, 7, 4)),
    "account_locked": (5, 7, 6),
    **dict.fromkeys(("create_role_priv", "drop_role_priv", "password_reuse_history", "password_reuse_time"), (8, 0)),
    **dict.fromkeys(("password_require_current", "user_attributes"), (8, 0)),
}
_MYSQL_SINCE = {
    **dict.fromkeys(("is_role", "default_role", "max_statement_time", "delete_history_priv"), _NEVER),
    **_MYSQL_ALONE,
}
"""Columns of mysql.user, and from which release on MySQL has them (its manuals, grant-tables; asked of 9.7.4: 1054)."""
_WITHOUT_DEFAULT = ("ssl_cipher", "x509_issuer", "x509_subject")
_DATABASE_HELP = "Write the database as well, `db`.*, or `USE` it first."
_PLUGIN_HELP = (
    "Take a plugin that this server has. Another is loaded by INSTALL PLUGIN or plugin_load_add, mysql_native_password "
    "by mysql_native_password=ON on 8.4 and by nothing from 9.0 on; Debian's and Ubuntu's packages of MySQL have "
    "loaded auth_socket."
)
_GONE_HELP = "The column is gone since MySQL 5.7.6: use CREATE USER or ALTER USER."
_STATEMENTS_HELP = "use CREATE USER, ALTER USER or CREATE ROLE."
_COLUMN_HELP = "Use CREATE USER, which fills in every column."
_SWITCHES = ("skip_grant_tables", "super_read_only")


def without_database(step: Step, grant: Grant) -> Refused | None:
    """Return the refusal of a target that lacks a current database."""
    scope = grant.scope
    if scope is None or scope.database or scope.level in (Level.GLOBAL, Level.PROXY) or not _is_located(grant):
        return None
    return Refused(
        step,
        grant.target.span,
        _NO_DATABASE,
        "No database selected, unless the client is told one",
        "database",
        _DATABASE_HELP,
    )


def _is_located(grant: Grant) -> bool:
    return isinstance(grant.target, Located)


def said_of(step: Step) -> tuple[Account, ...]:
    """Return what a step says of how accounts log in."""
    match step.act:
        case CreateUser(accounts=accounts) | AlterUser(accounts=accounts):
            return accounts
        case GrantPrivileges(says=says) | GrantRoles(says=says):
            return says
        case _:
            return ()


def names_plugin(step: Step) -> bool:
    """Return whether a step names a plugin."""
    return any(
        said.authentication and (said.authentication.plugin or said.authentication.sending) for said in said_of(step)
    )


def without_plugin(step: Step, target: Target, settings: ServerSettings | None) -> Refused | None:
    """Return the refusal of a plugin that the server lacks.

    It does not have it, or has not loaded it; or it has, and takes no hash of that kind (facts: P9).
    """
    installation = Installation(target, settings or ServerSettings.of(()))
    for account in said_of(step):
        plugin = plugin_sent(account, target)
        loaded = isinstance(plugin, Located) and installation.loads(plugin)
        if isinstance(plugin, Located) and _never_expires(account, plugin, target, loaded=loaded):
            message = f"The selected authentication method {plugin.value} does not support password expiration"
            return Refused(step, plugin.span, _NO_EXPIRY, message, "plugin", "Leave PASSWORD EXPIRE out.")
        if isinstance(plugin, Located) and not loaded:
            message = f"Plugin '{plugin.value}' is not loaded"
            return Refused(step, plugin.span, _NO_PLUGIN, message, "plugin", _help(account, plugin))
        if isinstance(plugin, Located) and target.product == "mysql" and plugin.value.lower() in _SHA2:
            credential = account.authentication.credential if account.authentication else None
            if credential is not None and credential.secrecy is Secrecy.HASH and credential.holds(_is_native):
                return Refused(step, credential.span, _NO_HASH, _HASH, "password", _HASH_HELP)
    return None


def _never_expires(account: Account, plugin: Located[str], target: Target, *, loaded: bool) -> bool:
    """Return whether MySQL is to expire a password that its plugin does not keep (facts: H7)."""
    if (
        target.product != "mysql"
        or target.version < _EXPIRY_ASKED
        or (loaded and plugin.value.lower() in PASSWORD_PLUGINS)
    ):
        return False
    intervals = [rule for rule in account.password_rules if rule.name.value == "PASSWORD EXPIRE"]
    return account.expired is not None or any(
        not isinstance(rule.value, Located) or rule.value.value.upper() not in {"NEVER", "DEFAULT"}
        for rule in intervals
    )


def _is_native(text: str) -> bool:
    """Return whether a hash is one of mysql_native_password."""
    return _NATIVE.fullmatch(text) is not None


def _help(account: Account, plugin: Located[str]) -> str:
    sending = account.authentication.sending if account.authentication else None
    if sending is None or not isinstance(plugin, Implied):
        return _PLUGIN_HELP
    return f"{sending.tool} sends {sending.plugin}, which nobody wrote here: {sending.remedy}"


def without_column(step: Step, act: WriteTable, target: Target) -> Refused | None:
    """Return the refusal of a column that the server lacks.

    A write to mysql.user names it, and this product or version does not have it.
    """
    for column in sorted(act.columns):
        if column == "password":
            missing, why = not target.traits.password_column, _GONE_HELP
        elif target.product == "mariadb":
            missing, why = column in _MYSQL_ALONE, f"MySQL has {column}, MariaDB has not: {_STATEMENTS_HELP}"
        else:
            missing, why = (
                target.version < _MYSQL_SINCE.get(column, target.version),
                f"No column of it: {_STATEMENTS_HELP}",
            )
        if missing:
            where = "where clause" if act.verb == "DELETE" else "field list"
            return Refused(step, step.span, _NO_COLUMN, f"Unknown column '{column}' in '{where}'", "table", why)
    return None


def without_default(step: Step, act: WriteTable, target: Target, settings: ServerSettings | None) -> Refused | None:
    """Return the refusal of a row that omits a required column.

    The row is of mysql.user, the column has no default, and the sql_mode is strict.
    """
    if act.verb not in {"INSERT", "REPLACE"} or not act.columns or not _is_strict(target, settings):
        return None
    for column in _WITHOUT_DEFAULT:
        if column not in act.columns:
            message = f"Field '{column}' doesn't have a default value"
            return Refused(step, step.span, _NO_DEFAULT, message, "table", _COLUMN_HELP)
    return None


def _is_strict(target: Target, settings: ServerSettings | None) -> bool:
    modes = settings.value("sql_mode") if settings is not None else None
    return target.traits.strict_by_default if modes is None else "strict_" in modes or "traditional" in modes


def switched_off(settings: ServerSettings | None) -> str:
    """Return the setting that forbids account statements, '' if none."""
    return next((name for name in _SWITCHES if settings is not None and settings.is_on(name)), "")


def read_only(step: Step, switch: str) -> Refused:
    """Return the refusal of any account statement under such a setting."""
    message = f"The server is running with the --{switch.replace('_', '-')} option so it cannot execute this statement"
    return Refused(step, step.span, _READ_ONLY, message, "read only", "FLUSH PRIVILEGES ends skip_grant_tables.")
