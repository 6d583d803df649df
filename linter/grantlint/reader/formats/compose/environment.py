"""The variables that a service's container starts with: `environment` over `env_file`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from grantlint.model import Changed
from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.reader.formats.compose.env_files import Setting, env_file
from grantlint.reader.formats.compose.interpolation import TEMPLATE, expanded, swallowed
from grantlint.reader.formats.compose.override import Layer
from grantlint.reader.images.environment import Environment, Variable, is_secret
from grantlint.reader.leaf.changes import in_yaml
from grantlint.reader.tree.surroundings import UnreadError, as_written
from grantlint.reader.yaml.blanking import may_be_filled
from grantlint.reader.yaml.mapping import Entry, entries, is_null
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, span_of

_WHOLE = re.compile(r"\$(?:(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?::?[-?][^${}]*)?\})\Z")
_SHORTEST = 2  # characters of a value in quotes


def environment_of(layers: Sequence[Layer], variables: Mapping[str, str]) -> Environment:
    """Return the environment of a service. variables: those of the `.env` beside the file.

    `layers`: what each file says of it, the later over the earlier; `environment` goes over every `env_file`.
    """
    found: dict[str, Variable] = {}
    unread = ""
    named = [(layer, name) for layer in layers for name in _env_files(layer.service, layer.source, variables)]
    for layer, name in named:
        try:
            settings = env_file(layer.source, layer.folder, name) if name is not None else None
        except UnreadError as error:
            unread = f"the env_file {as_written(name or '')} {error}"
            continue
        if settings is None:
            unread = f"the env_file {as_written(name)} is not here" if name else "the name of the env_file is not known"
            continue
        for key, setting in settings.items():
            found[key] = _from_file(key, setting)
    for layer in layers:
        source = layer.source
        declared = layer.service.get("environment")
        if declared is None:
            continue
        if isinstance(declared.value, SequenceNode):
            made = _listed(declared.value, source, variables)
        elif _is_template(declared.value):
            unread = "the environment is a template"
            made = iter(())
        else:
            made = _mapped(declared.value, source, variables)
        found.update((name, _where_it_stands(name, variable, layer)) for name, variable in made)
        if may_be_filled(source, declared.value, empty=is_null(declared.value)):
            unread = "a template may add variables"
    return Environment(found, unread)


def _is_template(node: Node) -> bool:
    """Whether a template stands for the whole environment; `{{ x }}` without quotes is a mapping in a mapping."""
    if isinstance(node, ScalarNode):
        return expanded(node.value, {}).text is None
    return isinstance(node, MappingNode) and any(not isinstance(key, ScalarNode) for key, _ in node.value)


def text_of(node: Node, source: Source, variables: Mapping[str, str]) -> Text:
    """Return a scalar with its variables replaced by their values. Its place is without quotes."""
    span = span_of(source, node)
    if not isinstance(node, ScalarNode):
        return Unresolved(TEMPLATE, *span)
    value = expanded(node.value, variables)
    if value.text is None:
        return Unresolved(value.reason, *span)
    return Located(value.text, *span)


def _from_file(name: str, setting: Setting) -> Variable:
    span = Span(setting.source, setting.start, setting.end)
    changed = None
    if setting.cut:
        changed = Changed("a blank and # begin a comment in it", "Put it in single quotes.", span)
    text: Text = Located(setting.value, *span) if setting.literal else Unresolved("a variable in the env_file", *span)
    return Variable(text, span, elsewhere=not _is_password(name) or not setting.is_published, changed=changed)


def _is_password(name: str) -> bool:
    return is_secret(name) and "_HASH" not in name


def _where_it_stands(name: str, made: Variable, layer: Layer) -> Variable:
    """Return a password that is a variable of the `.env` beside the file at its place there, if git keeps that."""
    if not made.elsewhere or not _is_password(name):
        return made
    written = made.text.source.text[made.text.start : made.text.end].strip("'\"")
    whole = _WHOLE.match(written)
    if whole is None:
        return made
    try:
        setting = (env_file(layer.source, layer.folder, ".env") or {}).get(whole["name"] or whole["braced"])
    except UnreadError:
        return made
    if setting is None or not setting.is_published:
        return made
    span = Span(setting.source, setting.start, setting.end)
    return made._replace(text=Located(setting.value, *span), elsewhere=False)


def _mapped(node: Node, source: Source, variables: Mapping[str, str]) -> Iterator[tuple[str, Variable]]:
    for name, entry in entries(node).items():
        value = span_of(source, entry.value)
        line = Span(source, entry.key.start_mark.index, max(value.end, entry.key.end_mark.index))
        if is_secret(name):
            source.hide(*value[1:])
        if is_null(entry.value):
            yield name, Variable(Unresolved(f"{name} is a variable of the environment", *line), line)
        else:
            made = _variable(entry.value, line, source, variables)
            if isinstance(made.text, Located) and isinstance(entry.value, ScalarNode):
                made = made._replace(changed=made.changed or in_yaml(entry.value, value, go=True))
            yield name, made


def _listed(node: SequenceNode, source: Source, variables: Mapping[str, str]) -> Iterator[tuple[str, Variable]]:
    for item in node.value:
        if not isinstance(item, ScalarNode):
            continue
        line = span_of(source, item)
        name, sign, value = item.value.partition("=")
        name = name.strip()
        at = source.text.find("=", line.start, line.end) + 1
        closing = 1 if item.style in {'"', "'"} else 0
        if is_secret(name) and sign:
            source.hide(at, line.end)
        if not sign:
            yield name, Variable(Unresolved(f"{name} is a variable of the environment", *line), line)
        else:
            piece = ScalarNode("", value, item.start_mark, item.end_mark, item.style)
            made = _variable(piece, line, source, variables)
            place = Span(source, at, max(at, line.end - closing))
            text = made.text
            exact = Located(text.value, *place) if isinstance(text, Located) else Unresolved(text.reason, *place)
            yield name, made._replace(text=exact, changed=made.changed or _quoted(value, place))


def _quoted(value: str, place: Span) -> Changed | None:
    if len(value) < _SHORTEST or value[0] not in "'\"" or value[-1] != value[0]:
        return None
    return Changed("in an item of a list the quotes belong to the value", "Leave them out, or use a mapping.", place)


def _variable(node: Node, line: Span, source: Source, variables: Mapping[str, str]) -> Variable:
    text = text_of(node, source, variables)
    if not isinstance(node, ScalarNode):
        return Variable(text, line)
    changed = None
    if swallowed(node.value, variables):
        changed = Changed("Compose takes a `$` in it for a variable", "Write $$ for each dollar sign.", text.span)
    return Variable(text, line, expanded(node.value, variables).from_file, changed)


def _env_files(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> Iterator[str | None]:
    """Yield the files that `env_file` names, in their order; None for a name that is not known."""
    entry = service.get("env_file")
    if entry is None or is_null(entry.value):
        return
    for node in entry.value.value if isinstance(entry.value, SequenceNode) else [entry.value]:
        path = entries(node).get("path")
        if path is None and not isinstance(node, ScalarNode):
            continue
        text = text_of(path.value if path else node, source, variables)
        yield text.value if isinstance(text, Located) else None
