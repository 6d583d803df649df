"""What a mapping holds, against what PyYAML up to 6.0.3 puts together: merged pairs first, then its own, the last wins.

6.0.4 tells merged keys apart by the identity of their texts: of a list under `<<` any of several may win there.
"""

from hypothesis import given
from hypothesis import strategies as st

from grantlint.model.location import Source
from grantlint.reader.formats.ansible.values.nodes import entries as nodes_of
from grantlint.reader.yaml.mapping import entries
from grantlint.reader.yaml.nodes import Node, ScalarNode, documents

ANCHORS = "abc"
Pair = tuple[str, int] | tuple[str, str | list[str]]
values = st.tuples(st.sampled_from(["host", "user", "priv"]), st.integers(0, 9))


def merges(earlier: str) -> st.SearchStrategy[Pair]:
    one = st.sampled_from(earlier)
    return st.tuples(st.just("<<"), st.one_of(one, st.lists(one, min_size=1, max_size=3)))


@st.composite
def trees(draw: st.DrawFn) -> dict[str, list[Pair]]:
    """Draw mappings by anchor, each of keys with numbers and of merges of those before it."""
    return {
        anchor: draw(st.lists(st.one_of(values, merges(ANCHORS[:at])) if at else values, min_size=1, max_size=5))
        for at, anchor in enumerate(ANCHORS)
    }


def written(value: int | str | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return f"*{value}" if isinstance(value, str) else str(value)


def flat(anchor: str, tree: dict[str, list[Pair]]) -> list[tuple[str, int]]:
    merged: list[tuple[str, int]] = []
    own: list[tuple[str, int]] = []
    for key, value in tree[anchor]:
        if isinstance(value, int):
            own.append((key, value))
        else:
            for name in reversed(value) if isinstance(value, list) else [value]:
                merged += flat(name, tree)
    return merged + own


def number(node: Node) -> int:
    assert isinstance(node, ScalarNode)
    return int(node.value)


@given(trees())
def test_the_last_of_a_repeated_key_or_merge_wins_and_of_a_list_the_first(tree: dict[str, list[Pair]]) -> None:
    lines = [
        f"{anchor}: &{anchor} {{{', '.join(f'{key}: {written(value)}' for key, value in pairs)}}}"
        for anchor, pairs in tree.items()
    ]
    (root,) = documents(Source("a.yml", "\n".join(lines) + "\n"))
    assert isinstance(root, Node)
    for anchor, entry in entries(root).items():
        told = {key: number(inner.value) for key, inner in entries(entry.value).items()}
        assert told == dict(flat(anchor, tree))
        assert told == {key: number(node) for key, node in nodes_of(entry.value).items()}
