"""What a policy is known by: its schema's name, or its sections at the left margin."""

import re

from grantlint.platform.pattern import LinePattern, Pattern


def claims(path: str, text: str) -> bool:
    """Return whether a file is a policy.

    It names the schema, or has a policy's sections at the margin and its keys in them.

    `users:` with `name`, `groups` and `shell` is a list for another machine, `server:` with `port` another server.
    """
    del path
    if "policy.schema.json" in text[:1000]:
        return True
    from_margin = f"\n{text}"
    if "\napiVersion:" in from_margin or not any(
        opening.search(from_margin) and keys.in_a_line_of(text) for opening, keys in _SECTIONS.values()
    ):
        return False
    at_margin = {*_MARGIN_KEY.findall(text[:_MARGIN_SAMPLE])}
    # Else it is data for something else, with a section of that name among others.
    return len(at_margin - _SECTIONS.keys()) <= len(at_margin & _SECTIONS.keys())


_MARGIN_KEY = Pattern(r"^([\w.:-]*\w)[ \t]*:(?!\S|[ \t]*&)", re.MULTILINE)  # one that holds an anchor is a note
_MARGIN_SAMPLE = 1 << 16  # characters: enough to see what a file is, and cheap on a large one
_LIST = r":(?:[ \t\r]*(?:\#[^\n]*)?\n)*[ \t]*[-\[&*!]"
_USER_KEY = LinePattern(
    ("user", "host", "grants", "priv", "authentication"),
    r"""^[^#\n]*[ \t{,\[-]["']?(?:user|hosts?|grants|privileges|priv|authentication)["']?:(?!\S)""",
)
_ROLE_KEY = LinePattern(
    ("role", "grants", "priv"), r"""^[^#\n]*[ \t{,\[-]["']?(?:role|grants|privileges|priv)["']?:(?!\S)"""
)
_SECTIONS = {
    "users": (Pattern(rf"\nusers{_LIST}"), _USER_KEY),
    "roles": (Pattern(rf"\nroles{_LIST}"), _ROLE_KEY),
    "hosts": (
        Pattern(rf"\nhosts{_LIST}"),
        LinePattern(("addresses:", "dns_names:"), r"^[^#\n]*[ \t{,\[-](?:addresses|dns_names):(?!\S)"),
    ),
    "server": (
        Pattern(r"\nserver:"),
        LinePattern(
            ("product:", "settings:", "administrators:"),
            r"^[^#\n]*[ \t{,](?:product|settings|administrators):(?!\S)",
        ),
    ),
}
