"""Which plugin an account is made with where the file names none, and what a server without it says."""

import pytest

from grantlint.access import Client, parse_target
from grantlint.access.product.sent import plugin_sent
from grantlint.access.server.login import login
from grantlint.model.location import Located, Source
from grantlint.reader.formats.ansible.document import read as ansible
from grantlint.reader.formats.puppet.document import read as puppet
from grantlint.reader.formats.salt.document import read as salt
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels

NATIVE, CACHING = "mysql_native_password", "caching_sha2_password"
READERS = {
    "tasks/main.yml": ansible,
    "users.sls": salt,
    "site.pp": puppet,
}
ANSIBLE = (
    "tasks/main.yml",
    "- mysql_user: {name: app, host: 10.0.3.7, password: Xk9wq2, plugin: caching_sha2_password}\n",
)
BY_PLUGIN = (
    "tasks/main.yml",
    "- mysql_user: {name: app, host: 10.0.3.7, plugin: caching_sha2_password, plugin_auth_string: Xk9wq2}\n",
)
SALT = "users.sls", "app:\n  mysql_user.present:\n    - host: 10.0.3.7\n    - password: Xk9wq2\n"
PUPPET = "site.pp", "mysql_user { 'app@10.0.3.7': password_hash => mysql::password('Xk9wq2') }\n"


def sent(file: tuple[str, str], label: str) -> tuple[str, list[int], list[int]]:
    """Return the plugin sent ('' for none), the errors of a login, and those that it gets in some cases."""
    path, text = file
    (panel,), *_ = panels(group(READERS[path](Source(path, text))), [parse_target(label)])
    (server,) = panel.servers
    (account,) = panel.declared.accounts
    plugin = plugin_sent(account, server.installation.target)
    said = login(server, account, "app", Client.tcp("10.0.3.7"))
    return (
        plugin.value if isinstance(plugin, Located) else "",
        [refusal.error for refusal in said.admission.refusals],
        [condition.refusal.error for condition in said.conditions],
    )


@pytest.mark.parametrize("file", [ANSIBLE, SALT, PUPPET], ids=["ansible", "salt", "puppet"])
@pytest.mark.parametrize(
    ("label", "plugin", "errors"), [("mysql-8.0", NATIVE, []), ("mysql-8.4", NATIVE, [1524]), ("mariadb-11.8", "", [])]
)
def test_tools_name_a_plugin_that_new_servers_lack(
    file: tuple[str, str], label: str, plugin: str, errors: list[int]
) -> None:
    assert sent(file, label) == (plugin, errors, [])


def test_from_9_7_on_it_is_the_release_of_the_module_that_decides() -> None:
    assert sent(ANSIBLE, "mysql-9.6") == (NATIVE, [1524], [])
    assert sent(ANSIBLE, "mysql-9.7") == ("", [], [1524])
    assert sent(SALT, "mysql-9.7") == (NATIVE, [1524], [])


def test_a_plugin_with_its_own_text_is_sent_as_it_stands() -> None:
    assert sent(BY_PLUGIN, "mysql-8.4") == (CACHING, [], [])
    assert sent(("users.sls", f"{SALT[1]}    - auth_plugin: {CACHING}\n"), "mysql-8.4") == (CACHING, [], [])


def test_old_servers_are_told_no_plugin() -> None:
    assert sent(ANSIBLE, "mysql-5.6") == ("", [], [])
