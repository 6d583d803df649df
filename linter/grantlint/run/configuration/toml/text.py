"""Values as TOML: what `grantlint config` shows and `grantlint init` writes."""

import re
from collections.abc import Mapping, Sequence

from grantlint.platform.typed import cast

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


def written(value: object) -> str:
    """Return a value as TOML.

    It is a text, a number, a flag, a list of them, or a table in a line.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return f"{{ {', '.join(f'{key(name)} = {written(one)}' for name, one in pairs)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, cast('Sequence[object]', value)))}]"
    return str(value)


def key(name: str) -> str:
    """Return a key, in quotes where TOML wants them."""
    return name if _BARE.fullmatch(name) else text(name)


def text(words: str) -> str:
    """Return a text in double quotes."""
    return f'"{_ESCAPED.sub(lambda found: _escape(found[0]), words)}"'


def _escape(character: str) -> str:
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"
