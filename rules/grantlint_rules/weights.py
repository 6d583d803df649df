"""How much problems weigh where they stand: who reaches the server, and what a password is worth."""

import os
import re

from grantlint import (
    Account,
    Context,
    Credential,
    Grant,
    Implied,
    Located,
    Profile,
    Related,
    Role,
    Secrecy,
    Span,
    Weight,
)
from grantlint_rules.entering import is_inside
from grantlint_rules.placeholders import is_name, is_placeholder

_FALLBACK = re.compile(r"\$\{\w+:?-")
_ASKED = (
    r"(?i)#.*\b(?:(?:change|replace|insert|enter|fill in|put|set) (?:me|this|it|in|your|here|a|the)\b"
    r"|(?:change|replace) (?:before|in production)|passwor[dt] (?:eingeben|ändern)|(?:поменя|замен|смен)\w+ пароль)"
)
"""A remark at the end of a line that asks for another password."""
_WORDS = re.compile(r"[a-z]+")
_ADMINISTRATORS = frozenset(
    {"admin", "administrator", "dba", "dbadmin", "db_admin", "mysqladmin", "mysql_admin", "operator", "superuser"}
)
_EXAMPLE = re.compile(r"(?:example|your)(?:[_.-]|[a-z]*(?:user|name))|<")
_LEFT = re.compile(r"\bdefault\([ \t]*[\"']?\Z")
_NEAR = 20  # characters
_OPENS = re.compile(r"\btype:\s*[\"']?(?:LoadBalancer|NodePort)\b|\bhostPort:|\bhostNetwork:\s*true")
_ON_PASSWORDS = ("password-empty", "password-equals-user", "password-common", "plain-text-password")
_PUBLISHED = "its port is opened to other machines here: 127.0.0.1 before it keeps it on this one"


def of_network(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much it weighs that somebody may come from anywhere.

    A container whose port nothing opens is reached by its neighbours alone. That an image makes root for all of them is
    nobody's choice: where its port is opened, the password that they need is the mistake, if one can be read.
    """
    del grant
    container = context.container
    by_image = _is_made_by_image(about)
    if container is not None and not by_image and _is_given(about, context):
        return Weight(Profile.HARDENED)
    if container is not None and container.published is not None:
        if (by_image and _is_told_elsewhere(about)) or (_is_of_image(about) and _is_beside_root(about, context)):
            return Weight(Profile.HARDENED)
        opened = (Related(_PUBLISHED, container.published),)  # the one mistake, whoever comes by it
        return Weight(None, opened, container.published, _ON_PASSWORDS if by_image else ())
    if (
        by_image
        or container is not None
        or any(each(about) for each in (_is_in_a_cluster, _is_in_an_image, _is_example))
    ):
        return Weight(Profile.HARDENED)
    # of a loop over users, or of one who is named again
    return Weight(same=frozenset({about.host.span, str(about)})) if isinstance(about, Account) else None


def of_any_host(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much it weighs that somebody comes from anywhere.

    Inside of a container only its engine knows the addresses, and what a parameter falls back to is for want of better.
    """
    weight = of_network(about, grant, context)
    if weight is None or weight.profile is not None or weight.related or context.container is not None:
        return weight
    if not isinstance(about, Account) or not isinstance(about.host, Located) or about.authentication is None:
        return weight  # who needs no password is told of wherever that is
    host = about.host.span
    return weight._replace(profile=Profile.HARDENED) if is_inside(host) or _is_left_to_default(host) else weight


def _is_left_to_default(span: Span) -> bool:
    """Return whether a value is what a parameter of a role has for want of another: `host | default('%')`."""
    return _LEFT.search(span.source.text[max(0, span.start - _NEAR) : span.start]) is not None


def of_root(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much it weighs that root comes over the network.

    It is one mistake, from however many hosts.
    """
    weight = of_network(about, grant, context)
    return Weight(same="root") if weight is None else weight._replace(same="root")


def _is_made_by_image(about: Account | Role | None) -> bool:
    """Return whether an image gives an account its host, and a variable such as MYSQL_ROOT_HOST may say another."""
    host = about.host if isinstance(about, Account) else None
    return isinstance(host, Implied) and host.key is not None and host.key.endswith("_HOST")


def _is_beside_root(about: Account | Role | None, context: Context) -> bool:
    """Return whether the image makes root for any host as well: the port that is opened is told of there."""
    return any(
        one is not about and isinstance(one.user, Implied) and isinstance(one.host, Implied) and one.host.value == "%"
        for one in context.declared.accounts
    )


def _is_told_elsewhere(about: Account | Role | None) -> bool:
    """Return whether the password of an account can be read at another place, where it is told."""
    credential = _password_of(about)
    host = about.host if isinstance(about, Account) else None
    return credential is not None and host is not None and credential.span != host.span


def _is_given(about: Account | Role | None, context: Context) -> bool:
    """Return whether an image makes the account at that host, which nothing in the files changes."""
    if not isinstance(about, Account):
        return False
    made = [one for one in context.declared.before.accounts if one.identity == about.identity]
    return any(isinstance(one.host, Implied) and one.host.is_given for one in made)


def _is_in_a_cluster(about: Account | Role | None) -> bool:
    """Return whether an account is one of a cluster whose services open no port to other machines."""
    source = about.span.source if about is not None else None
    return source is not None and source.format == "kubernetes" and _OPENS.search(source.text) is None


def _is_in_an_image(about: Account | Role | None) -> bool:
    """Return whether the start-up of an image makes an account of what it is given: whose network, it cannot know."""
    source = about.span.source if about is not None else None
    return source is not None and source.format == "shell" and "entrypoint" in os.path.basename(source.path)


def _is_example(about: Account | Role | None) -> bool:
    """Return whether the name of an account stands for one that is still to be named."""
    user = about.user if isinstance(about, Account) else None
    return isinstance(user, Located) and _EXAMPLE.match(user.value.lower()) is not None


def of_password(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much it weighs that somebody may read a password.

    What stands for a password that is still to come opens nothing. Nor does what a variable has where nobody sets it,
    if other machines do not reach the container, or if it calls itself a placeholder.
    """
    weight = of_guess(about, grant, context)
    credential = _password_of(about)
    if credential is None or weight is None:
        return weight
    if credential.holds(_is_named_fallback):
        return weight._replace(profile=Profile.HARDENED)
    if weight.related:
        return weight
    of_container = context.container is not None and (credential.holds(is_fallback) or credential.holds(is_name))
    if of_container or credential.holds(is_placeholder) or _is_asked(credential.span) or _is_example(about):
        return weight._replace(profile=Profile.HARDENED)
    return weight


def of_one_password(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return that one password is one mistake, however many accounts have it.

    So are those of the accounts that one image makes: they stand together.
    """
    del grant
    credential = _password_of(about)
    if credential is None:
        return None
    return Weight(same=frozenset({credential.likeness, context}) if _is_of_image(about) else credential.likeness)


def _is_of_image(about: Account | Role | None) -> bool:
    """Return whether an image makes an account of its variables."""
    host = about.host if isinstance(about, Account) else None
    return isinstance(host, Implied) and (host.is_given or _is_made_by_image(about))


def of_guess(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much it weighs that anybody guesses a password."""
    weight = of_one_password(about, grant, context)
    container = context.container
    if weight is None or container is None or container.published is None:
        return weight
    return weight._replace(related=(Related(_PUBLISHED, container.published),))


def _password_of(about: Account | Role | None) -> Credential | None:
    authentication = about.authentication if isinstance(about, Account) else None
    credential = authentication.credential if authentication is not None else None
    return credential if credential is not None and credential.secrecy is Secrecy.PLAIN else None


def _is_asked(span: Span) -> bool:
    """Return whether a remark behind a password asks for another, in words that the password does not have."""
    text = span.source.text
    end = text.find("\n", span.end)
    behind = text[span.end : end if end >= 0 else None]
    return "#" in behind and re.search(_ASKED, behind) is not None


def _is_named_fallback(text: str) -> bool:
    """Return whether what a variable has for want of another says that another is to come."""
    return is_fallback(text) and text.lower().endswith(("placeholder}", "_here}", "-here}"))


def is_fallback(text: str) -> bool:
    """Return whether a text has a value for want of another."""
    return _FALLBACK.match(text) is not None


def of_none(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return that one place without a password is one mistake.

    An image makes root at two hosts of it.
    """
    del grant, context
    return Weight(same=about.span) if about is not None else None


def of_login(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return that one password to log in with is one mistake.

    What is said of an account that has it there says so.
    """
    del about, grant, context
    return Weight(weaker_than=_ON_PASSWORDS)


def of_plugin(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return that a plugin which accounts do not name is one mistake.

    It is that of the server's settings.
    """
    del grant, context
    authentication = about.authentication if isinstance(about, Account) else None
    return Weight(same="default") if authentication is not None and authentication.plugin is None else None


def of_sharing(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much it weighs that users share a password."""
    del about, grant
    return Weight(
        Profile.HARDENED if context.container is not None else None,
        weaker_than=("password-common", "password-empty", "plain-text-password"),
    )


def of_writing(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return that the writes of a file are one mistake.

    Where a server refuses them, nothing else is said of them.
    """
    del about, grant, context
    return Weight(same="write", weaker_than=("statement-rejected", "statement-outdated"))


def of_administrator(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much the rights of somebody named an administrator weigh."""
    del grant, context
    user = about.user if isinstance(about, Account) else None
    if user is None:
        return None
    if not isinstance(user, Located):  # by the words of its variable
        named = not _ADMINISTRATORS.isdisjoint(_WORDS.findall(user.reference.lower()))
        return Weight(Profile.HARDENED) if named else None
    named = user.value.lower() in _ADMINISTRATORS
    return Weight(Profile.HARDENED if named else None, same=user.value)  # however many hosts the user has


_TASTE = Weight(Profile.PEDANTIC)


def of_pattern(about: Account | Role | None, grant: Grant | None, context: Context) -> Weight | None:
    """Return how much a `_` in the name of a database weighs.

    Where no file names another database that it takes, nobody can tell what to do.
    """
    del about
    target = grant.target if grant is not None else None
    if not isinstance(target, Located):
        return None
    database = target.value.database
    if r"\\_" in database or context.databases_like(database):
        return None
    return _TASTE
