"""The names of PyYAML that are used here: they come from here, so that it is imported in one way.

Its expressions are compiled when they are used, and nothing here uses them: they belong to its parser in Python and to
what it makes of scalars. That is a fifth of the instructions of a run over one small file.
"""

from grantlint.platform.pattern import compiled_late

with compiled_late():
    from yaml.composer import Composer
    from yaml.error import Mark, MarkedYAMLError, YAMLError
    from yaml.events import (
        AliasEvent,
        CollectionEndEvent,
        CollectionStartEvent,
        DocumentStartEvent,
        Event,
        MappingEndEvent,
        MappingStartEvent,
        NodeEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
    from yaml.parser import Parser as YamlParser
    from yaml.reader import Reader
    from yaml.scanner import Scanner, ScannerError

__all__ = [
    "AliasEvent", "CollectionEndEvent", "CollectionStartEvent", "Composer", "DocumentStartEvent", "Event",
    "MappingEndEvent", "MappingNode", "MappingStartEvent", "Mark", "MarkedYAMLError", "Node", "NodeEvent", "Reader",
    "ScalarEvent", "ScalarNode", "Scanner", "ScannerError", "SequenceEndEvent", "SequenceNode", "SequenceStartEvent",
    "StreamEndEvent", "YAMLError", "YamlParser",
]  # fmt: skip
