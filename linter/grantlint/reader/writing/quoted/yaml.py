"""The scalars of a YAML file, and the scripts in them."""

from bisect import bisect_right
from functools import lru_cache
from typing import cast

from grantlint.model.location import Source
from grantlint.reader.writing.quoted.string import Quoted
from grantlint.reader.writing.quotes import BARE, YAML_DOUBLE, YAML_SINGLE, Quotes
from grantlint.reader.yaml.blanking import blanked, has_templates
from grantlint.reader.yaml.library import Mark, ScalarEvent, YAMLError
from grantlint.reader.yaml.nodes import ScalarNode, value_span
from grantlint.reader.yaml.parser import end_of, parser, start_of

_IN_YAML = {"'": YAML_SINGLE, '"': YAML_DOUBLE}
_LITERAL = "|"  # the one style of YAML that keeps line breaks


def quoted_at(source: Source, offset: int) -> Quoted | None:
    """Return the scalar around a place. With the quotes of a script in it; None where it is in none."""
    readable, scalars = _scalars(source)
    index = bisect_right(scalars, offset, key=start_of) - 1
    if index < 0 or end_of(scalars[index]) < offset:
        return None
    scalar = scalars[index]
    _, start, end = value_span(source, start_of(scalar), end_of(scalar))
    quotes: tuple[Quotes, ...] = ()
    if len(scalar.value.split(None, 1)) > 1:  # one word is no script
        from grantlint.reader.formats.yaml_scripts.document import passage_of  # noqa: PLC0415 - it loads the shell's parser
        from grantlint.reader.writing.quoted.shell import quotes_of  # noqa: PLC0415 - as above

        quotes = quotes_of(source, start, passage_of(scalar, source, readable), offset)
    in_yaml = _IN_YAML.get(scalar.style or "", BARE)
    return Quoted(start, end, (in_yaml, *quotes), is_folded=scalar.style != _LITERAL)


@lru_cache(maxsize=4)
def _scalars(source: Source) -> tuple[Source, list[ScalarNode]]:
    """Return the scalars of a source in order, and the source that they were read from, its templates made blank."""
    readable = Source(source.path, blanked(source.text)) if has_templates(source.text) else source
    found: list[ScalarNode] = []
    events = parser(readable.text)
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, ScalarEvent):
                found.append(ScalarNode("", event.value, _mark(event.start_mark), _mark(event.end_mark), event.style))
    except YAMLError:
        pass  # what stands before the fault was read, and more is not asked for
    finally:
        events.dispose()
    return readable, found


def _mark(mark: object) -> Mark | None:
    return cast("Mark | None", mark)  # the stubs know two kinds of marks, and nodes with one
