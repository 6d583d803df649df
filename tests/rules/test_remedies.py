"""Remedies of rules are carried out: the finding is gone, it is done once, and a safe one changes nobody's access."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from draws import examples
from grantlint.model.remedy import Effect
from grantlint.run.fixing.access import access_of
from grantlint.run.fixing.rounds import Fixed, fixed
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Loaded, Request, load
from grantlint.run.settings import Settings
from grantlint.servers.grouping import group
from grantlint_rules import RULES

EXAMPLES = [
    (f"{rule.name}-{number}", rule.name, example)
    for rule in RULES
    for number, example in enumerate(rule.bad)
    if isinstance(example, str)
]
TASK = "- hosts: db\n  tasks:\n    - community.mysql.mysql_user:\n        name: app\n        "
PLACES = {
    "policy": ("p.yml", "users:\n  - user: app\n    host: {yaml}\n    authentication: {{secret: vault:x}} # stays\n"),
    "policy-double": ("p.yml", 'users:\n  - user: app\n    host: "{bare}"\n    authentication: {{secret: vault:x}}\n'),
    "policy-flow": ("p.yml", "users: [{{user: app, host: '{bare}', authentication: {{secret: vault:x}}}}]\n"),
    "policy-folded": (
        "p.yml",
        "users:\n  - user: app\n    host: >-\n      {bare}\n    authentication: {{secret: vault:x}} # stays\n",
    ),
    "policy-literal": (
        "p.yml",
        "users:\n  - user: app\n    host: |-\n      {bare}\n    authentication: {{secret: vault:x}} # stays\n",
    ),
    "ansible-json": (
        "a.json",
        '[{{"tasks": [{{"mysql_user": {{"name": "app", "host": "{bare}", "priv": "shop.*:SELECT"}}}}]}}]\n',
    ),
    "ansible": ("a.yml", TASK + 'host: "{bare}" # stays\n        priv: "shop.*:SELECT"\n'),
    "ansible-free-form": (
        "a.yml",
        "- hosts: db\n  tasks:\n    - mysql_user: name=app host={bare} priv=shop.*:SELECT\n",
    ),
    "sql": (
        "g.sql",
        "CREATE USER app@'{bare}';\nGRANT SELECT ON shop.* TO app@'{bare}';\nGRANT USAGE ON *.* TO b@h;\n",
    ),
    "shell": ("s.sh", "mysql -e \"CREATE USER 'app'@'{bare}'; GRANT SELECT ON shop.* TO 'app'@'{bare}'\" # stays\n"),
    "shell-single": ("s.sh", 'mysql -e \'CREATE USER app@"{bare}"; GRANT SELECT ON shop.* TO app@"{bare}"\'\n'),
    "here-document": ("s.sh", "mysql <<EOF\nCREATE USER app@'{bare}';\nGRANT SELECT ON shop.* TO app@'{bare}';\nEOF\n"),
    "terraform": ("m.tf", 'resource "mysql_user" "app" {{\n  user = "app" # stays\n  host = "{bare}"\n}}\n'),
    "puppet": ("m.pp", "mysql_user {{ 'app@{bare}': ensure => present }}\n"),
    "salt": ("s.sls", "app:\n  mysql_user.present:\n    - name: app\n    - host: '{bare}'\n    - password_hash: x\n"),
    "kubernetes": (
        "k.yaml",
        (
            "apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\nmetadata: {{name: app}}\nspec:\n  name: app\n"
            "  host: {yaml}\n"
        ),
    ),
    "compose": (
        "compose.yml",
        (
            "services:\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_ROOT_PASSWORD: ${{PW:?}}\n"
            "      MYSQL_ROOT_HOST: '{bare}'\n"
        ),
    ),
}
octets = st.integers(1, 254)
MISTAKES = st.one_of(
    st.tuples(octets, octets).map(lambda two: (f"10.{two[0]}.{two[1]}.*", f"10.{two[0]}.{two[1]}.%")),
    st.tuples(octets, octets).map(lambda two: (f"10.{two[0]}.{two[1]}.", f"10.{two[0]}.{two[1]}.%")),
    octets.map(lambda one: (f"db{one}.example.com:3306", f"db{one}.example.com")),
    octets.map(lambda one: (f"10.0.3.{one}/255.255.255.0", "10.0.3.0/255.255.255.0")),
    octets.map(lambda one: (f"2001:DB8:0::{one:x}", f"2001:db8::{one:x}")),
)


def _mended(folder: Path, *, unsafe: bool = True) -> tuple[Loaded, Fixed]:
    steered = Settings()
    before = load(Request([str(folder)]), steered)
    return before, fixed(before, lambda: load(Request([str(folder)]), steered), plan(steered), unsafe=unsafe)


def _write(outcome: Fixed) -> None:
    for change in outcome.changes:
        Path(change.path).write_bytes(change.after)


@pytest.mark.parametrize(("rule", "example"), [pytest.param(*each[1:], id=each[0]) for each in EXAMPLES])
def test_a_remedy_of_an_example_is_carried_out_or_refused_for_a_reason(rule: str, example: str, tmp_path: Path) -> None:
    (tmp_path / "example.yml").write_text(example, encoding="utf-8")
    before, outcome = _mended(tmp_path)
    assert all(kept.why for kept in outcome.kept)
    for finding in outcome.mended:
        assert finding.fix is not None
    _write(outcome)
    _, again = _mended(tmp_path)
    assert (list(again.changes), list(again.mended)) == ([], []), rule
    del before


@pytest.mark.parametrize("place", PLACES)
@examples(5)
@given(mistake=MISTAKES)
def test_a_host_is_written_wherever_the_account_is_named_and_nothing_else(place: str, mistake: tuple[str, str]) -> None:
    wrong, right = mistake
    assume(place != "compose" or not wrong.startswith("db"))  # the image's server looks up no names
    name, shape = PLACES[place]
    text = shape.format(bare=wrong, yaml=f"'{wrong}'")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        _, outcome = _mended(Path(folder))
        assert [kept.why for kept in outcome.kept] == []
        (change,) = outcome.changes
        assert change.after.decode() == text.replace(wrong, right)
        assert {finding.fix.effect for finding in outcome.mended if finding.fix} == {Effect.GIVES}
        assert file.read_text(encoding="utf-8") == text, "nothing is written on the way"
        _, safe = _mended(Path(folder), unsafe=False)
        assert list(safe.changes) == []


@pytest.mark.parametrize(("rule", "example"), [pytest.param(*each[1:], id=each[0]) for each in EXAMPLES])
def test_a_safe_fix_leaves_what_every_server_holds(rule: str, example: str, tmp_path: Path) -> None:
    (tmp_path / "example.yml").write_text(example, encoding="utf-8")
    before, outcome = _mended(tmp_path, unsafe=False)
    products = plan(Settings()).products
    held = [access_of(products.panels(group(each.declarations))[0]) for each in (before, outcome.loaded)]
    assert [one.held for one in held[0]] == [one.held for one in held[1]], rule
