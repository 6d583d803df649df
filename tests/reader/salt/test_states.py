from collections.abc import Callable

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Source, Span
from grantlint.reader.formats.salt.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


def written(span: Span) -> str:
    return span.source.text[span.start : span.end]


def test_accounts_and_grants_keep_the_place_of_each_leaf() -> None:
    text = """\
{% set größe = '😀' %}
app_db:
  mysql_user.present:
    - name: app
    - host: '10.%'
    - auth_plugin: caching_sha2_password
  mysql_grants.present:
    - grant: select, insert
    - database: 'shop.*'
    - user: app
    - host: '10.%'
    - grant_option: True
"""
    (found,) = read(Source("init.sls", text))
    (account,), (to,) = found.accounts, found.grants
    assert written(account.span) == "app_db:\n  mysql_user.present"
    assert (written(account.user.span), written(account.host.span)) == ("app", "'10.%'")
    assert account.authentication is not None
    assert account.authentication.plugin is not None
    assert written(account.authentication.plugin.span) == "caching_sha2_password"
    assert [written(each.span) for each in to.grant.privileges] == ["select", "insert"]
    assert written(to.grant.target.span) == "'shop.*'"
    assert to.grant.option is not None
    assert written(to.grant.option.span) == "True"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("frank: mysql_user.present", ["frank@(localhost)"]),
        ("frank:\n  mysql_user.present", ["frank@(localhost)"]),
        ("frank:\n  mysql_user.present: []", ["frank@(localhost)"]),
        ("frank:\n  mysql_user:\n    - present\n    - host: '%'", ["frank@%"]),
        ("x:\n  mysql_user.present:\n    - name: a\n    - host: h", ["a@h"]),
        ("x:\n  mysql_user.present:\n    - names: [a, b]\n    - host: h", ["a@h", "b@h"]),
        (
            "x:\n  mysql_user.present:\n    - names:\n      - a:\n        - host: '%'\n      - b",
            ["a@%", "b@(localhost)"],
        ),
        ("x:\n  mysql_user.present:\n    - name: {{ n }}\n    - host: '{{ h }}'", ["?@?"]),
        ("x:\n  mysql_user.present:\n    - name: app_{{ env }}\n    - host: 10.{{ net }}.%", ["?@?"]),
        ("{{ user }}:\n  mysql_user.present:\n    - host: '%'", ["?@%"]),
        ("x: &c\n  mysql_user.present:\n    - &o {host: '%'}\n    - <<: *o\n    - name: a", ["a@%"]),
        ("include:\n  - mysql_user.present\nextend:\n  x:\n    mysql_user:\n      - host: '%'", []),
        ("x:\n  cmd.run:\n    - require:\n      - mysql_user: frank", []),
        (
            "{% for h in hosts %}\nu-{{ h }}:\n  mysql_user.present:\n    - name: u\n    - host: {{ h }}\n{% endfor %}",
            ["u@?"],
        ),
        (
            "{% if x %}\na: mysql_user.present\n{% else %}\nb: mysql_user.present\n{% endif %}",
            ["a@(localhost)", "b@(localhost)"],
        ),
    ],
)
def test_accounts(text: str, shown: list[str], accounts: Shown) -> None:
    assert accounts(text) == shown


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ("grant: all privileges, database: 'd.*', user: a", "+ a@(localhost): ALL ON d.*"),
        ("grant: 'select,insert (x, y)', database: d.t, user: a, host: '%'", "+ a@%: SELECT,INSERT (x, y) ON d.t"),
        ("grant: all, database: '*.*', user: a, grant_option: True", "+ a@(localhost): ALL ON *.* +GRANT"),
        ("grant: all, database: '*.*', user: a, grant_option: False", "+ a@(localhost): ALL ON *.*"),
        ("grant: all, database: '*.*', user: a, grant_option: '{{ g }}'", "+ a@(localhost): ALL ON *.* ?GRANT"),
        ("grant: all, database: 'my_db.*', user: a", r"+ a@(localhost): ALL ON `my\_db`.*"),
        ("grant: all, database: 'my-db.*', user: a", "+ a@(localhost): ALL ON `my-db`.*"),
        ("grant: all, database: 'my_db.a_b', user: a", "+ a@(localhost): ALL ON my_db.a_b"),
        ("grant: all, database: 'my_db.*', user: a, escape: False", "+ a@(localhost): ALL ON my_db.*"),
        (r"grant: all, database: '`foo\_%%`.*', user: a, escape: False", r"+ a@(localhost): ALL ON `foo\_%`.*"),
        ("grant: all, database: 'd%.*', user: a", "+ a@(localhost): ALL ON ?"),
        ("grant: all, database: 'd.*', user: a, escape: '{{ e }}'", "+ a@(localhost): ALL ON ?"),
        ("grant: all, database: '{{ d }}.*', user: a", "+ a@(localhost): ALL ON ?"),
        ("grant: '{{ g }}', database: 'd.*', user: '{{ u }}'", "+ ?@(localhost): ? ON d.*"),
        ("user: a", "+ a@(localhost): ? ON ?"),
    ],
)
def test_grants(arguments: str, shown: str, accounts: Shown) -> None:
    pairs = arguments.replace(", ", "\n    - ").replace("(x\n    - y)", "(x, y)")
    assert accounts(f"x:\n  mysql_grants.present:\n    - {pairs}\n") == [shown]


def test_a_grant_joins_the_account_of_the_same_expression_in_the_same_loop(accounts: Shown) -> None:
    text = """
        {% for u in users %}
        {{ u.name }}:
          mysql_user.present:
            - name: {{ u.name }}
            - host: "{{ u.host }}"
        {% for g in u.grants %}
        {{ u.name }}-{{ g }}:
          mysql_grants.present:
            - grant: select
            - database: d.*
            - user: '{{u.name}}'
            - host: {{ u.host }}
        {% endfor %}
        {% endfor %}
        {% for u in others %}
        {{ u.name }}-again:
          mysql_user.present:
            - name: {{ u.name }}
            - host: {{ u.host }}
        {% endfor %}
    """
    assert accounts(text) == ["?@?: SELECT ON d.*", "?@?"]


def test_a_second_state_of_an_account_changes_the_first(accounts: Shown) -> None:
    text = """
        first:
          mysql_user.present:
            - name: root
            - connection_pass: ''
        second:
          mysql_user.present:
            - name: root
            - host: LOCALHOST
    """
    assert accounts(text) == ["root@(localhost)"]


def test_a_state_takes_away_what_one_before_it_has_made_and_not_what_one_behind_it_makes(accounts: Shown) -> None:
    made = "{}:\n  mysql_user.present:\n    - name: app\n    - password: {}\n"
    gone = "gone:\n  mysql_user.absent:\n    - name: app\n"
    held = "held:\n  mysql_grants.present:\n    - {user: app}\n    - {database: d.*}\n    - {grant: 'SELECT, INSERT'}\n"
    less = "less:\n  mysql_grants.absent:\n    - {user: app}\n    - {database: d.*}\n    - {grant: INSERT}\n"
    first, second = made.format("first", "one"), made.format("second", "two")
    assert accounts(first + held + gone) == []
    assert accounts(gone + first + held) == ["app@(localhost): SELECT,INSERT ON d.*"]
    assert accounts(first + held + gone + second) == ["app@(localhost)"]
    assert accounts(first + held + less) == ["app@(localhost): SELECT ON d.*"]


def test_what_is_absent_is_a_removal(reading: Reading) -> None:
    text = """
        a: mysql_user.absent
        b:
          mysql_user:
            - absent
            - names: [x, y]
        c:
          mysql_grants.absent:
            - grant: all
            - database: d.*
            - user: u
    """
    (found,) = reading(text)
    assert (found.removals, found.accounts, found.grants) == (3, [], [])


@pytest.mark.parametrize(
    "text",
    [
        "extend:\n  root:\n    mysql_user:\n      - host: '%'\n",
        "{{ user }}\n mysql_user.present:\n   - password: x\n",
        "a:\n  mysql_user.present:\n    host: x\n",
        "a:\n  mysql_user.{{ state }}:\n    - host: x\n",
        "a:\n  mysql_user:\n    - {{ u.ensure|default('present') }}\n    - host: x\n",
    ],
)
def test_states_that_nobody_can_follow_are_counted(text: str, reading: Reading) -> None:
    (found,) = reading(text)
    assert [each.what for each in found.not_checked] == ["account"]


def test_a_database_without_a_dot_is_a_fault(reading: Reading) -> None:
    (found,) = reading("x:\n  mysql_grants.present:\n    - grant: all\n    - database: shop\n    - user: a\n")
    (fault,) = found.faults
    assert (fault.rule, written(fault.span), found.grants) == ("schema-error", "shop", [])


@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        ("- password: geheim", Secrecy.PLAIN),
        ("- password: ''", None),
        ("- password: ''\n    - allow_passwordless: True", Secrecy.EMPTY),
        ("- password: geheim\n    - allow_passwordless: True", Secrecy.EMPTY),
        ("- password: ~", None),
        ("- password: {{ pillar['p'] }}", Secrecy.REFERENCE),
        ("- password: {{ salt['pillar.get']('p', 'geheim') }}", Secrecy.PLAIN),
        ("- password: {{ pillar.get('p', \"geheim\") }}", Secrecy.PLAIN),
        ("- password: '{{ pw | default('geheim', true) }}'", Secrecy.PLAIN),
        ("- password: {{ salt['pillar.get']('p', salt['grains.get']('id')) }}", Secrecy.REFERENCE),
        ("- password: {{ pillar.get('p', '') }}", Secrecy.REFERENCE),
        ("- password: {{ pillar.get('p', 'geheim') ~ 'x' }}", Secrecy.REFERENCE),
        ("- password_hash: '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'", Secrecy.HASH),
        ("- allow_passwordless: True", Secrecy.EMPTY),
        ("- allow_passwordless: True\n    - unix_socket: True", None),
        ("- host: localhost", None),
    ],
)
def test_credentials(arguments: str, form: Secrecy | None) -> None:
    source = Source("init.sls", f"a:\n  mysql_user.present:\n    {arguments}\n    - connection_pass: heimlich\n")
    (found,) = read(source)
    authentication = found.accounts[0].authentication
    credential = authentication.credential if authentication else None
    assert (credential.secrecy if credential else None) is form
    hidden = " ".join(source.text[start:end] for start, end in source.secrets)
    assert "heimlich" in hidden
    assert "geheim" in hidden or "geheim" not in source.text
    assert "*94" in hidden or "*94" not in source.text


def test_a_condition_within_a_block_of_text_leaves_the_states_below_readable(accounts: Shown) -> None:
    text = """\
/etc/answers:
  file.managed:
    - contents: |
{% if new %}
{%- if newer %}
        mysql-5.7 password
{% endif %}{% else
%}
        mysql-5.5 password
        {# the end #}
{% endif %}

{% for user in users %}
{{ user }}:
  mysql_user.present:
{% if new %}
    - host: '10.%'
{% endif %}
{% endfor %}
"""
    assert accounts(text) == ["?@10.%"]


IN_A_LOOP = """
{{% for host in {words} %}}
app_{{{{ host }}}}:
  mysql_user.present:
    - name: app
    - host: {host}
  mysql_grants.present:
    - grant: select
    - database: shop.*
    - user: app
    - host: {host}
{{% endfor %}}
"""


@pytest.mark.parametrize(
    ("words", "host", "shown"),
    [
        ("'a', 'b'", "{{ host }}", ["app@a: SELECT ON shop.*", "app@b: SELECT ON shop.*"]),
        ("['a', \"b\"]", "'{{ host }}'", ["app@a: SELECT ON shop.*", "app@b: SELECT ON shop.*"]),
        ("('a', 'b',)", "{{host}}.example", ["app@a.example: SELECT ON shop.*", "app@b.example: SELECT ON shop.*"]),
        ("['a']", "{{ host }}", ["app@a: SELECT ON shop.*"]),
        ("'ab'", "{{ host }}", ["app@?: SELECT ON shop.*"]),
        ("[a, b]", "{{ host }}", ["app@?: SELECT ON shop.*"]),
        ("['a', b]", "{{ host }}", ["app@?: SELECT ON shop.*"]),
        ("['a'] + more", "{{ host }}", ["app@?: SELECT ON shop.*"]),
        ("['a']", "{{ host }}{{ domain }}", ["app@?: SELECT ON shop.*"]),
        ("['a']", "{{ host | upper }}", ["app@?: SELECT ON shop.*"]),
        (f"[{', '.join(['1'.join(chr(39) * 2)] * 201)}]", "{{ host }}", ["app@?: SELECT ON shop.*"]),
    ],
)
def test_a_loop_over_words_makes_its_states_for_each(accounts: Shown, words: str, host: str, shown: list[str]) -> None:
    assert accounts(IN_A_LOOP.format(words=words, host=host)) == shown


def test_loops_within_loops_are_taken_turn_by_turn_and_end_where_they_end(accounts: Shown) -> None:
    text = """
{% for host in ['h', 'i'] %}{% for user in ['a', 'b'] %}
{{ user }}_{{ host }}:
  mysql_user.present:
    - name: {{ user }}
    - host: {{ host }}
{% endfor %}{% endfor %}
{% for other in pillar['x'] %}
{% for host in ['j'] %}
more_{{ host }}:
  mysql_user.present:
    - name: {{ other }}
    - host: {{ host }}
{% endfor %}
{% endfor %}
last:
  mysql_user.present:
    - host: {{ host }}
"""
    assert accounts(text) == ["a@h", "b@h", "a@i", "b@i", "?@j", "last@?"]


def test_a_password_with_which_a_state_logs_in_is_one(reading: Reading) -> None:
    text = """
a:
  mysql_user.present:
    - connection_user: root
    - connection_pass: s3cret
b:
  mysql_grants.present:
    - grant: select
    - database: d.*
    - user: a
    - connection_pass: {{ pillar['root'] }}
"""
    (found,) = reading(text)
    assert [written(login.span) for login in found.logins] == ["s3cret"]


SET = """
{% set users = {'app': {'host': '10.%', 'pw': 'one'}, 'web': {"host": '10.0.3.7', 'pw': 'two'}} %}
{% set admin = 'dba' %}
{% set pw = salt['pillar.get']('pw', 'three') %}
{% set one = 'a' %}
{% if x %}{% set two = 'b' %}{% endif %}
{% set three = 'c' %}{% set three = 'd' %}
"""
STATE = "x_{{ NAME }}:\n  mysql_user.present:\n    - name: {{ NAME }}\n    - host: HOST\n    - password: {{ PW }}\n"


def state(name: str, host: str, password: str) -> str:
    return STATE.replace("NAME", name).replace("HOST", host).replace("PW", password)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "{% for n, u in users.items() %}\n" + state("n", "{{ u.host }}", "u.pw") + "{% endfor %}",
            ["app@10.%", "web@10.0.3.7"],
        ),
        ("{% for n in users %}\n" + state("n", "h", "p") + "{% endfor %}", ["app@h", "web@h"]),
        (
            "{% for u in [{'n': 'a', 'h': 'b'}, {'n': 'c', 'h': 'd'}] %}\n"
            + state("u['n']", "'{{ u.h }}'", "p")
            + "{% endfor %}",
            ["a@b", "c@d"],
        ),
        (state("admin", "{{ users.web.host }}", "pw"), ["dba@10.0.3.7"]),
        ("{% for n, u in others.items() %}\n" + state("n", "{{ u.host }}", "u.pw") + "{% endfor %}", ["?@?"]),
        (state("two", "h", "p") + state("three", "h", "p") + state("pw", "h", "p"), ["?@h", "?@h", "?@h"]),
    ],
)
def test_what_the_file_sets_is_known(body: str, shown: list[str], accounts: Shown) -> None:
    assert accounts(SET + body) == shown


@pytest.mark.parametrize(
    ("around", "test", "stays"),
    [
        ("{% if grains['old'] %}", "", True),
        ("", "    - onlyif: test -e /gone\n", True),
        ("", "    - unless: true\n", True),
        ("", "", False),
    ],
)
def test_what_may_not_be_taken_away_stays(accounts: Shown, around: str, test: str, stays: bool) -> None:  # noqa: FBT001 - a column
    made = "a:\n  mysql_user.present:\n    - host: 10.0.0.1\n    - password: x\n"
    gone = f"b:\n  mysql_user.absent:\n    - name: a\n    - host: 10.0.0.1\n{test}"
    text = f"{made}{around}\n{gone}{'{% endif %}' if around else ''}\n"
    assert accounts(text) == (["a@10.0.0.1"] if stays else [])
