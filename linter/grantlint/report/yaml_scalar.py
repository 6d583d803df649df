"""Scalars of YAML that every reader takes for the same text."""

import re

from grantlint.reader.policy.scalars import plain_value

_PLAIN = re.compile(r"[A-Za-z_][\w./-]*(?:[: ][\w./-]+)*\Z", re.ASCII)
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\xa0\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff\u2028\u2029]*\Z")


def scalar(text: str, *, quoted: bool = False) -> str:
    r"""Return a text as YAML that every reader takes for that text.

    >>> print(scalar("app"), scalar("no"), scalar("it's %"), scalar("a\nb"))
    app 'no' 'it''s %' "a\nb"
    """
    if not _PRINTABLE.match(text):
        return '"' + "".join(map(_escaped, text)) + '"'
    if quoted or not _PLAIN.match(text) or not isinstance(plain_value(text), str):
        return "'" + text.replace("'", "''") + "'"
    return text


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    code = ord(character)
    if _PRINTABLE.match(character):
        return character
    return {10: "\\n", 9: "\\t", 13: "\\r"}.get(code, f"\\x{code:02x}" if code < 1 << 8 else f"\\u{code:04x}")
