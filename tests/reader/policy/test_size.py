"""What reading a large policy holds: the accounts, never the nodes that they were made from."""

import gc
import tracemalloc
from collections.abc import Callable

import pytest

from grantlint.model.location import Source
from grantlint.reader.formats.policy.document import read
from grantlint.reader.yaml.items import Mapping
from grantlint.reader.yaml.nodes import documents

pytestmark = pytest.mark.slow

ACCOUNT = """\
  - user: app_{n}
    host: 10.{n}.%
    authentication: {{plugin: caching_sha2_password, secret: 'vault:db/app_{n}'}}
    require: SSL
    grants:
      - privileges: [SELECT, INSERT, UPDATE]
        target: 'shop_{n}.*'
"""
POLICY = "users:\n" + "".join(ACCOUNT.format(n=n) for n in range(500))


def peak(work: Callable[[], object]) -> int:
    """Return the bytes that Python objects took at most while this ran."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_reading_takes_less_than_half_of_what_its_nodes_would() -> None:
    assert peak(lambda: read(Source("p.yml", POLICY))) < 0.5 * peak(lambda: list(documents(Source("p.yml", POLICY))))


def test_no_node_outlives_the_reading() -> None:
    found = read(Source("p.yml", POLICY))
    gc.collect()
    assert len(found[0].accounts) == 500
    assert not [each for each in gc.get_objects() if type(each) is Mapping]


def test_documents_of_nothing_are_none() -> None:
    assert len(read(Source("p.yml", "---\n" * 100 + POLICY + "---\nnull\n" * 100))) == 1
    assert len(read(Source("p.yml", "---\n" * 100))) == 1, "the file was read"
