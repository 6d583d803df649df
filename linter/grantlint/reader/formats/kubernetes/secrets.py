"""Passwords in a file's Secrets that differ from what people type."""

from base64 import b64decode

from grantlint.model import Account, Changed, Declarations
from grantlint.model.location import Located
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.formats.kubernetes.workloads import Values
from grantlint.reader.leaf.changes import line_end

_REFERENCES = (
    ("spec", "passwordSecretKeyRef"),
    ("spec", "password"),
    ("spec", "forProvider", "passwordSecretRef"),
    ("passwordSecretRef",),
)


def changed_in(values: Values, name: str, key: str) -> Changed | None:
    """Return how a Secret's password differs from what people type. None where it does not, or is not in the file."""
    secret = values.objects.get(("Secret", name))
    if secret is None:
        return None
    plain, encoded = secret.text("stringData", key), secret.text("data", key)
    if isinstance(plain, Located):
        return line_end(plain.value, plain.span)
    if not isinstance(encoded, Located):
        return None
    encoded.source.hide(encoded.start, encoded.end)
    try:
        text = b64decode("".join(encoded.value.split()), validate=True).decode(errors="replace")
    except ValueError:
        return None
    return line_end(text, encoded.span)


def with_changes(declared: Declarations, first: int, found: Object, values: Values) -> None:
    """Note how an object's accounts get changed passwords. `first`: the index of its first account."""
    references = (part for path in _REFERENCES if (part := found.part(*path)) is not None)
    changed = next(
        (why for part in references if (why := changed_in(values, part.word("name"), part.word("key"))) is not None),
        None,
    )
    if changed is not None:
        declared.accounts[first:] = [_changed(account, changed) for account in declared.accounts[first:]]


def _changed(account: Account, changed: Changed) -> Account:
    authentication = account.authentication
    if authentication is None or authentication.credential is None:
        return account
    credential = authentication.credential._replace(changed=changed)
    return account._replace(authentication=authentication._replace(credential=credential))
