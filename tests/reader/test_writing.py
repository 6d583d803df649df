"""What a help says is done to the file, and the file is read again: the finding is gone and the name is right."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.lint.engine import lint
from grantlint.lint.finding import Finding
from grantlint.model.location import Located, Source, Span
from grantlint.model.remedy import Addition, Effect
from grantlint.model.scope.databases import escaped, literal_of
from grantlint.reader.files.recognition import Candidate, Recognition
from grantlint.reader.writing.adding import added
from grantlint.run.fixing.texts import edited
from grantlint.run.judging.mending import with_fixes
from grantlint.servers.grouping import gathered, group
from grantlint.servers.panel import panels
from grantlint_rules.accounts import invisible_character
from grantlint_rules.privileges import grant_underscore_unescaped

RULES = (grant_underscore_unescaped.RULE, invisible_character.RULE)
TASK = "- hosts: db\n  tasks:\n    - community.mysql.mysql_user:\n        name: app\n        host: 10.0.0.1\n        "
POLICY = (
    "users:\n  - user: app\n    host: 10.0.3.7\n    authentication: {secret: vault:db/app}\n    grants:\n"
    "      - privileges: [SELECT]\n        "
)
SALT = (
    "g:\n  mysql_grants.present:\n    - grant: select\n    - user: app\n    - host: 10.0.0.1\n    - escape: False\n    "
)
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mysql-init}\ndata:\n  "
TO = "TO app@'10.0.0.1'"
PLACES = {
    "ansible-double": ("a.yml", TASK + 'priv: "DB.*:ALL"\n'),
    "ansible-double-two": ("a.yml", TASK + 'priv: "*.*:USAGE/DB.*:SELECT,INSERT"\n'),
    "ansible-single": ("a.yml", TASK + "priv: 'DB.*:ALL'\n"),
    "ansible-plain": ("a.yml", TASK + "priv: DB.*:ALL\n"),
    "ansible-block": ("a.yml", TASK + "priv: >-\n          DB.*:ALL\n"),
    "ansible-mapping": ("a.yml", TASK + 'priv:\n          "DB.*": ALL\n'),
    "ansible-free-form": (
        "a.yml",
        '- hosts: db\n  tasks:\n    - mysql_user: name=app host=10.0.0.1 priv="DB.*:ALL"\n',
    ),
    "ansible-query": (
        "a.yml",
        f'- hosts: db\n  tasks:\n    - community.mysql.mysql_query:\n        query: "GRANT SELECT ON DB.* {TO}"\n',
    ),
    "ansible-shell": ("a.yml", f'- hosts: db\n  tasks:\n    - shell: mysql -e "GRANT SELECT ON DB.* {TO}"\n'),
    "ansible-shell-double": (
        "a.yml",
        f'- hosts: db\n  tasks:\n    - shell: "mysql -e \\"GRANT SELECT ON DB.* {TO}\\""\n',
    ),
    "policy-double": ("p.yml", POLICY + 'target: "DB.*"\n'),
    "policy-double-backticks": ("p.yml", POLICY + 'target: "`DB`.*"\n'),
    "policy-single": ("p.yml", POLICY + "target: 'DB.*'\n"),
    "policy-plain": ("p.yml", POLICY + "target: DB.*\n"),
    "policy-flow": (
        "p.yml",
        (
            "users:\n  - {user: app, host: 10.0.0.1, authentication: {secret: vault:x}, "
            'grants: [{privileges: [SELECT], target: "DB.*"}]}\n'
        ),
    ),
    "terraform": (
        "m.tf",
        (
            'resource "mysql_grant" "a" {\n  user = "app"\n  host = "10.0.0.1"\n  database = "DB"\n'
            '  privileges = ["SELECT"]\n}\n'
        ),
    ),
    "terraform-plan": (
        "plan.json",
        (
            '{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"mysql_grant.a","mode":'
            '"managed","type":"mysql_grant","name":"a","values":{"user":"app","host":"10.0.0.1","database":"DB",'
            '"privileges":["SELECT"]}}]}}}\n'
        ),
    ),
    "puppet-single": (
        "m.pp",
        (
            "mysql_grant { 'app@10.0.0.1/DB.*':\n  user => 'app@10.0.0.1',\n  table => 'DB.*',\n"
            "  privileges => ['SELECT'],\n}\n"
        ),
    ),
    "puppet-double": (
        "m.pp",
        (
            'mysql_grant { "app@10.0.0.1/DB.*":\n  user => \'app@10.0.0.1\',\n  table => "DB.*",\n'
            '  privileges => ["SELECT"],\n}\n'
        ),
    ),
    "puppet-title": ("m.pp", "mysql_grant { \"app@10.0.0.1/DB.*\":\n  privileges => ['SELECT'],\n}\n"),
    "puppet-command": (
        "m.pp",
        f'include mysql::server\nexec {{ \'x\': command => "mysql -e \\"GRANT SELECT ON DB.* {TO}\\"" }}\n',
    ),
    "puppet-command-single": (
        "m.pp",
        "include mysql::server\nexec { 'x': command => 'mysql -e \"GRANT SELECT ON DB.* TO app@10.0.0.1\"' }\n",
    ),
    "salt-double": ("s.sls", SALT + '- database: "DB.*"\n'),
    "salt-double-backticks": ("s.sls", SALT + '- database: "`DB`.*"\n'),
    "salt-single": ("s.sls", SALT + "- database: 'DB.*'\n"),
    "salt-plain": ("s.sls", SALT + "- database: DB.*\n"),
    "kubernetes-grant": (
        "g.yaml",
        (
            "apiVersion: k8s.mariadb.com/v1alpha1\nkind: Grant\nmetadata: {name: g}\nspec:\n  privileges: [SELECT]\n"
            '  database: "DB"\n  table: "*"\n  username: app\n  host: 10.0.0.1\n'
        ),
    ),
    "kubernetes-percona": (
        "c.yaml",
        (
            "apiVersion: ps.percona.com/v1alpha1\nkind: PerconaServerMySQL\nmetadata: {name: c}\nspec:\n  users:\n"
            '  - name: app\n    dbs: ["DB"]\n    hosts: [10.0.0.1]\n    grants: [SELECT]\n'
        ),
    ),
    "kubernetes-sql-double": ("k.yaml", MAP + f'init.sql: "GRANT SELECT ON DB.* {TO};"\n'),
    "kubernetes-sql-block": ("k.yaml", MAP + f"init.sql: |\n    GRANT SELECT ON DB.* {TO};\n"),
    "kubernetes-shell": ("k.yaml", MAP + f'init.sh: |\n    mysql -e "GRANT SELECT ON DB.* {TO}"\n'),
    "kubernetes-shell-double": ("k.yaml", MAP + f'init.sh: "mysql -e \\"GRANT SELECT ON DB.* {TO}\\""\n'),
    "shell-double": ("s.sh", f'mysql -e "GRANT SELECT ON DB.* {TO}"\n'),
    "shell-double-backticks": ("s.sh", f'mysql -e "GRANT SELECT ON \\`DB\\`.* {TO}"\n'),
    "shell-single": ("s.sh", "mysql -e 'GRANT SELECT ON DB.* TO app@\"10.0.0.1\"'\n"),
    "shell-ansi": ("s.sh", "mysql -e $'GRANT SELECT ON DB.* TO app@\"10.0.0.1\"'\n"),
    "shell-here": ("s.sh", f"mysql <<EOF\nGRANT SELECT ON DB.* {TO};\nEOF\n"),
    "shell-here-backticks": ("s.sh", f"mysql <<EOF\nGRANT SELECT ON \\`DB\\`.* {TO};\nEOF\n"),
    "shell-here-quoted": ("s.sh", f"mysql <<'EOF'\nGRANT SELECT ON DB.* {TO};\nEOF\n"),
    "shell-ssh": ("s.sh", 'ssh db "mysql -e \\"GRANT SELECT ON DB.* TO app@10.0.0.1\\""\n'),
    "sql": ("g.sql", f"GRANT SELECT ON DB.* {TO};\n"),
    "sql-backticks": ("g.sql", f"GRANT SELECT ON `DB` . * {TO};\n"),
    "sql-prepared": ("g.sql", "PREPARE s FROM 'GRANT SELECT ON DB.* TO app@\"10.0.0.1\"';\nEXECUTE s;\n"),
    "sql-use": ("g.sql", f"USE DB;\nGRANT SELECT ON * {TO};\n"),
    "sql-no-escapes": ("g.sql", f"SET sql_mode='NO_BACKSLASH_ESCAPES';\nGRANT SELECT ON DB.* {TO};\n"),
    "sql-insert": (
        "g.sql",
        "INSERT INTO mysql.db (Host,Db,User,Select_priv) VALUES ('10.0.0.1','DB','app','Y');\n",
    ),
}
SAID = re.compile(r"Write (?P<text>.+?) here(?:, and (?P<title>.+?) in the title)?(?:, if only the database|: )")
SHARED = {
    "puppet": (
        "m.pp",
        "mysql::db { 'DB':\n  user => 'app', password => 'x', host => '10.0.0.1',\n}\n",
    ),
    "terraform": (
        "m.tf",
        ('resource "mysql_database" "x" {\n  name = "DB"\n}\nresource "mysql_grant" "a" {\n  user = "app"\n'
        '  host = "10.0.0.1"\n  database = mysql_database.x.name\n  privileges = ["SELECT"]\n}\n'),
    ),
}  # fmt: skip
names = st.from_regex(r"\A[a-z][a-z0-9]{0,4}(_[a-z0-9]{1,4}){1,3}\Z")


def _looked_at(path: str, text: str) -> tuple[list[Finding], list[str], list[str]]:
    """Return the findings of a file, what its grants on databases are on, and its faults."""
    candidate = Recognition().judge(path, text.encode(), strict=True, asked=True)
    assert isinstance(candidate, Candidate), candidate
    declarations = candidate.format.read(candidate.source)
    judged, *_ = panels(group(declarations), [])
    outcome = lint(judged, RULES)
    assert not outcome.crashes
    grants = [
        grant
        for each in judged
        for account in (*each.declared.accounts, *each.declared.grantees)
        for grant in account.grants
    ]
    targets = [
        str(grant.scope)
        for grant in grants
        if isinstance(grant.target, Located) and grant.scope and grant.scope.database
    ]
    return (
        with_fixes(outcome.findings, gathered(declarations)),
        targets,
        [fault.message for part in declarations for fault in part.faults],
    )


def _typed(text: str, start: int, words: str) -> str:
    """Return a text with the words that a help tells in place of what they stand for at an offset."""
    plain = _bare(words)
    begins = range(max(0, start - len(words)), start + 1)
    ends = range(start + 1, min(len(text), start + 2 * len(words)) + 1)
    quotes = words[0] if words[0] in "'\"" else ""
    fits = [(b, e) for b in begins for e in ends if _bare(text[b:e]) == plain and text[b:e].strip() == text[b:e]]
    if text.startswith("*", start) and not fits:
        fits = [(start, start + 1)]
    whole = [(b, e) for b, e in fits if text[b] in "'\"" and text[b] == text[e - 1] and e - b > 1]
    bare = [(b, e) for b, e in fits if text[b] not in "'\"" and text[e - 1] not in "'\""]
    begin, end = max(whole if quotes and whole else bare, key=lambda pair: pair[1] - pair[0])
    return text[:begin] + words + text[end:]


def _bare(text: str) -> str:
    return re.sub(r"[\\`'\"\s]", "", text)


@pytest.mark.parametrize("place", PLACES)
@examples(4)
@given(database=names)
def test_what_the_help_says_makes_the_name_right(place: str, database: str) -> None:
    path, shape = PLACES[place]
    text = shape.replace("DB", database)
    for _ in range(2):  # a grant may be declared twice
        findings, _, faults = _looked_at(path, text)
        assert not faults
        if not findings:
            break
        said = SAID.match(findings[0].help)
        assert said, findings[0].help
        start = findings[0].span.start
        if said["title"]:
            text = _typed(text, start, said["text"])
            start = text.index("/", text.index("{")) + 1
            text = _typed(text, start, said["title"])
        else:
            text = _typed(text, start, said["text"])
    findings, targets, faults = _looked_at(path, text)
    assert (findings, faults) == ([], []), text
    assert targets == [f"`{escaped(database)}`.*"], text
    assert literal_of(escaped(database)) == database


@pytest.mark.parametrize("place", PLACES)
@examples(4)
@given(database=names)
def test_the_fix_writes_the_name_and_leaves_all_else(place: str, database: str) -> None:
    path, shape = PLACES[place]
    text = shape.replace("DB", database)
    for _ in range(2):
        findings, _, _ = _looked_at(path, text)
        if not findings:
            break
        fix = findings[0].fix
        assert fix is not None, findings[0].help
        assert fix.effect is Effect.TAKES
        changed = edited(text, fix.edits)
        assert changed is not None
        text = changed.text
    findings, targets, faults = _looked_at(path, text)
    assert (findings, faults) == ([], []), text
    assert targets == [f"`{escaped(database)}`.*"], text
    plain = _bare(text)
    left_out = _bare(shape.replace("DB", database))
    assert plain.replace(f"{database}.*", "*") == left_out.replace(f"{database}.*", "*")


@pytest.mark.parametrize("place", SHARED)
def test_a_word_that_makes_the_database_too_is_left_as_it_is(place: str) -> None:
    path, shape = SHARED[place]
    (finding,), _, _ = _looked_at(path, shape.replace("DB", "shop_eu"))
    if place == "terraform":  # an expression can say it at the grant alone
        assert finding.help.startswith(r'Write replace(mysql_database.x.name, "_", "\\_") here, ')
    else:
        assert "Write" not in finding.help
        assert r"`shop\_eu`.*" in finding.help


def test_a_word_of_which_an_image_makes_the_grant_is_nothing_to_mend() -> None:
    image = (
        "services:\n  db:\n    image: percona:8.0\n    environment:\n      MYSQL_ROOT_PASSWORD: x\n"
        "      MYSQL_DATABASE: shop_eu\n      MYSQL_USER: app\n      MYSQL_PASSWORD: y\n"
    )
    assert _looked_at("compose.yml", image)[0] == []


def test_a_name_that_is_put_together_is_told_as_the_server_is_to_get_it() -> None:
    task = TASK.replace("name: app", 'name: "{{ item }}"') + 'priv: "{{ item }}_x.*:ALL"\n      loop: [aa_b]\n'
    (finding,), _, _ = _looked_at("a.yml", task)
    assert finding.help.startswith(r"Have the server get `aa\_b\_x`.*")


@pytest.mark.parametrize(
    "place", ["ansible-double", "policy-double", "policy-double-backticks", "salt-double-backticks"]
)
def test_what_yaml_makes_of_a_lone_backslash_is_told_and_mended(place: str) -> None:
    path, shape = PLACES[place]
    text = shape.replace("DB", r"shop\_eu")
    findings, _, faults = _looked_at(path, text)
    assert not faults
    (finding,) = findings
    assert r"in double quotes YAML makes it of \_" in finding.message
    said = SAID.match(finding.help)
    assert said
    again, targets, _ = _looked_at(path, _typed(text, finding.span.start, said["text"]))
    assert [one.rule for one in again] == []
    assert targets == [r"`shop\_eu`.*"]


class Searched(str):
    """A text that counts how often all of it is looked through by `in`."""

    __slots__ = ("times",)

    def __contains__(self, word: object) -> bool:
        self.times += 1
        return super().__contains__(word)  # type: ignore[operator]  # as str has it


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_added_does_not_cost_a_look_through_the_file(newline: str) -> None:
    """Counted: each of 4,000 accounts had the whole of their file looked through for a line break."""
    source = Source("a.yml", "users:\n  - user: app\n    host: 10.0.3.7\n".replace("\n", newline))
    source.format = "policy"
    place = Span(source, source.text.index("app"), source.text.index("app") + 3)
    first = added(Addition.REQUIRE, "SSL", place)[1]
    assert first is not None
    assert first.text == f"{newline}    require: SSL"
    text = Searched(source.text)
    text.times, source.text = 0, text
    assert added(Addition.REQUIRE, "SSL", place)[1] == first
    assert text.times == 0
