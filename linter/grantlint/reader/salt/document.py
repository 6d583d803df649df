"""One SLS file, of states or of a pillar, from its text to its declarations."""

from grantlint.location import Source, Span
from grantlint.model import Declarations, Fault
from grantlint.reader.blanking import blanked, has_templates
from grantlint.reader.salt.leaves import Leaves
from grantlint.reader.salt.ledger import Ledger
from grantlint.reader.salt.pillar import read_pillar
from grantlint.reader.salt.states import read_states
from grantlint.reader.secrets import hide_likely
from grantlint.reader.yaml_mapping import entries
from grantlint.reader.yaml_nodes import MappingNode, documents

_RENDERERS = frozenset({"", "jinja", "yaml", "yamlex", "gpg"})


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the accounts, grants and settings of an SLS file; () where it holds nothing of the kind.

    Jinja is made blank first. Broken YAML is a fault; where it holds templates, it is not checked, nor is what another
    renderer makes (`#!py`).
    """
    ledger = Ledger(source)
    renderer = _other_renderer(source.text)
    if renderer:
        first_line = Span(source, 0, len(source.text.partition("\n")[0]))
        ledger.not_checked("file", f"it is rendered by {renderer}", first_line)
        hide_likely(source)
        return (ledger.found,)
    templates = has_templates(source.text)
    readable = Source(source.path, blanked(source.text)) if templates else source
    leaves = Leaves(source)
    for root in documents(readable):
        if isinstance(root, Fault):
            _broken(root, source, ledger, templates=templates)
        elif isinstance(root, MappingNode):
            read_states(root, leaves, ledger)
            mysql = entries(root).get("mysql")
            if mysql and isinstance(mysql.value, MappingNode):
                read_pillar(mysql.value, leaves, ledger)
    found = ledger.found
    says = found.accounts or found.grants or found.faults or found.not_checked or found.removals or found.server
    return (found,) if says else ()


def _other_renderer(text: str) -> str:
    """Return the renderer that the first line asks for and that is none of Jinja and YAML."""
    if not text.startswith("#!"):
        return ""
    words = [word.split()[0] if word.split() else "" for word in text[2:].partition("\n")[0].split("|")]
    other = next((word for word in words if word not in _RENDERERS), "")
    return other if not other or other.isidentifier() else "a renderer of another name"


def _broken(fault: Fault, source: Source, ledger: Ledger, *, templates: bool) -> None:
    hide_likely(source)
    place = fault.span._replace(source=source)
    if templates:
        ledger.not_checked("parts of the file", "a template that is no YAML by itself", place)
    else:
        ledger.found.faults.append(fault._replace(span=place))
