"""What a run is asked to do: the command line over the configuration file, as one frozen value.

The file is `grantlint.toml`, or the table `[tool.grantlint]` of a pyproject.toml; the nearest one counts, from
the current folder up to the root of its git repository (outside a repository: the current folder alone).
"""

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from grantlint.lint.finding import Severity
from grantlint.lint.profile import Profile
from grantlint.platform.errors import ConfigError
from grantlint.platform.opening import TooLargeError, open_file, read_opened

FILE = "grantlint.toml"
PROJECT_FILE = "pyproject.toml"
OFF = "off"
LEAVE = "GRANTLINT_ALLOW_RULES_DIR"  # in the environment, as --allow-rules-dir
_MAX_BYTES = 1 << 22
_LISTS = ("select", "ignore", "server", "administrators", "rules-dir", "exclude")


class Settings(NamedTuple):
    """All that steers a run, apart from the paths. Paths in it are relative to the current folder or absolute.

    asked_servers: the command line's, whatever the files say; servers: the configuration's, where they say nothing.
    severity: what a rule counts as here, by rule name; None switches the rule off. profile: which rules run where none
    are named. file: the configuration read.
    not_loaded: rule folders that the configuration names and nobody allowed to run. switched_off: what the file keeps
    from being reported, a clause each.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    asked_servers: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()
    rules_dirs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = {}
    profile: Profile = Profile.DEFAULT
    editions: tuple[str, ...] = ()  # of benchmarks, whose evidence is wanted: the rules that are run for none named
    file: str = ""
    not_loaded: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()

    @property
    def names_rules_or_servers(self) -> bool:
        """Whether there are names in it that may be wrong."""
        return any((self.select, self.ignore, self.asked_servers, self.servers, self.rules_dirs, self.severity))

    def without_leave(self) -> "Settings":
        """Return the settings of a file that may not say which code is run."""
        return self._replace(rules_dirs=(), not_loaded=self.rules_dirs)


def find_config(folder: str = ".") -> str | None:
    """Return the path of the nearest configuration file, or None."""
    folders = _upward(os.path.abspath(folder))
    for here in folders:
        own = os.path.join(here, FILE)
        if _is_there(own, folders[-1]):
            return os.path.relpath(own)
        project = os.path.join(here, PROJECT_FILE)
        if _is_there(project, folders[-1]) and b"grantlint" in _bytes(project) and _has_table(project):
            return os.path.relpath(project)
    return None


def _has_table(project: str) -> bool:
    """Whether a pyproject.toml that holds the name, perhaps as a dependency, has the table, however it is written."""
    tools = _parsed(project).get("tool", {})
    return isinstance(tools, dict) and "grantlint" in tools


def _is_there(file: str, root: str) -> bool:
    """Return whether there is a file, raising ConfigError for a link that leads out of the repository."""
    if os.path.islink(file) and not os.path.realpath(file).startswith(os.path.join(os.path.realpath(root), "")):
        remedy = "name another with --config, or pass --no-config"
        raise ConfigError(f"{os.path.relpath(file)} is a symbolic link out of the tree and is not read; {remedy}")
    return os.path.lexists(file) and not os.path.isdir(file)


def _upward(folder: str) -> list[str]:
    """Return the folders from here to the root of the repository; this one alone where there is none."""
    passed = [folder]
    while not os.path.exists(os.path.join(passed[-1], ".git")):
        above = os.path.dirname(passed[-1])
        if above == passed[-1]:
            return passed[:1]
        passed.append(above)
    return passed


def read_config(file: str) -> Settings:
    """Return what a configuration file says, raising ConfigError with the key at fault."""
    data = _parsed(file)
    if os.path.basename(file) == PROJECT_FILE:
        data = _table(_table(data, "tool", file), "grantlint", file)
    return _settings(data, file)


def _parsed(file: str) -> Mapping[str, object]:
    import tomllib  # noqa: PLC0415 - 3 ms, only where there is a file

    try:
        return cast("Mapping[str, object]", tomllib.loads(_bytes(file).decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is not valid TOML: {error}") from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise ConfigError(f"{file} holds a number with too many digits") from error
    except RecursionError as error:
        raise ConfigError(f"{file} nests too deep to be read") from error


def _settings(data: Mapping[str, object], file: str) -> Settings:
    words: dict[str, tuple[str, ...]] = {}
    severity: dict[str, Severity | None] = {}
    profile = Profile.DEFAULT
    for key, value in data.items():
        if key == "severity":
            severity = _severities(value, f"{file}: {key}")
        elif key == "profile":
            profile = _profile(value, f"{file}: {key}")
        elif key in _LISTS:
            words[key] = _words(value, f"{file}: {key}")
        else:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

            known = (*_LISTS, "severity", "profile")
            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            raise ConfigError(f"{file}: no setting is named {key!r}; {hint}")
    select, ignore, servers, administrators, folders, exclude = (words.get(key, ()) for key in _LISTS)
    here = os.path.dirname(file)
    return Settings(
        switched_off=tuple(_switched_off(words, severity)),
        select=select,
        ignore=ignore,
        servers=servers,
        administrators=administrators,
        rules_dirs=tuple(os.path.join(here, folder) for folder in folders),
        exclude=tuple(os.path.normpath(os.path.join(here, pattern)) for pattern in exclude),
        severity=severity,
        profile=profile,
        file=file,
    )


def _switched_off(words: Mapping[str, tuple[str, ...]], severity: Mapping[str, Severity | None]) -> Iterator[str]:
    """Yield what these keep from being reported, in the terms of the configuration."""
    for key in ("select", "ignore", "exclude", "administrators"):
        if words.get(key):
            yield f"{key} {', '.join(words[key])}"
    for rule, level in severity.items():
        yield f"{rule} is {level.value if level else OFF}"


def _profile(value: object, what: str) -> Profile:
    profiles = {str(profile): profile for profile in Profile}
    if not isinstance(value, str) or value not in profiles:
        raise ConfigError(f"{what} takes one of {', '.join(profiles)}, not {value!r}")
    return profiles[value]


def _words(value: object, what: str) -> tuple[str, ...]:
    """Take a text or a list of texts."""
    listed = cast("list[object]", value) if isinstance(value, list) else [value]
    words = [word for word in listed if isinstance(word, str)]
    if len(words) != len(listed):
        raise ConfigError(f"{what} takes a text or a list of texts")
    return tuple(words)


def _severities(value: object, what: str) -> dict[str, Severity | None]:
    severities: dict[str, Severity | None] = {}
    levels = {level.value: level for level in Severity}
    for rule, level in _items(value, what):
        if level != OFF and level not in levels:
            raise ConfigError(f"{what}.{rule} takes one of {', '.join(levels)} and {OFF}, not {level!r}")
        severities[rule] = None if level == OFF else levels[str(level)]
    return severities


def _items(value: object, what: str) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        raise ConfigError(f"{what} must be a table")
    return [*cast("dict[str, object]", value).items()]


def _table(data: Mapping[str, object], key: str, file: str) -> Mapping[str, object]:
    return dict(_items(data.get(key, {}), f"{file}: {key}"))


def _bytes(file: str) -> bytes:
    try:
        opened = open_file(file, follow=True)
        try:
            return read_opened(opened, _MAX_BYTES)
        finally:
            os.close(opened.handle)
    except TooLargeError as error:
        most = f"{_MAX_BYTES / 1_000_000:,.0f} MB"
        raise ConfigError(f"{file} holds {error}, and no more than {most} are read") from error
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror or error}") from error
