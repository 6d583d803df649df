"""Ansible with its own collection for MySQL, and random playbooks for it."""

import os
import subprocess
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from live.debian import ProvisionError
from live.provision import cache_folder, locked
from live.scripts import HOSTS, ROLES, USERS

_CORE, _DRIVER, _PACKAGE = "ansible-core==2.19.14", "PyMySQL==1.1.2", "ansible==14.5.0"
_COLLECTION = "ansible_collections/ansible/mysql/"  # version 5.2.0; the package has a hundred others
_SECONDS = 600
_TABLE = "stdb.t1"
_TARGETS = (_TABLE, "*.*", "stdb.*", "st_x.*")
_PRIVILEGES = ("SELECT", "INSERT,UPDATE", "ALL", "USAGE")
_WITH_OPTION = ("SELECT,GRANT", "ALL,GRANT", "GRANT")
_OF_COLUMNS = ("SELECT(a)", "INSERT(b),SELECT", "UPDATE(a, b)")
_NEVER = "st_y.*"  # what is refused is on a target that nobody has: of others the module's order is that of a set
_REFUSED = ("FILE", "PROCESS", "ALL,SELECT", "REQUIRESSL", "SELCT")

Task = dict[str, object]


class Ansible(NamedTuple):
    """An installed Ansible."""

    folder: Path

    def run(self, play: str, at: Path) -> str:
        """Return what Ansible prints for a playbook, which may fail."""
        (at / "site.yml").write_text(play)
        python = self.folder / "venv/bin/python"
        words = [str(self.folder / "venv/bin/ansible-playbook"), "-i", "localhost,", "site.yml"]
        environment = os.environ | {
            "ANSIBLE_COLLECTIONS_PATH": str(self.folder),
            "ANSIBLE_HOME": str(at),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_PYTHON_INTERPRETER": str(python),
        }
        ran = subprocess.run(
            words, cwd=at, env=environment, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        assert "PLAY RECAP" in ran.stdout, ran.stderr
        return ran.stdout


def ansible() -> Ansible:
    """Return Ansible, fetched if need be. Raises ProvisionError."""
    folder = cache_folder() / "ansible"
    with locked(cache_folder()):
        if not (folder / "done").exists():
            try:
                _fetch(folder)
            except (OSError, subprocess.SubprocessError) as error:
                raise ProvisionError(f"Ansible could not be had: {error}") from error
            (folder / "done").touch()
    return Ansible(folder)


def _fetch(folder: Path) -> None:
    venv.create(folder / "venv", with_pip=True, clear=True)
    pip = [str(folder / "venv/bin/python"), "-m", "pip", "-q"]
    _run([*pip, "install", _CORE, _DRIVER])
    _run([*pip, "download", "--no-deps", "--ignore-requires-python", "-d", str(folder), _PACKAGE])
    (wheel,) = folder.glob("ansible-*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder, [name for name in package.namelist() if name.startswith(_COLLECTION)])
    wheel.unlink()


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS)


def random_play(dice: Random, socket: str) -> str:
    """Return a playbook of a few tasks about accounts and roles."""
    login = {"login_unix_socket": socket, "login_user": "root"}
    tasks = _Tasks(dice)
    play = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "module_defaults": {f"ansible.mysql.{module}": {**login} for module in ("mysql_user", "mysql_role")},
        "tasks": [tasks.task(level=0) for _ in range(dice.randint(2, 6))],
    }
    return yaml.safe_dump([play], sort_keys=False)


class _Tasks:
    """Random tasks of one play.

    Either the grant option is in it, or tasks that replace privileges: once the module has met the option on one target
    it revokes it from all that it revokes from, which MySQL refuses where it is not (1141, 1147).
    """

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._made: list[str] = []
        self._with_option = dice.random() < 0.4

    def task(self, level: int) -> Task:
        dice = self._dice
        if level == 0 and dice.random() < 0.15:
            return self._block()
        task = self._of_role() if dice.random() < 0.25 else self._of_user()
        kind = dice.random()
        if kind < 0.1:
            task["ignore_errors"] = True
        elif kind < 0.15:
            task["failed_when"] = False
        return task

    def _block(self) -> Task:
        dice = self._dice
        block: Task = {"block": [self.task(level=1) for _ in range(dice.randint(1, 3))]}
        if dice.random() < 0.5:
            block["rescue"] = [{"ansible.builtin.debug": {"msg": "it failed"}}]
        if dice.random() < 0.4:
            block["always"] = [self.task(level=1)]
        if dice.random() < 0.2:
            block["ignore_errors"] = True
        return block

    def _of_user(self) -> Task:
        dice = self._dice
        said: dict[str, object] = {"name": dice.choice(USERS), "host": dice.choice(HOSTS)}
        task: Task = {"ansible.mysql.mysql_user": said}
        if dice.random() < 0.15:
            said["state"] = "absent"
            if dice.random() < 0.3:
                del said["host"]
                said["host_all"] = True
            return task
        self._made.append("{name}@{host}".format_map(said))
        if dice.random() < 0.8:
            said["priv"] = self._priv()
            if self._with_option or dice.random() < 0.3:
                said["append_privs"] = True
            elif dice.random() < 0.2:
                said |= {"priv": f"{dice.choice(_TARGETS)}:SELECT", "subtract_privs": True}
            elif dice.random() < 0.15:
                said["priv"] = "{{ item }}"
                task["loop"] = [self._priv() for _ in range(2)]
        if dice.random() < 0.2:
            said["tls_requires"] = {dice.choice(["SSL", "X509"]): None}
        if dice.random() < 0.2:
            said["locked"] = dice.random() < 0.6
        return task

    def _of_role(self) -> Task:
        """Return a task about a role, with members that earlier tasks make: others may be there or not."""
        dice = self._dice
        said: dict[str, object] = {"name": dice.choice(ROLES)}
        if dice.random() < 0.15:
            said["state"] = "absent"
            return {"ansible.mysql.mysql_role": said}
        if dice.random() < 0.7:
            said["priv"] = self._priv()
            if self._with_option or dice.random() < 0.3:
                said["append_privs"] = True
        if self._made and dice.random() < 0.7:
            said["members"] = dice.sample(self._made, min(len(self._made), dice.randint(1, 2)))
            kind = dice.random()
            if kind < 0.3:
                said["append_members"] = True
            elif kind < 0.45:
                said["detach_members"] = True
            if dice.random() < 0.5:
                said["members_must_exist"] = False
        return {"ansible.mysql.mysql_role": said}

    def _priv(self) -> str:
        return "/".join(self._items())

    def _items(self) -> Iterator[str]:
        dice = self._dice
        may_spill = True
        for target in dice.sample(_TARGETS, dice.randint(1, 3)):
            if target == _TABLE and may_spill and dice.random() < 0.5:
                yield f"{target}:{dice.choice(_OF_COLUMNS)}"
                continue
            privileges = dice.choice((*_PRIVILEGES, *_WITH_OPTION) if self._with_option else _PRIVILEGES)
            may_spill = "ALL" not in privileges
            yield f"{target}:{privileges}"
        if dice.random() < 0.15:
            yield f"{_NEVER}:{dice.choice(_REFUSED)}"
