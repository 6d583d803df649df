"""Odd and broken input is no exception; what another renderer makes is counted; whose files are claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damage import assert_places_in, damaged
from draws import examples
from grantlint.model.location import Source
from grantlint.reader.files.formats import FORMATS, format_named
from grantlint.reader.files.words import Sieve
from grantlint.reader.formats.salt.document import read

GOOD = """
{% for h in hosts %}
app-{{ h }}:
  mysql_user.present:
    - name: app
    - host: {{ h }}
    - names:
      - a:
        - host: '%'
  mysql_grants:
    - present
    - grant: select, insert (a)
    - database: 'my_db.*'
    - user: app
    - escape: False
{% endfor %}
gone: mysql_user.absent
mysql:
  server: {root_password: x, mysqld: {port: 1}}
  user:
    jane:
      hosts: [a, b]
      databases:
        - {database: d, grants: [all]}
"""


@examples(60)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read(Source("init.sls", text))


@examples(150)
@given(st.data())
def test_any_damage_to_a_real_shape_is_read(data: st.DataObject) -> None:
    text = damaged(data, GOOD, ["", '"', "{{", "}}", "{% ", "[", "- ", ": ", "\n", "é", "*a", "&a", "~", "  "])
    assert_places_in(read(Source("init.sls", text)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "{% for %}\n",
        "{% for %}",
        "a: mysql_user.present\n",
        "x:\n  mysql_user.present:\n    - name: {{ a }}\n",
        "[",
        "'",
        "{#",
    ],
)
def test_much_of_anything_is_read(piece: str) -> None:
    read(Source("init.sls", piece * 5_000))


def test_broken_yaml_is_a_fault_and_shows_no_secret() -> None:
    source = Source("init.sls", "a:\n  mysql_user.present:\n    - host: %\n    - password: geheim\n")
    (found,) = read(source)
    assert [fault.rule for fault in found.faults] == ["syntax-error"]
    assert any("geheim" in source.text[start:end] for start, end in source.secrets)


def test_a_template_that_is_no_yaml_is_counted() -> None:
    (found,) = read(Source("init.sls", "{{ macro() }} x: y: z\n  - [\n"))
    assert (found.faults, [each.what for each in found.not_checked]) == ([], ["parts of the file"])


@pytest.mark.parametrize("first", ["#!py", "#!mako|yaml", "#!jinja|pyobjects"])
def test_what_another_renderer_makes_is_counted(first: str) -> None:
    (found,) = read(Source("init.sls", f"{first}\ndef run():\n    return {{'a': 'mysql_user.present'}}\n"))
    assert [each.what for each in found.not_checked] == ["file"]


def test_jinja_and_yaml_may_be_named() -> None:
    (found,) = read(Source("init.sls", "#!jinja|yaml|gpg\na: mysql_user.present\n"))
    assert [str(account) for account in found.accounts] == ["'a'@'localhost'"]


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("init.sls", GOOD, True),
        ("init.sls", "x:\n  mysql_grants:\n    - present\n", True),
        ("init.sls", "x: mysql_user.absent", True),
        ("init.sls", "#!py\ndef run():\n    return {'a': 'mysql_user.present'}\n", True),
        ("users.sls", "mysql:\n  # all\n\n  user:\n    a: {}\n", True),
        ("pillar.example", "mysql:\n  server:\n    root_password: x\n", True),
        ("init.sls", "# x:\n#  mysql_user.present:\n#    - name: a\n", False),
        ("init.sls", "x:\n  cmd.run:\n    - require:\n      - mysql_user: a\n", False),
        ("init.sls", "mysql:\n  pkg.installed\nuser:\n  server: x\n", False),
        ("init.sls", "mysql_user: {{ pillar.x }}\n", False),
    ],
)
def test_whose_files_are_claimed(path: str, text: str, claimed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    known = format_named("salt")
    assert known is not None
    assert known.claims(path, text) is claimed
    if claimed:
        assert Sieve([known.words]).matches(text.encode())
        assert not any(
            each.claims(path, text) for each in FORMATS if each is not known and path.endswith(each.suffixes)
        )
