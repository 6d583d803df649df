"""mid-label-wildcard: a wildcard inside a label of a host name lets in names of other people."""

from collections.abc import Iterator

from grantlint import LETTERS, Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a label that holds % and something else.

    The value has the letters of a name.
    """
    del settings
    text = host.text
    if host.kind != "pattern" or ":" in text or not any(character.isalpha() for character in text):
        return
    start = 0
    for label in text.split("."):
        if "%" in label and label.strip("%_"):
            at = start + label.index("%")
            strangers = [_filled(text, at, filling) for filling in _fillings(text, at, label)]
            if all(host.name_glob.matches(name) for name in strangers):
                yield Problem(
                    f"host value '{text}' is taken by every server, and lets in {' and '.join(strangers)}: "
                    "% stands for any text, dots included",
                    witness=f"a client whose reverse look-up says {strangers[-1]} matches '{text}'",
                    about=f"'{text}'",
                )
            return
        start += len(label) + 1


def _fillings(text: str, at: int, label: str) -> tuple[str, str]:
    """Return what a stranger may put for the %: something in the label, and a domain of their own."""
    if label.startswith("%"):
        return "not", "evil-"
    if not label.endswith("%"):
        return "x", ".evil."
    return "x", ".evil.example" if at + 1 == len(text) else ".evil"


def _filled(text: str, at: int, filling: str) -> str:
    rest = text[at + 1 :].replace("%", "x").replace("_", "x")
    return (text[:at].replace("_", "x") + filling + rest).replace("\\", "").lower()


RULE = Rule(
    name="mid-label-wildcard",
    summary="A wildcard inside a label of a host name",
    rationale="""
It is a common belief that % works between dots only and that a server rejects `www%.com`. No server since MySQL 5.5
does: % stands for any text, dots included, anywhere in the value. `www%.com` matches www1.com, and it also matches
www.evil.com, whose owner decides what its reverse look-up says. `%example.com` matches notexample.com.
""",
    help="Put the wildcard in the place of whole labels on the left ('%.example.com'), or use addresses.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=LETTERS, forms=("other",)),
    bad=(
        """\
users:
  - user: app
    host: 'www%.com'  # expect: mid-label-wildcard
    authentication: {secret: vault:db/app}
  - user: web
    host: '%example.com'  # expect: mid-label-wildcard
    authentication: {secret: vault:db/web}
  - user: batch
    host: 'db%'  # expect: mid-label-wildcard
    authentication: {secret: vault:db/batch}
""",
        """\
CREATE USER 'app'@'www%.example.com' IDENTIFIED BY RANDOM PASSWORD;  -- expect: mid-label-wildcard
""",
    ),
    good=(
        """\
users:
  - user: app
    host: '%.example.com'
    authentication: {secret: vault:db/app}
  - user: report
    host: '10.1%'
    authentication: {secret: vault:db/report}
""",
        """\
users:
  - user: app
    host: '2001:db8:a%'
    authentication: {secret: vault:db/app}
  - user: web
    host: web1.example.com
    authentication: {secret: vault:db/app}
""",
    ),
)
