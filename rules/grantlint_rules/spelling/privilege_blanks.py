"""privilege-blanks: a blank in Ansible's `priv`, which makes another privilege of one."""

import re
from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Effect,
    Grant,
    Located,
    Problem,
    Profile,
    Retype,
    Rule,
    ServerSettings,
    Severity,
    Span,
    each_account,
)

_BETWEEN = ":,'\""
_BLANKS = re.compile(r"(?:(?<=[:,])|\A) +| +(?=,)")
_STATEMENT = re.compile(r"grant\s", re.IGNORECASE)  # of a task that sends SQL
_BEFORE_NEXT = re.compile(r" +(?=,)")
_NEAR = 200  # characters before a target in which its text begins
_IN_A_TEXT = re.compile(r"(?:['\"/]|[|>][-+1-9]*[ ]*\n|/[ ]*\n)[ ]*\Z")
"""What stands before a target within a text: its quote, the sign of a block, or the end of the target before."""


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag the first privilege of each `priv` that has blanks around it."""
    del settings
    for grant in account.grants:
        source, start, end = grant.span
        if source.format != "ansible" or source.text.find(" ", start, end) < 0 or _STATEMENT.match(source.text, start):
            continue
        listed = [leaf for leaf in grant.privileges if isinstance(leaf, Located)]
        with_columns = any(leaf.value.columns for leaf in listed)  # then the module splits at commas and blanks
        for leaf in listed[:1] if with_columns else listed:
            blanks = _blanks_before(leaf.span) or (_blanks_behind(leaf.span) if leaf is not listed[-1] else None)
            if blanks is not None and not _is_behind_a_key(blanks, grant):
                yield Problem(
                    f"the module takes the blank for a part of the name: it revokes and grants {leaf.value.name} "
                    "in every run",
                    leaf.span,
                    remedy=_without(blanks, leaf.span if with_columns else listed[-1].span),
                )
                break


def _without(first: Span, last: Span) -> Retype:
    """Return that no blank stands before any of the privileges."""
    source, start, _ = first
    text = source.text[start : last.start]
    if "\n" in text:
        return Retype(first, "", Effect.NONE)
    return Retype(Span(source, start, last.start), _BLANKS.sub("", text), Effect.NONE)


def _is_behind_a_key(blanks: Span, grant: Grant) -> bool:
    """Return whether YAML's own colon stands before the blanks, so that they are in no text."""
    source, start, _ = blanks
    if source.text[start - 1] != ":":
        return False
    target = grant.target.span
    if target.source is not source:  # the privileges are a variable of another file than the database
        return True
    begins = _IN_A_TEXT.search(source.text, max(target.start - _NEAR, 0), target.start)
    return source.text[target.end : target.end + 1] in {"'", '"', ""} or not begins


def _blanks_before(span: Span) -> Span | None:
    """Return the blanks between a privilege and the sign before it, on one line; None where there are none."""
    source, start, _ = span
    ahead = source.text[:start].rstrip(" ")
    return Span(source, len(ahead), start) if len(ahead) < start and ahead[-1:] and ahead[-1] in _BETWEEN else None


def _blanks_behind(span: Span) -> Span | None:
    """Return the blanks between a privilege and the comma behind it."""
    source, _, end = span
    behind = _BEFORE_NEXT.match(source.text, end)
    return Span(source, end, behind.end()) if behind else None


RULE = Rule(
    name="privilege-blanks",
    summary="A blank before a privilege in Ansible's priv",
    rationale="""
mysql_user splits `priv` at its commas and colons and keeps the blanks: ` INSERT` is no privilege that the account has,
and INSERT is none that the task asks for. So every run revokes it, grants it again and says that it changed something,
and in between the application is refused. (community.mysql, module_utils/user.py, privileges_unpack and user_mod.)
""",
    help="Write the privileges without blanks: 'shop.*:SELECT,INSERT'.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants",),
    check=each_account(check, has="blank in priv"),
    bad=(
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.*:SELECT, INSERT, UPDATE"  # expect: privilege-blanks
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv:
          'shop.*': 'SELECT, INSERT'  # expect: privilege-blanks
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.orders: SELECT (id),INSERT"  # expect: privilege-blanks
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: web
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv:
          shop.*: " SELECT"  # expect: privilege-blanks
    - community.mysql.mysql_user:
        name: other
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: &reads "shop.*:SELECT ,INSERT , UPDATE"  # expect: privilege-blanks
""",
    ),
    good=(
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.*:SELECT,INSERT/ stock.*:SELECT"
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.orders:SELECT (id), INSERT"
    - community.mysql.mysql_user:
        name: web
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: {"shop.*": SELECT , stock.*: "SELECT ,"}
    - community.mysql.mysql_user:
        name: other
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv:
          shop.*:   SELECT
          'stock.*': 'SELECT'
          old.*: SELECT
    - community.mysql.mysql_query:
        query: "GRANT SELECT, INSERT ON shop.* TO 'other'@'10.0.3.7'"
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, INSERT ON shop.* TO 'app'@'10.0.3.7';
""",
    ),
)
