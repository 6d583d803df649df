"""Passwords that an object takes from a Secret of its file."""

from grantlint.model import Account, Credential, Declarations, Secrecy
from grantlint.model.location import Located
from grantlint.reader.formats.kubernetes.held import Held, Values
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.leaf.changes import line_end

_REFERENCES = (
    ("spec", "passwordSecretKeyRef"),
    ("spec", "password"),
    ("spec", "forProvider", "passwordSecretRef"),
    ("passwordSecretRef",),
)


def with_passwords(declared: Declarations, first: int, found: Object, values: Values) -> None:
    """Note the passwords of an object's accounts that stand in the file. `first`: the index of its first account."""
    references = (part for path in _REFERENCES if (part := found.part(*path)) is not None)
    held = ((values.of("Secret", part.word("name")) or {}).get(part.word("key")) for part in references)
    credential = next((_credential(one) for one in held if one is not None), None)
    if credential is not None:
        declared.accounts[first:] = [_with(account, credential) for account in declared.accounts[first:]]


def _credential(held: Held) -> Credential | None:
    text = held.text
    if not isinstance(text, Located):
        return None
    text.source.hide(text.start, text.end)
    secrecy = Secrecy.PLAIN if text.value else Secrecy.EMPTY
    return Credential(secrecy, text.span, line_end(text.value, text.span), encoded=held.encoded)


def _with(account: Account, credential: Credential) -> Account:
    authentication = account.authentication
    if authentication is None or authentication.credential is None:
        return account
    return account._replace(authentication=authentication._replace(credential=credential))
