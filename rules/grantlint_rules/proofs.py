"""What an account shows beside a password: for rules about accounts without one."""

from grantlint import Account, Located, Unresolved

_ANYBODY = "anybody"


def shows_certificate(account: Account) -> bool:
    """Return whether a certificate is asked of the client, or may be."""
    return any(
        isinstance(leaf, Unresolved) or leaf.value.upper().startswith(("X509", "SUBJECT", "ISSUER"))
        for leaf in account.require
    )


def logs_in_without(account: Account) -> str:
    """Return who is logged in without a password, as a witness.

    A client sends the name of who starts it in place of the empty one, so any name stands for the anonymous user's.
    """
    from shlex import quote  # noqa: PLC0415 - for a finding alone

    user = account.user.value if isinstance(account.user, Located) else ""
    return f"`mysql -u {quote(user or _ANYBODY)}` from a host that {account} takes is logged in"
