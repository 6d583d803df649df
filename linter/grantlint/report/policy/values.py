"""Values of declarations as a policy writes them: those that may be shown, and what stands in for the others."""

import re
from collections.abc import Iterable

from grantlint.model import Account, Credential, Secrecy
from grantlint.model.location import Flag, Implied, Located, Text, Unresolved
from grantlint.reader.formats.policy.accounts import KNOWN_STORES
from grantlint.reader.formats.policy.binding import TEMPLATE
from grantlint.report.policy.scalar import scalar
from grantlint.report.secrecy.hidden import Hidden

UNKNOWN = "{{ unresolved }}"
PLACEHOLDER = "vault:TODO/"

_JUST_A_NAME = re.compile(r"""['"]?(\{\{\s*[\w.]+\s*\}\}|\$\{\w+\})['"]?\Z""")
_REFERENCE = re.compile(r"""['"]?([a-z][a-z0-9+.-]*:[\w./:@#+-]+)['"]?\Z""")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


class Values:
    """The values of one document as a policy has them.

    `unknown` counts those that a run alone could know. `hidden` are the parts of sources that must not be shown, for
    all documents of a policy.
    """

    def __init__(self, hidden: Hidden) -> None:
        self.unknown = 0
        self._hidden = hidden
        self._secrets: dict[str, list[Credential]] = {}

    def flow(self, leaves: Iterable[Text]) -> str:
        """Return a list in one line."""
        return f"[{', '.join(self.scalar(leaf) for leaf in leaves)}]"

    def scalar(self, leaf: Text, *, quoted: bool = False) -> str:
        """Return a value as a scalar.

        A template that is just a name stays what it is.
        """
        known = self.known(leaf)
        if known is not None:
            return scalar(known, quoted=quoted)
        written = leaf.source.text[leaf.start : leaf.end]
        template = _JUST_A_NAME.match(written) if isinstance(leaf, Unresolved) else None
        if template and template[1] != UNKNOWN and not self._hidden.touches(leaf.span):
            return scalar(template[1])
        return self.unknown_value()

    def flag(self, flag: Flag) -> str:
        """Return true, false or the stand-in for either."""
        if isinstance(flag, Unresolved):
            return self.unknown_value()
        return "true" if flag.value else "false"

    def unknown_value(self, rest: str = "") -> str:
        """Return the stand-in for an unresolved value, and count it.

        `rest`: what is known to stand behind it.
        """
        self.unknown += 1
        return scalar(UNKNOWN + rest)

    def known(self, leaf: Text) -> str | None:
        """Return a value that a policy may show, else None.

        What a format supplies stands in no file.
        """
        if not isinstance(leaf, Located) or TEMPLATE.search(leaf.value):
            return None
        return None if not isinstance(leaf, Implied) and self._hidden.touches(leaf.span) else leaf.value

    def reference(self, account: Account, credential: Credential) -> str:
        """Return a reference as written, else one to be filled in.

        It is shown as written where it may be.
        """
        source, start, end = credential.span
        if credential.secrecy is Secrecy.REFERENCE and not self._hidden.touches(credential.span):
            written = source.text[start:end]
            found = _REFERENCE.match(written) if KNOWN_STORES.match(written.strip("'\"")) else None
            found = found or _JUST_A_NAME.match(written)
            if found:
                return scalar(found[1])
        known = self.known(account.user)
        name = "unresolved" if known is None else _NOT_IN_A_NAME.sub("_", known) or "anonymous"
        same = self._secrets.setdefault(name, [])
        number = next((at for at, other in enumerate(same) if credential.is_same(other)), len(same))
        if number == len(same):
            same.append(credential)
        return scalar(f"{PLACEHOLDER}{name}-{number + 1}" if number else f"{PLACEHOLDER}{name}")
