"""Scalars of YAML that every reader takes for the same text."""

import re

from grantlint.reader.formats.policy.scalars import plain_value
from grantlint.report.visible import visible_each

_PLAIN = re.compile(r"[A-Za-z_][\w./-]*(?:[: ][\w./-]+)*\Z", re.ASCII)
_BROKEN = r"#\x23"  # two are how a command to a build server begins


def scalar(text: str, *, quoted: bool = False) -> str:
    r"""Return a text as a YAML scalar that all readers read alike.

    Nothing in it is invisible. Half of a surrogate pair, which YAML does not have, is spelled as text.

    >>> print(scalar("app"), scalar("no"), scalar("it's %"), scalar("a\nb"))
    app 'no' 'it''s %' "a\nb"
    """
    if not text.isascii() or not text.isprintable() or "##" in text:  # what an output lacks is escaped as YAML does
        written = "".join(map(_escaped, text, visible_each(text)))
        return f'"{written.replace("##", _BROKEN)}"'
    if quoted or not _PLAIN.match(text) or not isinstance(plain_value(text), str):
        return "'" + text.replace("'", "''") + "'"
    return text


def _escaped(character: str, shown: str) -> str:
    if character in '"\\' or "\ud800" <= character <= "\udfff":
        return f"\\{shown}"
    return shown  # the escapes are those of YAML, too
