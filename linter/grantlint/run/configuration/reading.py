"""Settings made of what holds: the values of the layers, as a run wants them."""

import os
from collections.abc import Iterator, Mapping, Sequence

from grantlint.lint.finding import Confidence, Profile, Severity
from grantlint.lint.triage.path_entries import PathEntry
from grantlint.platform.errors import ConfigError
from grantlint.platform.globs import Globs
from grantlint.platform.typed import TYPE_CHECKING, cast
from grantlint.run.configuration.config_search import Meant
from grantlint.run.configuration.layers import Caller, Held, Holding, held, named_file, said_of
from grantlint.run.configuration.toml.file import ConfigFile, config_file
from grantlint.run.settings import NEVER, OFF, NamedRule, Settings

if TYPE_CHECKING:
    from grantlint.servers.configured import ConfiguredServer

_NOBODY = Caller({}, {})


def read_config(path: str) -> Settings:
    """Return the settings of a configuration file.

    Raises ConfigError with the key at fault.
    """
    file = config_file(path)
    return made(Holding(file, "", held(file, _NOBODY)))


def settled(caller: Caller, meant: Meant) -> Settings:
    """Return the settings of a caller and its configuration file.

    The file is the one that the caller names, else the one that is found.
    """
    return made(held_by(caller, meant))


def held_by(caller: Caller, meant: Meant) -> Holding:
    """Return the value that holds of each setting.

    Raises as `settled` does.
    """
    named = named_file(caller)
    revision = said_of(caller, "config-from")
    if revision:
        from grantlint.run.configuration.at_revision import held_at  # noqa: PLC0415 - it asks git, for this alone

        return held_at(revision, caller, meant, named)
    path, named_by = named or (meant.find() or "", "")
    file = config_file(path) if path else None
    return Holding(file, named_by, held(file, caller))


def made(holding: Holding) -> Settings:
    """Return the settings that the values make."""
    said, file = holding.held, holding.file
    folder = file.folder if file is not None else ""
    entries = tuple(_entry(one, folder) for one in _tables(said["path"]))
    severity = _severity(said["severity"])
    servers = said["server"]
    rules_dirs = said["rules-dir"]
    in_file = _words(rules_dirs.in_file)
    named = _words(rules_dirs.value)[len(in_file) :]
    folders = tuple(os.path.join(folder, one) for one in in_file)
    loaded = bool(said["allow-rules-dir"].value)
    examples = said["example-folders"]
    return Settings(
        select=_words(said["select"].value),
        ignore=_words(said["ignore"].value),
        asked_servers=_words(servers.value) if servers.by_caller else (),
        servers=() if _is_tables(servers.in_file) else _words(servers.in_file),
        configured=tuple(_configured(said, file)) if file is not None else (),
        administrators=_words(said["administrators"].value),
        rules_dirs=(*(folders if loaded else ()), *named),
        not_loaded=() if loaded else folders,
        exclude=Globs(_words(said["exclude"].value), folder),
        severity=severity,
        thresholds=cast("Mapping[str, int]", said["threshold"].value or {}),
        profile=Profile[str(said["profile"].value).upper()],
        own_rules=_tables(said["rule"]),
        file=file.path if file is not None else "",
        named_by=holding.named_by,
        revision=holding.revision,
        touched=holding.touched,
        rules_dir_line=file.line(("rules-dir",)) if file is not None and folders else 1,
        switched_off=tuple(_switched_off(said, severity, entries)),
        baseline=_baseline(said["baseline"], file),
        example_folders=_words(examples.value) if examples.origins else None,
        show_examples=bool(said["show-examples"].value),
        min_confidence=Confidence(said["min-confidence"].value),
        path_entries=entries,
        rules_as_of=str(said["rules-as-of"].value),
        fail_on=str(said["fail-on"].value),
        max_findings=cast("int", said["max-findings"].value),
        of_whole_run=said["max-findings"].by_caller,
        fail_on_unchecked=bool(said["fail-on-unchecked"].value),
        time_limit=cast("int", said["time-limit"].value),
        exit_zero=bool(said["exit-zero"].value),
        allow_empty=bool(said["allow-empty"].value),
        outputs=_words(said["output"].value),
        require_reason=bool(said["require-reason"].value),
        unsuppressible=_words(said["unsuppressible"].value),
        changed_since=str(said["changed-since"].value),
        no_ignores=bool(said["no-ignores"].value),
        named_rules=tuple(_named_rules(said, file)) if file is not None else (),
        rule_lines=tuple(_rule_lines(said["rule"], file)) if file is not None else (),
    )


def _named_rules(said: Mapping[str, Held], file: ConfigFile) -> Iterator[NamedRule]:
    for key in ("select", "ignore"):
        yield from (NamedRule(word, file.place(key)) for word in _words(said[key].in_file))
    for name in cast("Mapping[str, str]", said["severity"].value or {}):
        yield NamedRule(name, file.place("severity", name), or_tag=False)
    for name in cast("Mapping[str, int]", said["threshold"].value or {}):
        yield NamedRule(name, file.place("threshold", name), or_tag=False, has_threshold=True)
    kept = said["unsuppressible"]
    yield from (NamedRule(word, file.place("unsuppressible"), or_fault=True) for word in _words(kept.value))
    for number, entry in enumerate(_tables(said["path"])):
        place = file.place("path", number, "ignore")
        yield from (NamedRule(word, place, or_fault=True) for word in _words(entry.get("ignore")))


def _rule_lines(rules: Held, file: ConfigFile) -> Iterator[Mapping[str, int]]:
    for number, table in enumerate(_tables(rules)):
        yield {"": file.line(("rule", number)), **{key: file.line(("rule", number, key)) for key in table}}


def _words(value: object) -> tuple[str, ...]:
    return cast("tuple[str, ...]", value or ())


def _tables(one: Held) -> tuple[Mapping[str, object], ...]:
    return cast("tuple[Mapping[str, object], ...]", one.value or ())


def _is_tables(value: object) -> bool:
    words = cast("tuple[object, ...]", value or ())
    return bool(words) and isinstance(words[0], Mapping)


def _configured(said: Mapping[str, Held], file: ConfigFile) -> "Iterator[ConfiguredServer]":
    """Yield the servers that a file tells of, and the administrators of its entries for paths."""
    servers, entries = said["server"].in_file, _tables(said["path"])
    if _is_tables(servers) or any("administrators" in entry for entry in entries):
        from grantlint.run.configuration.server_tables import of_paths, of_servers  # noqa: PLC0415 - few have any

        yield from of_servers(cast("tuple[Mapping[str, object], ...]", servers) if _is_tables(servers) else (), file)
        yield from of_paths(entries, file)


def _severity(one: Held) -> dict[str, Severity | None]:
    levels = cast("Mapping[str, str]", one.value or {})
    return {rule: None if level == OFF else Severity(level) for rule, level in levels.items()}


def _entry(table: Mapping[str, object], folder: str) -> PathEntry:
    severity, profile = table.get("severity"), table.get("profile")
    return PathEntry(
        Globs(_words(table["globs"]), folder),
        _words(table.get("ignore")),
        None if severity is None else Severity(severity),
        None if profile is None else Profile[str(profile).upper()],
        _words(table.get("administrators")),
    )


def _baseline(one: Held, file: ConfigFile | None) -> str:
    """Return the path of the baseline.

    A file names it as seen from its own folder. Raises ConfigError where it leads out of that.
    """
    path = str(one.value)
    if one.by_caller or file is None or not path:
        return path
    here = file.folder
    seen = os.path.normpath(os.path.join(here, path))
    if not os.path.realpath(seen).startswith(os.path.join(os.path.realpath(here or "."), "")):
        place = file.place("baseline")
        raise ConfigError(f"{place}: {path!r} lies outside of this file's folder; --baseline may name it")
    return seen


def _switched_off(
    said: Mapping[str, Held], severity: Mapping[str, Severity | None], entries: Sequence[PathEntry]
) -> Iterator[str]:
    """Yield the file's settings that keep findings from being reported.

    What the caller has replaced is left out.
    """
    servers = said["server"].in_file
    for key in ("select", "ignore", "exclude", "administrators", "example-folders"):
        one = said[key]
        words = _words(one.in_file)
        if words and (key == "ignore" or not one.by_caller):
            yield f"{key} {', '.join(words)}"
    for table in cast("tuple[Mapping[str, object], ...]", servers) if _is_tables(servers) else ():
        if table.get("administrators"):
            yield f"server {table.get('name', '')}: administrators {', '.join(_words(table['administrators']))}"
    for rule, level in severity.items():
        yield f"{rule} is {level.value if level else OFF}"
    for entry in entries:
        yield _told(entry)
    if said["fail-on"].in_file == NEVER and not said["fail-on"].by_caller:
        yield f"fail-on {NEVER}"


def _told(entry: PathEntry) -> str:
    kept = [*(f"ignore {name}" for name in entry.ignore), *(f"administrator {name}" for name in entry.administrators)]
    kept += [f"severity {entry.severity.value}"] if entry.severity is not None else []
    kept += [f"profile {entry.profile}"] if entry.profile is not None else []
    return f"path {', '.join(entry.globs.patterns)}: {', '.join(kept) or 'nothing'}"
