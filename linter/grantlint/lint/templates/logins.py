"""Templates about how accounts are called and log in."""

import re
from collections.abc import Iterator

from grantlint.access import Server, ServerSettings, user_of
from grantlint.lint.finding import Problem, unless_known
from grantlint.lint.rule import Check, across_accounts, each_account
from grantlint.lint.templates.parameters import Parameters, is_named
from grantlint.lint.templates.template import NUMBER, TEXTS, Parameter, Template
from grantlint.lint.values import login_of
from grantlint.model import Account
from grantlint.model.location import Located
from grantlint.platform.errors import ConfigError

_ANYBODY = ("*",)
_STRENGTH = ("SSL", "X509", "SPECIFIED")


def _names_match(parameters: Parameters, message: str) -> Check:
    users, pattern = parameters.texts("users", _ANYBODY), _pattern(parameters, "pattern")

    def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
        user = account.user
        if not isinstance(user, Located) or user.value in settings.administrators:
            return
        if is_named(user.value, users) and not pattern.fullmatch(user.value):
            yield Problem(message, user.span)

    return each_account(check)


def _login_required(parameters: Parameters, message: str) -> Check:
    users, plugins = parameters.texts("users", _ANYBODY), parameters.texts("plugins", ())
    require = parameters.choice("require", ("", *_STRENGTH), "")
    strong = _STRENGTH[_STRENGTH.index(require) :] if require else ()
    if not plugins and not require:
        raise ConfigError(f"{parameters.where}: require or plugins is missing")

    def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
        del settings
        user = account.user
        if not isinstance(user, Located) or account.amends or not is_named(user.value, users):
            return
        login = login_of(account)
        known_plugin = login.plugin in {"?", *plugins} or not plugins
        if not known_plugin or (require and login.require not in {"?", *strong}):
            yield Problem(message, account.host.span)

    return each_account(check)


def _comment_matches(parameters: Parameters, message: str) -> Check:
    users, pattern = parameters.texts("users", _ANYBODY), _pattern(parameters, "pattern")

    def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
        user, comment = account.user, account.comment
        if account.amends or (isinstance(user, Located) and user.value in settings.administrators):
            return
        text = comment.value if isinstance(comment, Located) else None
        known = comment is None or text is not None
        is_meant = is_named(user.value, users) if isinstance(user, Located) else users == _ANYBODY
        if known and is_meant and not pattern.search(text or ""):
            yield Problem(message, user.span if comment is None else comment.span, unsaid=unless_known(user))

    return each_account(check)


def _accounts_per_user(parameters: Parameters, message: str) -> Check:
    users, most = parameters.texts("users", _ANYBODY), parameters.number("most")

    def check(server: Server) -> Iterator[Problem]:
        counted: dict[str, int] = {}
        for account in server.accounts:
            user = user_of(account)
            counted[user] = counted.get(user, 0) + 1
            if counted[user] == most + 1 and is_named(user, users):
                yield Problem(message, account.host.span)

    return across_accounts(check, once=True)


def _pattern(parameters: Parameters, key: str) -> re.Pattern[str]:
    text = parameters.text(key)
    try:
        return re.compile(text)
    except re.error as error:
        raise ConfigError(f"{parameters.where}: {key} is no regular expression: {error}") from error


_USERS = Parameter("users", TEXTS)
_PATTERN = Parameter("pattern", required=True)

LOGINS = (
    Template(
        "names-match",
        "Names of users by a regular expression: pattern, users (optional)",
        _names_match,
        (_PATTERN, _USERS),
    ),
    Template(
        "login-required",
        "TLS or plugins for users: require (SSL, X509, SPECIFIED), plugins, users",
        _login_required,
        (Parameter("require", words=("", *_STRENGTH)), Parameter("plugins", TEXTS), _USERS),
    ),
    Template(
        "comment-matches",
        "An owner, ticket or date in the comment: pattern, users (optional)",
        _comment_matches,
        (_PATTERN, _USERS),
    ),
    Template(
        "accounts-per-user",
        "At most so many accounts of a user: most, users (optional)",
        _accounts_per_user,
        (Parameter("most", NUMBER, required=True), _USERS),
    ),
)
