from collections.abc import Callable

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Located, Source
from grantlint.reader.formats.salt.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

PILLAR = r"""
mysql:
  server:
    root_user: admin
    root_password: 'geheim'
    mysqld:
      bind-address: 0.0.0.0
      skip-name-resolve: noarg_present
  user:
    jane:
      password: 'auch'
      hosts: [localhost, '10.%']
      databases:
        - database: my_shop
          grants: ['select', 'insert']
          grant_option: true
        - database: shop
          table: orders
          grants: [update]
    bob:
      password_hash: '*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4'
      host: '%'
      grants: ['all privileges']
    wild:
      host: h
      databases:
        - {database: '`foo\_%%`', grants: [select], escape: false}
    nobody:
      password: ~
      host: localhost
    mine:
      mine_hosts: {target: '*'}
    {{ pillar_user }}:
      host: {{ host }}
    gone:
      host: localhost
      present: false
"""


def test_users_their_grants_and_the_administrator_are_read(accounts: Shown) -> None:
    assert accounts(PILLAR) == [
        r"jane@localhost: SELECT,INSERT ON `my\_shop`.* +GRANT; UPDATE ON shop.orders",
        r"jane@10.%: SELECT,INSERT ON `my\_shop`.* +GRANT; UPDATE ON shop.orders",
        "bob@%: ALL ON *.*",
        r"wild@h: SELECT ON `foo\_%`.*",
        "nobody@localhost",
        "mine@?",
        "?@?",
        "admin@(localhost)",
    ]


def test_settings_removals_and_secrets() -> None:
    source = Source("mysql.sls", PILLAR)
    (found,) = read(source)
    assert found.removals == 1
    assert found.server is not None
    settings = {name: isinstance(value, Located) and value.value for name, value in found.server.settings.items()}
    assert settings == {"bind_address": "0.0.0.0", "skip_name_resolve": "ON"}  # noqa: S104 - a setting in a test
    forms = [each.authentication and each.authentication.credential for each in found.accounts]
    assert [form and form.secrecy for form in forms] == [
        Secrecy.PLAIN, Secrecy.PLAIN, Secrecy.HASH, None, Secrecy.EMPTY, None, None, Secrecy.PLAIN,
    ]  # fmt: skip
    hidden = " ".join(source.text[start:end] for start, end in source.secrets)
    assert all(word in hidden for word in ("geheim", "auch", "*6C89"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mysql:\n  server:\n    root_password: x\n    host: 10.1.2.3\n", []),
        ("mysql:\n  server:\n    root_password: False\n", ["(root)@(localhost)"]),
        ("mysql:\n  user: {{ users }}\n", []),
        ("mysql:\n  user: ~\n", []),
        ("mysql: {{ mysql }}\n", []),
    ],
)
def test_other_shapes(text: str, shown: list[str], accounts: Shown) -> None:
    assert accounts(text) == shown


OF_FORMULAS = """
mysql:
  server:
    users:
    - name: probe
      host: '%'
    - name: check
      password: s3cret
      grants: PROCESS
    - name: shop
      hosts: [a, b]
      password_hash: '*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4'
      databases:
      - database: shop
        grants: [select, insert]
        grant_option: True
      - {database: shop, table: orders, grants: all privileges}
    - {host: x}
    database:
      my_mail:
        users:
        - {name: mail, host: c, password: s3cret, rights: all privileges}
        - {name: read, host: c, password: s3cret, rights: select, database: my_mail.inbox}
"""


def test_users_of_the_pillar_of_salt_formulas_are_read(accounts: Shown, reading: Reading) -> None:
    assert accounts(OF_FORMULAS) == [
        "probe@%",
        "check@(localhost): PROCESS ON *.*",
        "shop@a: SELECT,INSERT ON shop.* +GRANT; ALL ON shop.orders",
        "shop@b: SELECT,INSERT ON shop.* +GRANT; ALL ON shop.orders",
        r"mail@c: ALL ON `my\_mail`.*",
        r"read@c: SELECT ON my_mail.inbox",
    ]
    (found,) = reading(OF_FORMULAS)
    secrecies = [one.authentication.credential for one in found.accounts if one.authentication]
    assert [one.secrecy for one in secrecies if one] == [
        Secrecy.EMPTY,
        Secrecy.PLAIN,
        Secrecy.HASH,
        Secrecy.HASH,
        Secrecy.PLAIN,
        Secrecy.PLAIN,
    ]
