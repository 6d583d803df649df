"""What a statement says of an account: how it logs in, what it must show, its limits, its lock."""

from collections.abc import Iterable, Iterator

from grantlint.model import Account, Authentication, Credential, Limit, Secrecy
from grantlint.model.account import PASSWORD_PLUGINS, empty_password
from grantlint.model.location import Located, Span, Text
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.syntax.records import parts

_PASSWORD_RULES = ("PASSWORD EXPIRE", "FAILED_LOGIN_ATTEMPTS", "PASSWORD_LOCK_TIME")


def described(leaves: Leaves, subject: parts.Subject, options: tuple[parts.Option, ...], span: Span) -> Account:
    """Return the account that a statement describes. What the statement does not say is None or ()."""
    source = leaves.source
    last = {option.name: option for option in options}.values()
    locked = expired = comment = None
    for option in last:
        if option.name.startswith("ACCOUNT "):
            locked = Located(option.name == "ACCOUNT LOCK", source, option.start, option.end)
        elif option.name == "PASSWORD EXPIRE":  # NEVER, DEFAULT and INTERVAL only say what becomes of a good one
            expired = Located(True, source, option.start, option.end)  # noqa: FBT003 - the value that is located
        elif option.name == "COMMENT" and option.value is not None:
            comment = leaves.text(option.value)
    return Account(
        user=leaves.text(subject.account.user),
        host=leaves.host(subject.account),
        span=span,
        authentication=None if subject.factors else authentication(leaves, subject.authentication),
        require=tuple([_require(leaves, option) for option in last if option.name.startswith("REQUIRE ")]),
        limits=tuple(_limits(leaves, last)),
        locked=locked,
        comment=comment,
        expired=expired,
        password_rules=tuple(_password_rules(leaves, last)),
    )


def authentication(leaves: Leaves, proofs: tuple[parts.Authentication, ...]) -> Authentication | None:
    """Return the way to log in that lets in most.

    Of MariaDB's alternatives any will do (facts: H7). A password in plain text goes before all, also before that of the
    first factor.
    """
    if not proofs:
        return None
    ways = [proof for proof in proofs if proof.joined in {"", "or"}] or [*proofs]
    plain = [one for one in proofs if one.secret is not None and _secrecy(one.secret) is Secrecy.PLAIN]
    chosen = (plain or [one for one in ways if _is_empty(one)] or [one for one in ways if _by_password(one)] or ways)[0]
    plugin = leaves.text(chosen.plugin) if chosen.plugin else None
    if chosen.secret is not None:
        return Authentication(plugin, credential(leaves, chosen.secret))
    return Authentication(plugin, empty_password(plugin))


def _is_empty(proof: parts.Authentication) -> bool:
    return _by_password(proof) and (proof.secret is None or proof.secret.empty)


def _by_password(proof: parts.Authentication) -> bool:
    """Return whether a password lets in: there is none for a hash of no form, as USING 'invalid'."""
    if proof.plugin is None or proof.plugin.unresolved:
        return proof.plugin is None
    no_hash = proof.secret is not None and proof.secret.form == "hash" and not proof.secret.shape
    usable = proof.secret is None or not no_hash or proof.secret.empty or proof.secret.unresolved
    return proof.plugin.text.lower() in PASSWORD_PLUGINS and usable


def credential(leaves: Leaves, secret: parts.Secret) -> Credential:
    """Return the form and place of a password or hash.

    Where a known variable is all of it, they are those of the variable's value.
    """
    given = leaves.secret(secret)
    if given is not None:
        leaves.source.hide(given.start, given.end)
        form = Secrecy.HASH if secret.form == "hash" else Secrecy.PLAIN
        return Credential(form if given.value else Secrecy.EMPTY, Span(*given.span))
    return Credential(_secrecy(secret), leaves.span(secret.start, secret.end), leaves.changed(secret))


def _secrecy(secret: parts.Secret) -> Secrecy:
    if secret.unresolved or secret.form == "random":
        return Secrecy.REFERENCE
    if secret.empty:
        return Secrecy.EMPTY
    return Secrecy.HASH if secret.form == "hash" else Secrecy.PLAIN


def _require(leaves: Leaves, option: parts.Option) -> Text:
    words = option.name.removeprefix("REQUIRE ")
    if option.value is None:
        return Located(words, leaves.source, option.start, option.end)
    if option.value.unresolved:
        return leaves.text(option.value)
    value = option.value.text.replace("\\", "\\\\").replace("'", "\\'")
    return Located(f"{words} '{value}'", leaves.source, option.start, option.end)


def _password_rules(leaves: Leaves, options: Iterable[parts.Option]) -> Iterator[Limit]:
    for option in options:
        name = next((name for name in _PASSWORD_RULES if option.name.startswith(name)), None)
        word = option.name.removeprefix(name or "").strip()  # NEVER, DEFAULT, INTERVAL, UNBOUNDED
        if name is None or not (word or option.value):
            continue
        value = leaves.text(option.value) if option.value else Located(word, leaves.source, option.start, option.end)
        yield Limit(Located(name, leaves.source, option.start, option.end), value)


def _limits(leaves: Leaves, options: Iterable[parts.Option]) -> Iterator[Limit]:
    for option in options:
        if option.name.startswith("MAX_") and option.value is not None:
            name = Located(option.name, leaves.source, option.start, option.start + len(option.name))
            yield Limit(name, leaves.text(option.value))
