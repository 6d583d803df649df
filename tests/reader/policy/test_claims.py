"""Which files are policies."""

import pytest

from grantlint.reader.files.formats import format_named
from grantlint.reader.files.words import Sieve

POLICY = format_named("policy")


@pytest.mark.parametrize(
    "text",
    [
        "users:\n- user: app\n  host: h\n",
        "users: [{user: app}]\n",
        "users:\n  - name: app\n    host: '%'\n",
        "# all\nserver:\n  product: mysql-8.4\n",
        "server: {name: a, product: mysql-8.4}\n",
        "roles:\n- role: r\n",
        "hosts:\n- {name: web, addresses: [10.0.0.1]}\n",
        "# yaml-language-server: $schema=../policy.schema.json\nx-a: 1\n",
    ],
)
def test_a_policy_is_claimed_and_holds_a_needle(text: str) -> None:
    assert POLICY is not None
    assert POLICY.claims("a.yml", text)
    assert Sieve([POLICY.words]).matches(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "users:\n  - name: bob\n    groups: wheel\n    shell: /bin/bash\n",
        "server:\n  port: 8080\n  host: localhost\n",
        "- hosts: db\n  roles:\n    - role: mysql\n",
        "apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user: {token: x}\n",
        "  users:\n  - user: a\n",
        "roles:\n  - src: https://example.org/a.git\n",
        "users:\n- name: app\n  assignments:\n  - project: x\n    role: member\n",
    ],
)
def test_another_file_is_not(text: str) -> None:
    assert POLICY is not None
    assert not POLICY.claims("a.yml", text)
