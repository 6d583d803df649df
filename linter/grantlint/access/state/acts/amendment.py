"""What a later statement says of an account, put upon what earlier ones said."""

from grantlint.model.account import Account, Authentication, Credential, Limit, Secrecy
from grantlint.model.step.acts import AccountName


def unsaid(name: AccountName) -> Account:
    """Return an account of which only its existence is known.

    Its password stands elsewhere.
    """
    elsewhere = Authentication(None, Credential(Secrecy.REFERENCE, name.span))
    return Account(name.user, name.host, name.span, authentication=elsewhere, amends=True)


def amended(earlier: Account, said: Account, *, keeps_plugin: bool = False) -> Account:
    """Return an account with what a later statement says of it.

    A new password ends its expiry.
    """
    authentication = said.authentication
    if authentication is None:
        authentication = earlier.authentication
    elif keeps_plugin and earlier.authentication is not None:
        authentication = authentication._replace(plugin=earlier.authentication.plugin)
    authentication = _with_plain(earlier.authentication, authentication)
    expired = said.expired
    if expired is None and said.authentication is None:
        expired = earlier.expired
    return earlier._replace(
        authentication=authentication,
        require=said.require or earlier.require,
        limits=_limits(earlier.limits, said.limits),
        password_rules=_limits(earlier.password_rules, said.password_rules),
        locked=earlier.locked if said.locked is None else said.locked,
        comment=earlier.comment if said.comment is None else said.comment,
        expired=expired,
    )


def _with_plain(earlier: Authentication | None, later: Authentication | None) -> Authentication | None:
    """Return the later way to log in.

    A password that stood in plain text stands in its file all the same.
    """
    if earlier is None or later is None or earlier.credential is None or later.credential is None:
        return later
    plain, known = earlier.credential.secrecy is Secrecy.PLAIN, later.credential.secrecy is not Secrecy.REFERENCE
    return later if known or not plain else later._replace(credential=earlier.credential)


def _limits(earlier: tuple[Limit, ...], said: tuple[Limit, ...]) -> tuple[Limit, ...]:
    if not said or not earlier:
        return said or earlier
    limits = {limit.name.value: limit for limit in earlier}
    for limit in said:
        limits.pop(limit.name.value, None)
    return (*limits.values(), *said)
