"""plugin-not-loaded where nobody wrote the plugin: a tool sends it, and no file of the tool names the server."""

import pytest

import grantlint_rules
from grantlint.testing import findings

(RULE,) = [rule for rule in grantlint_rules.RULES if rule.name == "plugin-not-loaded"]
(REFUSED,) = [rule for rule in grantlint_rules.RULES if rule.name == "statement-rejected"]  # of what is sent in turn
TASK = """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
"""
STATE = """\
app:
  mysql_user.present:
    - host: 10.0.3.7
    - password: {{ pillar['app'] }}
"""
RESOURCE = """\
mysql_user { 'app@10.0.3.7':
  ensure        => present,
  password_hash => '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29',
}
"""
WRITTEN = RESOURCE.replace("ensure ", "plugin => 'mysql_native_password',\n  ensure ")


def said(text: str, server: str) -> list[str]:
    path = "accounts.pp" if text.startswith("mysql_user {") else "example"
    return [found.help for found in findings(text, (RULE, REFUSED), servers=(server,), path=path)]


@pytest.mark.parametrize(("text", "server"), [(TASK, "mysql-8.4"), (STATE, "mysql-8.4"), (RESOURCE, "mysql-9.7")])
def test_the_tool_is_named_that_sends_a_plugin_the_server_lacks(text: str, server: str) -> None:
    (help_,) = said(text, server)
    assert "sends mysql_native_password" in help_
    assert not said(text, "mysql-8.0")
    assert not said(text, "mariadb-10.11")


def test_a_plugin_that_is_written_is_nobodys_but_the_files() -> None:
    (help_,) = said(WRITTEN, "mysql-9.7")
    assert help_ == RULE.help
