"""What a run is asked to do: the command line over the configuration file, as one frozen value.

Which file that is: `config_search`.
"""

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from grantlint.lint.finding import Severity
from grantlint.lint.profile import Confidence, Profile
from grantlint.lint.triage.path_entries import PathEntry, entries_in
from grantlint.platform.errors import ConfigError
from grantlint.platform.opening import TooLargeError, open_file, read_opened

NEVER = "never"
LEVELS = (*[severity.value for severity in Severity], NEVER)
"""What --fail-on takes, the worst first."""

FILE = "grantlint.toml"
PROJECT_FILE = "pyproject.toml"
OFF = "off"
BASELINE = "GRANTLINT_BASELINE"  # in the environment, as --baseline
CONFIG = "GRANTLINT_CONFIG"  # as --config
LEAVE = "GRANTLINT_ALLOW_RULES_DIR"  # in the environment, as --allow-rules-dir
_MAX_BYTES = 1 << 22
_LISTS = ("select", "ignore", "server", "administrators", "rules-dir", "exclude", "example-folders")


class Settings(NamedTuple):
    """All that steers a run, apart from the paths. Paths in it are relative to the current folder or absolute.

    asked_servers: the command line's, whatever the files say; servers: the configuration's, where they say nothing.
    severity: what a rule counts as here, by rule name; None switches the rule off. profile: which rules run where none
    are named. own_rules: the tables that make rules of templates. file: the configuration read.
    baseline: the file of known findings.
    example_folders: names of folders in which findings are infos, None for those that grantlint knows.
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
    own_rules: tuple[Mapping[str, object], ...] = ()
    file: str = ""
    not_loaded: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    baseline: str = ""
    example_folders: tuple[str, ...] | None = None
    min_confidence: Confidence = Confidence.LOW
    path_entries: tuple[PathEntry, ...] = ()
    fail_on: str = ""

    @property
    def names_rules_or_servers(self) -> bool:
        """Whether there are names in it that may be wrong."""
        return any((self.select, self.ignore, self.asked_servers, self.servers, self.rules_dirs, self.severity))

    def without_leave(self) -> "Settings":
        """Return the settings of a file that may not say which code is run."""
        return self._replace(rules_dirs=(), not_loaded=self.rules_dirs)


def read_config(file: str) -> Settings:
    """Return what a configuration file says, raising ConfigError with the key at fault."""
    data = parsed(file)
    if os.path.basename(file) == PROJECT_FILE:
        data = _table(_table(data, "tool", file), "grantlint", file)
    return _settings(data, file)


def parsed(file: str) -> Mapping[str, object]:
    """Return the TOML of a file, raising ConfigError where it is none."""
    import tomllib  # noqa: PLC0415 - 3 ms, only where there is a file

    try:
        return cast("Mapping[str, object]", tomllib.loads(bytes_of(file).decode()))
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
    confidence = Confidence.LOW
    entries: tuple[PathEntry, ...] = ()
    baseline = fail_on = ""
    own_rules: tuple[Mapping[str, object], ...] = ()
    for key, value in data.items():
        if key == "severity":
            severity = _severities(value, f"{file}: {key}")
        elif key == "profile":
            profile = _profile(value, f"{file}: {key}")
        elif key == "min-confidence":
            confidence = _confidence(value, f"{file}: {key}")
        elif key == "path":
            entries = entries_in(value, file)
        elif key == "fail-on":
            fail_on = _level(value, f"{file}: {key}")
        elif key == "baseline":
            baseline = _inside(value, file)
        elif key == "rule":
            own_rules = _tables(value, f"{file}: {key}")
        elif key in _LISTS:
            words[key] = _words(value, f"{file}: {key}")
        else:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

            known = (*_LISTS, "severity", "profile", "baseline", "min-confidence", "path", "fail-on", "rule")
            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            raise ConfigError(f"{file}:{_line_of(key, file)}: no setting is named {key!r}; {hint}")
    select, ignore, servers, administrators, folders, exclude, examples = (words.get(key, ()) for key in _LISTS)
    here = os.path.dirname(file)
    return Settings(
        switched_off=(*_switched_off(words, severity), *(_told(entry) for entry in entries), *_milder(fail_on)),
        select=select,
        ignore=ignore,
        servers=servers,
        administrators=administrators,
        rules_dirs=tuple(os.path.join(here, folder) for folder in folders),
        exclude=tuple(os.path.normpath(os.path.join(here, pattern)) for pattern in exclude),
        severity=severity,
        profile=profile,
        own_rules=own_rules,
        file=file,
        baseline=baseline,
        example_folders=examples if "example-folders" in words else None,
        min_confidence=confidence,
        path_entries=entries,
        fail_on=fail_on,
    )


def _confidence(value: object, what: str) -> Confidence:
    known = {confidence.value: confidence for confidence in Confidence}
    if not isinstance(value, str) or value not in known:
        raise ConfigError(f"{what} takes one of {', '.join(known)}, not {value!r}")
    return known[value]


def _line_of(key: str, file: str) -> int:
    """Return the line, from 1, on which a key or a table of that name begins; 1 where it is written in another way."""
    lines = bytes_of(file).decode().splitlines()
    begins = (f"{key}=", f"'{key}'=", f'"{key}"=', f"{key}.", f"[{key}]", f"[[{key}]]", f"[tool.grantlint.{key}]")
    plain = (line.replace(" ", "").removeprefix("grantlint.") for line in lines)
    return next((number for number, line in enumerate(plain, 1) if line.startswith(begins)), 1)


def _level(value: object, what: str) -> str:
    if value not in LEVELS:
        raise ConfigError(f"{what} takes one of {', '.join(LEVELS)}, not {value!r}")
    return str(value)


def _inside(value: object, file: str) -> str:
    """Return the path of a baseline, seen from where the configuration stands, which it may not lead away from."""
    here = os.path.dirname(file)
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{file}: baseline takes the path of a file")
    path = os.path.normpath(os.path.join(here, value))
    if not os.path.realpath(path).startswith(os.path.join(os.path.realpath(here or "."), "")):
        raise ConfigError(f"{file}: the baseline {value!r} lies outside of this file's folder; --baseline may name it")
    return path


def _switched_off(words: Mapping[str, tuple[str, ...]], severity: Mapping[str, Severity | None]) -> Iterator[str]:
    """Yield what these keep from being reported, in the terms of the configuration."""
    for key in ("select", "ignore", "exclude", "administrators", "example-folders"):
        if words.get(key):
            yield f"{key} {', '.join(words[key])}"
    for rule, level in severity.items():
        yield f"{rule} is {level.value if level else OFF}"


def _profile(value: object, what: str) -> Profile:
    profiles = {str(profile): profile for profile in Profile}
    if not isinstance(value, str) or value not in profiles:
        raise ConfigError(f"{what} takes one of {', '.join(profiles)}, not {value!r}")
    return profiles[value]


def _told(entry: PathEntry) -> str:
    kept = [*(f"ignore {name}" for name in entry.ignore)]
    kept += [f"severity {entry.severity.value}"] if entry.severity is not None else []
    kept += [f"profile {entry.profile}"] if entry.profile is not None else []
    return f"path {', '.join(entry.globs)}: {', '.join(kept) or 'nothing'}"


def _milder(fail_on: str) -> Iterator[str]:
    if fail_on == NEVER:
        yield f"fail-on {fail_on}"


def _tables(value: object, what: str) -> tuple[Mapping[str, object], ...]:
    """Take tables: `[[rule]]`."""
    if not isinstance(value, list):
        raise ConfigError(f"{what} takes tables: write [[rule]] above each")
    return tuple([dict(_items(one, what)) for one in cast("list[object]", value)])


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


def bytes_of(file: str) -> bytes:
    """Return what a file holds, raising ConfigError where it cannot be read or holds too much."""
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
