"""The stages of a Dockerfile: the last one's image, variables, start, and what it copies, as Docker builds it.

Source: Docker's reference of the Dockerfile (FROM, ENV, COPY, ENTRYPOINT, parser directives, here-documents).
"""

import re
from collections.abc import Iterator

from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.images.environment import Variable, is_secret

_CONTINUED = re.compile(r"\\[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*")
_HERE = re.compile(r"""<<-?["']?(?P<end>[A-Za-z_]\w*)""")
_ESCAPE = re.compile(r"\A(?:#[^\n]*\n)*#[ \t]*escape[ \t]*=", re.IGNORECASE)
_INSTRUCTION = re.compile(r"^[ \t]*(?P<name>[A-Za-z]+)[ \t]+(?P<rest>[^\n]*)$", re.MULTILINE)
_FROM = re.compile(r"(?:--\S+[ \t]+)*(?P<image>\S+)(?:[ \t]+[Aa][Ss][ \t]+(?P<stage>\S+))?")
_LIKELY = re.compile(r"PASS|PWD|CREDENTIAL|AUTH", re.IGNORECASE)  # one instruction holds many, and is shown whole
_PAIR = re.compile(r"""[ \t]*(?P<name>[A-Za-z_]\w*)=(?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|(?:\\.|[^\s"'\\])*)(?=\s|\Z)""")
_SINGLE = re.compile(r"[ \t]*(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>.*)")


class Copy(NamedTuple):
    """Files of the project that a stage copies into the image.

    `from_stage`: they come from another image. `files` is None where a pattern or a variable names them.
    """

    files: tuple[str, ...] | None
    inside: str
    from_stage: bool


class Stage(NamedTuple):
    """One stage: its image, variables, what it starts, and what it copies."""

    image: Text
    written: str
    variables: dict[str, Variable]
    starts: dict[str, str]
    copies: list[Copy]


def brings_its_start(stage: Stage) -> bool:
    """Return whether a stage seems to copy in what it starts by."""
    return "ENTRYPOINT" in stage.starts and any(
        copy.inside.endswith(("entrypoint.sh", "/bin/", "/bin")) for copy in stage.copies
    )


def stage_of(source: Source, target: str = "") -> Stage | None:
    """Return the stage that makes the image. The last one, or that of a name.

    None where nobody knows it.
    """
    text = source.text
    if _ESCAPE.match(text):
        return None
    stages: dict[str, Stage] = {}
    stage: Stage | None = None
    for found in _INSTRUCTION.finditer(_joined(text)):
        name, rest, at = found["name"].upper(), found["rest"].rstrip(), found.start("rest")
        if name == "FROM":
            stage = _begun(source, rest, at, stages)
        elif stage is None:
            continue
        elif name == "ENV":
            stage.variables.update(_variables(source, rest, at))
        elif name in {"ENTRYPOINT", "CMD"}:
            stage.starts[name] = " ".join(re.findall(r"[^\s\"\[\],]+", rest))
        elif name in {"COPY", "ADD"} and rest:
            stage.copies.append(_copy(rest))
    return stages.get(target.lower()) if target else stage


def _copy(rest: str) -> Copy:
    words = rest.split() if "[" not in rest else re.findall(r"[^\s\"\[\],]+", rest)
    flags = [word for word in words if word.startswith("--")]
    *files, inside = [word for word in words if word not in flags] or [""]
    known = not any(sign in word for word in files for sign in "$*?\\") and bool(files)
    return Copy(tuple(files) if known else None, inside, any(flag.startswith("--from") for flag in flags))


def _joined(text: str) -> str:
    """Return the text with each instruction on one line.

    Here-documents are left out.
    """
    lines: list[str] = []
    end = ""
    for line in text.split("\n"):
        inside = bool(end)
        if inside and line.strip() == end:
            end = ""
        elif not inside and (here := _HERE.search(line)) and not line.lstrip().upper().startswith(("#", "ENV")):
            end = here["end"]
        lines.append(" " * len(line) if inside else line)
    return _CONTINUED.sub(_blank, "\n".join(lines))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _begun(source: Source, rest: str, at: int, stages: dict[str, Stage]) -> Stage | None:
    found = _FROM.match(rest)
    if found is None:
        return None
    before = stages.get(found["image"].lower())
    if before is not None:
        stage = Stage(before.image, before.written, {**before.variables}, {**before.starts}, [*before.copies])
    else:
        start, end = at + found.start("image"), at + found.end("image")
        written = found["image"]
        image: Text = Located(written, source, start, end)
        if "$" in written:
            image = Unresolved("a build argument", source, start, end)
        stage = Stage(image, written, {}, {}, [])
    if found["stage"]:
        stages[found["stage"].lower()] = stage
    return stage


def _variables(source: Source, rest: str, at: int) -> Iterator[tuple[str, Variable]]:
    """Yield the variables of an ENV, `NAME=value ...` or `NAME value`."""
    pair = _PAIR.match(rest)
    if pair is None:
        single = _SINGLE.match(rest)
        if single is not None:
            yield single["name"], _variable(source, single, at)
        return
    while pair is not None:
        yield pair["name"], _variable(source, pair, at)
        pair = _PAIR.match(rest, pair.end())


def _variable(source: Source, found: re.Match[str], at: int) -> Variable:
    start, end = at + found.start("value"), at + found.end("value")
    value = found["value"]
    if is_secret(found["name"]) or _LIKELY.search(found["name"]):
        source.hide(start, end)
    line = Span(source, at + found.start("name"), end)
    quote = value[:1] if value[:1] in {"'", '"'} and value[-1:] == value[:1] and len(value) > 1 else ""
    if quote:
        value, start, end = value[1:-1], start + 1, end - 1
    if quote != "'" and ("$" in value or "\\" in value):
        return Variable(Unresolved("a build argument, or an escape of the Dockerfile", source, start, end), line)
    return Variable(Located(value, source, start, end), line)
