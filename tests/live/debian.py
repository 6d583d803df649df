"""Packages of a Debian release, unpacked into a folder: apt with folders of its own, nothing installed.

Which mirror is asked, and how, is what the machine's own apt is configured with.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_LIBRARIES = "libs"  # the section that a package is followed into


class ProvisionError(Exception):
    """A server that could not be had, and why, as a sentence."""


class Release(NamedTuple):
    """An apt configuration in a folder of its own."""

    configuration: Path

    def apt(self, *words: str, cwd: Path | None = None, wrong: bool = False) -> str:
        """Return what apt-get or apt-cache prints; `wrong`: a failure of some names is expected.

        Raises ProvisionError with apt's own last error.
        """
        if shutil.which(words[0]) is None:
            raise ProvisionError(f"this machine has no {words[0]}, and the packages come from Debian")
        environment = os.environ | {"APT_CONFIG": str(self.configuration), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            words,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if done.returncode and not wrong:
            said = [line for line in done.stderr.splitlines() if line.startswith("E:")] or ["E: no reason given"]
            raise ProvisionError(f"{' '.join(words[:2])} failed: {said[-1].removeprefix('E: ')}")
        return done.stdout

    def closure(self, package: str) -> list[str]:
        """Return `package` and the libraries that it depends on, near and far, as this release names them."""
        found: dict[str, str] = {}
        asked = [[package]]
        while asked:
            known = self._described({name for names in asked for name in names})
            chosen = [next((name for name in names if name in known), None) for names in asked]
            new = [name for name in dict.fromkeys(chosen) if name is not None and name not in found]
            found |= {name: known[name] for name in new if name == package or _section(known[name]) == _LIBRARIES}
            asked = [names for name in new if name in found for names in _dependencies(found[name])]
        if package not in found:
            raise ProvisionError(
                f"apt knows no package {package}: the release lacks it, or its lists could not be fetched"
            )
        return list(found)

    def unpack(self, packages: Iterable[str], into: Path) -> None:
        """Download packages and unpack their files below `into`."""
        downloads = into / "packages"
        downloads.mkdir(parents=True)
        self.apt("apt-get", "download", "-q", *packages, cwd=downloads)
        for archive in sorted(downloads.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(archive), str(into)], check=True, stdin=subprocess.DEVNULL)
        shutil.rmtree(downloads)

    def _described(self, names: set[str]) -> dict[str, str]:
        """Return the control fields of those of `names` that are packages, by name."""
        shown = self.apt("apt-cache", "show", "--no-all-versions", *sorted(names), wrong=True)
        described = (text for text in shown.split("\n\n") if text.strip())
        return {_field(text, "Package"): text for text in described}


def own_release(folder: Path) -> Release:
    """Return the release that the machine itself runs, its lists brought up to date in `folder`."""
    return _release(folder, [])


def other_release(folder: Path, own: Release, suite: str) -> Release:
    """Return another release of Debian from the mirror that the machine uses for its own."""
    shown = own.apt("apt-get", "indextargets", "--format", "$(LABEL) $(COMPONENT) $(REPO_URI)", "Created-By: Packages")
    mirrors = [words[2] for line in shown.splitlines() if (words := line.split())[:2] == ["Debian", "main"]]
    if not mirrors:
        raise ProvisionError(f"no mirror of Debian is among this machine's apt sources, so {suite} has no address")
    folder.mkdir(parents=True, exist_ok=True)
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    sources = folder / "sources.list"
    sources.write_text(f"deb {signed}{mirrors[0]} {suite} main\n")
    elsewhere = [f'Dir::Etc::sourcelist "{sources}";', 'Dir::Etc::sourceparts "/dev/null";']
    nothing_preferred = ['Dir::Etc::preferences "/dev/null";', 'Dir::Etc::preferencesparts "/dev/null";']
    return _release(folder, elsewhere + nothing_preferred)


def _release(folder: Path, settings: list[str]) -> Release:
    for needed in ("lists/partial", "cache/archives/partial"):
        (folder / needed).mkdir(parents=True, exist_ok=True)
    (folder / "status").touch()  # as if nothing were installed: a candidate is always the release's own
    configuration = folder / "apt.conf"
    own = [
        f'Dir::State::lists "{folder}/lists";',
        f'Dir::State::status "{folder}/status";',
        f'Dir::Cache "{folder}/cache";',
        'Dir::Cache::pkgcache "pkgcache.bin";',  # images of containers turn it off, which is felt
        'Dir::Cache::srcpkgcache "srcpkgcache.bin";',
        'Acquire::Languages "none";',
        'Acquire::Retries "2";',
        'Acquire::http::Timeout "20";',
        'Acquire::https::Timeout "20";',
        'APT::Sandbox::User "root";',  # apt's own user cannot write to a cache in somebody's home
    ]
    configuration.write_text("\n".join(own + settings) + "\n")
    release = Release(configuration)
    release.apt("apt-get", "update", "-q")
    return release


def _dependencies(description: str) -> list[list[str]]:
    """Return for each dependency the packages of which one will do."""
    fields = [_field(description, "Pre-Depends"), _field(description, "Depends")]
    groups = [group for field in fields for group in field.split(",") if group.strip()]
    return [[re.split(r"[\s:(]", name.strip())[0] for name in group.split("|")] for group in groups]


def _section(description: str) -> str:
    return _field(description, "Section").rpartition("/")[2]


def _field(description: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", description, re.MULTILINE)
    return found[1] if found else ""
