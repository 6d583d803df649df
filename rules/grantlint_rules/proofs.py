"""What an account shows beside a password: for rules about accounts without one."""

from grantlint import Account, Unresolved


def shows_certificate(account: Account) -> bool:
    """Return whether a certificate is asked of the client, or may be."""
    return any(
        isinstance(leaf, Unresolved) or leaf.value.upper().startswith(("X509", "SUBJECT", "ISSUER"))
        for leaf in account.require
    )
