"""Settings whose values may be secrets: shown in no report, and not converted."""

from pathlib import Path

import pytest

from .conftest import Run

MARK = "CANARY"
FILES = {
    "a state": (
        "p.sls",
        (f"mysql:\n  server: {{mysqld: {{wsrep_sst_auth: 'a:{MARK}', x: {MARK}}}}}\n  user: {{evil: {{host: '%'}}}}\n"),
    ),
    "a task": (
        "a.yml",
        (
            f"- mysql_variables: {{variable: wsrep_sst_auth, value: 'a:{MARK}'}}\n"
            "- mysql_user: {name: evil, host: '%', priv: '*.*:ALL'}\n"
        ),
    ),
    "a policy": (
        "a.yml",
        (
            f"server: {{settings: {{init_connect: {MARK}, x: {MARK}}}}}\n"
            f"users:\n- {{user: evil, host: '%', comment: {MARK}}}\n"
        ),
    ),
    "a manifest": (
        "a.pp",
        (
            f"class {{ 'mysql::server': override_options => {{ 'mysqld' => {{ 'wsrep_sst_auth' => 'a:{MARK}' }} }},\n"
            "  users => { 'evil@%' => { ensure => present } } }\n"
        ),
    ),
}
COMMANDS = {
    "check": ("--no-config", "."),
    "check in JSON": ("--no-config", "--format", "json", "."),
    "files": ("files", "--no-config", "."),
    "why": ("why", "evil", "--from", "10.0.0.1", "--no-config", "."),
    "convert": ("convert", "--no-config", "."),
    "convert to JSON": ("convert", "--to", "json", "--no-config", "."),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(("file", "text"), FILES.values(), ids=FILES)
def test_no_value_of_an_unknown_setting_is_shown(
    file: str, text: str, command: tuple[str, ...], here: Path, process: Run
) -> None:
    (here / file).write_text(text)
    ran = process(*command)
    assert ran.status in {0, 1}, ran.err
    assert ran.out
    assert MARK not in ran.out + ran.err
