"""password-common: a password that anybody tries first."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Credential,
    KeepElsewhere,
    Problem,
    Profile,
    Rule,
    Secrecy,
    ServerSettings,
    Severity,
    each_secret,
)
from grantlint_rules import controls
from grantlint_rules.weights import of_guess

_COMMON = frozenset(
    """
abc admin administrator change changeit changeme changethis database dbpass dbpassword default demo django dragon
drupal example foobar guest hello homestead joomla laravel letmein local love magento mariadb master monkey
my-secret-pw mypass mypassword mysecret mysql mysqlpassword mysql_password nextcloud pass password passw
password_here passwd pwd qwerty qwertyuiop replace replaceme root rootpass rootpassword rootroot secret
secretpassword some_password somepassword superman superpassword supersecret supersecretpassword sunshine symfony
test testpass testpassword testtest topsecret user userpass userpassword vagrant welcome wordpress wppassword
your_password yourpassword yoursecurepassword zaq12wsx
""".split()  # noqa: SIM905 - to be read as lines
)
_LETTERS = str.maketrans("@$03", "asoe")
_DIGITS = 10


def check(account: Account, credential: Credential, settings: ServerSettings) -> Iterator[Problem]:
    """Flag passwords that are common words or runs of digits.

    Words have digits behind them or not.
    """
    del account, settings
    if credential.secrecy is Secrecy.PLAIN and credential.holds(_is_common):
        yield Problem(
            "this password is among the first that anybody tries: a common word, or digits in a row",
            remedy=KeepElsewhere(credential.span),
        )


def _is_common(text: str) -> bool:
    word = text.lower().strip("!.@#_-")
    letters = word.rstrip("0123456789!.@#_-").translate(_LETTERS)
    return word in _COMMON or letters in _COMMON or (word.isdigit() and len(word) < _DIGITS)


RULE = Rule(
    name="password-common",
    summary="A password that anybody tries first",
    rationale="""
Tools that guess passwords begin with lists, and the lists begin with `root`, `password`, `changeme` and the values of
the examples in everybody's documentation. They are tried within seconds of an account's being reachable. What is
compared is never shown.
""",
    help="Let a secret store make the password, and refer to it.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.PASSWORD_STRENGTH,
    stronger_than=("password-short", "plain-text-password"),
    tags=("secrets",),
    check=each_secret(check),
    weigh=of_guess,
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: changeme}  # expect: password-common
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'P@ssw0rd1';  -- expect: password-common
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: root  # expect: password-common
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: correct horse battery}
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {password: Vq7x}
  - user: web
    host: 10.0.3.7
    authentication: {password: '482915073164'}
""",
    ),
)
