"""Tasks about one account, one after the other: what the module leaves of its privileges."""

import pytest

from grantlint.access import parse_target
from grantlint.model import Grant
from grantlint.model.location import Located, Source
from grantlint.reader.formats.ansible.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels

TASK = '- mysql_user: {{name: app, host: 10.0.3.7, password: "{{{{ p }}}}", {}}}\n'


def left(*tasks: str) -> tuple[list[str], int]:
    """Return the targets of what the account has on a server, and how often the account is declared there."""
    declared = group(read(Source("tasks/main.yml", "".join(TASK.format(task) for task in tasks))))
    (panel,), *_ = panels(declared, [parse_target("mysql-8.0")])
    (server,) = panel.servers
    accounts = server.declared.accounts
    return [f"{','.join(_names(grant))} {grant.scope}" for grant in accounts[0].grants], len(accounts)


def _names(grant: Grant) -> list[str]:
    return [str(leaf.value) for leaf in grant.privileges if isinstance(leaf, Located)]


@pytest.mark.parametrize(
    ("tasks", "grants", "declared"),
    [
        (["priv: 'a.*:ALL'", "priv: 'b.*:ALL'"], ["ALL `b`.*"], 2),
        (["priv: 'a.*:ALL'", "priv: 'b.*:ALL', append_privs: true"], ["ALL `a`.*", "ALL `b`.*"], 1),
        (["priv: 'a.*:ALL'", "priv: 'a.*:ALL/b.*:ALL'"], ["ALL `a`.*", "ALL `b`.*"], 1),
        (["priv: 'a.*:ALL/b.*:ALL'", "priv: 'b.*:ALL'"], ["ALL `b`.*"], 2),
        (["priv: 'a.*:ALL'", "priv: 'b.*:ALL'", "priv: 'c.*:ALL', append_privs: true"], ["ALL `b`.*", "ALL `c`.*"], 2),
        (["priv: 'a.*:SELECT,INSERT'", "priv: 'a.*:INSERT', subtract_privs: true"], ["SELECT `a`.*"], 1),
        (["priv: 'a.*:ALL'", "update_password: on_create"], ["ALL `a`.*"], 1),
    ],
)
def test_a_later_task_replaces_privileges_unless_it_appends(tasks: list[str], grants: list[str], declared: int) -> None:
    assert left(*tasks) == (grants, declared)


@pytest.mark.parametrize(("keeping", "refused"), [("", 1), ("update_password: on_create, ", 0)])
def test_a_password_for_new_accounts_alone_is_not_sent_to_one_that_is_there(keeping: str, refused: int) -> None:
    first = "- mysql_user: {name: app, plugin: caching_sha2_password, plugin_auth_string: '{{ p }}', priv: 'a.*:ALL'}\n"
    second = f"- mysql_user: {{name: app, password: '{{{{ p }}}}', {keeping}priv: 'b.*:ALL'}}\n"
    declared = group(read(Source("tasks/main.yml", first + second)))
    (panel,), *_ = panels(declared, [parse_target("mysql-8.4")])
    (server,) = panel.servers
    assert len(server.outcomes) == refused
