"""One file of Puppet, a manifest or data, from its text to its declarations."""

import re

from grantlint.location import Source, Span
from grantlint.model import Declarations, Fault, NotChecked
from grantlint.reader.puppet.catalogue import Catalogues
from grantlint.reader.puppet.hiera import read_data
from grantlint.reader.puppet.manifest import Manifest
from grantlint.reader.secrets import hide_likely

_TEMPLATE = re.compile(r"<%|\{%|\{\{")
_HIERA_KEY = re.compile(r"""^(?:---[ \t]+)?["']?(?:::)?mysql::\w+(?:::\w+)?["']?[ \t]*:(?!:)""", re.MULTILINE)


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the accounts, grants and settings of a manifest or of Hiera data, one Declarations for each server.

    () where it holds nothing of the kind. Text that is no Puppet or no YAML is a fault, and what can be read around
    it is read; of a template the faults are not counted.
    """
    catalogues = Catalogues(source)
    if source.path.lower().endswith(".pp") or not _HIERA_KEY.search(source.text):
        _read_manifest(source, catalogues)
    else:
        read_data(source, catalogues)
    return catalogues.declarations()


def _read_manifest(source: Source, catalogues: Catalogues) -> None:
    manifest = Manifest(source)
    for resource in manifest.resources():
        catalogues.add(resource)
    for span in manifest.skipped:
        catalogues.not_checked.append(NotChecked("account", "a resource that is not understood", span))
    if manifest.broken is None:
        return
    hide_likely(source)
    place = Span(source, manifest.broken, manifest.broken + 1)
    if _TEMPLATE.search(source.text):
        catalogues.not_checked.append(NotChecked("parts of the file", "a template of a manifest", place))
    else:
        message = "a quote or bracket is opened and never closed"
        catalogues.faults.append(Fault("syntax-error", message, place, "Close it; what follows may be misread."))
