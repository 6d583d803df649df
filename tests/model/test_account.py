"""What two accounts surely log in differently, and what nobody can tell."""

import pytest

from grantlint.model.account import Account, Authentication, Credential, Secrecy
from grantlint.model.location import Located, Source, Span, Unresolved

PLAIN, HASH, REFERENCE, EMPTY = Secrecy.PLAIN, Secrecy.HASH, Secrecy.REFERENCE, Secrecy.EMPTY


def account(credential: tuple[Secrecy, str] | None = None, plugin: str | Unresolved | None = None) -> Account:
    source = Source("a.sql", credential[1] if credential else "")
    span = Span(source, 0, len(source.text))
    named = Located(plugin, *span) if isinstance(plugin, str) else plugin
    authentication = Authentication(named, Credential(credential[0], span) if credential else None)
    return Account(Located("app", *span), Located("%", *span), span, authentication)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ((PLAIN, "geheim"), (PLAIN, "'geheim'")),
        ((PLAIN, '"geheim"'), (PLAIN, "'geheim'")),
        ((REFERENCE, "${PW}"), (REFERENCE, "'${PW}'")),
        ((PLAIN, "'it''s'"), (PLAIN, "it's")),
        ((PLAIN, "'a\\'b'"), (PLAIN, '"a\'b"')),
        (None, None),
    ],
)
def test_quotes_make_no_other_password(mine: tuple[Secrecy, str] | None, theirs: tuple[Secrecy, str] | None) -> None:
    assert account(mine).differences(account(theirs)) == []
    assert account(mine).is_alike(account(theirs))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ((PLAIN, "geheim"), (PLAIN, "'anders'")),
        ((PLAIN, "geheim"), (EMPTY, "''")),
        ((PLAIN, "geheim"), None),
        ((HASH, "*6C387FC3893DBA1E3BA155E74754DA6682D04747"), (HASH, "*CB3326D5279DE7915FE5D743232165EE887883CA")),
    ],
)
def test_two_passwords_are_a_difference(mine: tuple[Secrecy, str], theirs: tuple[Secrecy, str] | None) -> None:
    assert account(mine).differences(account(theirs)) == ["password"]
    assert account(theirs).differences(account(mine)) == ["password"]


def test_the_default_plugin_may_be_any_that_checks_a_password() -> None:
    assert account().differences(account(plugin="mysql_native_password")) == []
    assert account(plugin="auth_socket").differences(account()) == ["plugin"]


def test_a_plugin_that_only_a_run_knows_is_no_difference() -> None:
    unknown = Unresolved("a template", Source("a.yml", "{{ a }}"), 0, 7)
    assert account(plugin=unknown).differences(account(plugin="auth_socket")) == []
    assert account(plugin=unknown).differences(account()) == []
