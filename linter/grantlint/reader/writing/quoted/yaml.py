"""The scalars of a YAML file, and the scripts in them."""

from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter

from grantlint.model.location import Source
from grantlint.platform.typed import cast
from grantlint.reader.writing.quoted.string import Quoted
from grantlint.reader.writing.quoted.yaml_lines import scalar_at, simple_lines
from grantlint.reader.writing.quotes import BARE, YAML_DOUBLE, YAML_SINGLE, Quotes
from grantlint.reader.yaml.blanking import readable_of
from grantlint.reader.yaml.library import Mark, ScalarEvent, YAMLError
from grantlint.reader.yaml.nodes import ScalarNode, value_span
from grantlint.reader.yaml.parser import end_of, parser

_IN_YAML = {"'": YAML_SINGLE, '"': YAML_DOUBLE}
_START = attrgetter("start_mark.index")
_LITERAL = "|"  # the one style of YAML that keeps line breaks


def quoted_at(source: Source, offset: int) -> Quoted | None:
    """Return the scalar around a place. With the quotes of a script in it; None where it is in none."""
    readable, known = _lines(source)
    alone = scalar_at(readable.text, offset) if offset < known else None
    if alone is not None and len(alone.value.split(None, 1)) <= 1:
        return Quoted(alone.start, alone.end, (_IN_YAML.get(alone.style, BARE),))
    starts, scalars = _scalars(readable)
    index = bisect_right(starts, offset) - 1
    if index < 0 or end_of(scalars[index]) < offset:
        return None
    found = scalars[index]
    _, start, end = value_span(source, starts[index], end_of(found))
    quotes: tuple[Quotes, ...] = ()
    if len(found.value.split(None, 1)) > 1:  # one word is no script
        from grantlint.reader.formats.yaml_scripts.document import passage_of  # noqa: PLC0415 - it loads the shell's parser
        from grantlint.reader.writing.quoted.shell import quotes_of  # noqa: PLC0415 - as above

        scalar = ScalarNode("", found.value, _mark(found.start_mark), _mark(found.end_mark), found.style)
        quotes = quotes_of(source, start, passage_of(scalar, source, readable), offset)
    in_yaml = _IN_YAML.get(found.style or "", BARE)
    return Quoted(start, end, (in_yaml, *quotes), is_folded=found.style != _LITERAL)


@lru_cache(maxsize=4)
def _lines(source: Source) -> tuple[Source, int]:
    """Return the source that is read, its templates made blank, and how far its lines tell their scalars alone."""
    readable = readable_of(source)
    return readable, simple_lines(readable.text)


@lru_cache(maxsize=4)
def _scalars(readable: Source) -> tuple[list[int], list[ScalarEvent]]:
    """Return where the scalars of a source begin, and them in order."""
    found: list[ScalarEvent] = []
    events = parser(readable.text)
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, ScalarEvent):
                found.append(event)
    except YAMLError:
        pass  # what stands before the fault was read, and more is not asked for
    finally:
        events.dispose()
    return [*map(_START, found)], found


def _mark(mark: object) -> Mark | None:
    return cast("Mark | None", mark)  # the stubs know two kinds of marks, and nodes with one
