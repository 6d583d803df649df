"""Rule packs: what the installed distributions offer under `grantlint.rules`, and rule files of a repository.

A pack is an entry point that names a tuple of rules; the built-in rules come in by the same door. A rule file
defines RULE (or RULES) at its top level.
"""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib import import_module

from grantlint.lint.finding import Profile
from grantlint.lint.rule import Rule
from grantlint.platform.errors import PluginError, UsageError
from grantlint.platform.record import NamedTuple

GROUP = "grantlint.rules"
BUILT_IN = "builtin"
PAGES = "https://grantlint.github.io/grantlint/rules/"


class Pack(NamedTuple):
    """A rule pack by the name of its entry point, and `module:attribute`."""

    name: str
    reference: str


_PACKS: dict[tuple[str, ...], list[Pack]] = {}
"""What was found, by the path."""


def installed_packs(path: Sequence[str] | None = None) -> list[Pack]:
    """Return the rule packs of installed distributions, built-in first.

    Each once; the distributions are those on the path (sys.path by default), looked at once a process: a run asks
    twice. Reads the entry point files itself: importlib.metadata costs 25 ms of every start, this under one.
    """
    searched = tuple(sys.path if path is None else path)
    if searched not in _PACKS:
        _PACKS[searched] = _packs_on(searched)
    return _PACKS[searched]


def _packs_on(path: Sequence[str]) -> list[Pack]:
    packs: dict[str, Pack] = {}
    for folder in path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue  # a zip archive or a folder that is gone: no distribution is unpacked there
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                for pack in _packs_in(os.path.join(folder, name, "entry_points.txt")):
                    packs.setdefault(pack.name, pack)
    return sorted(packs.values(), key=lambda pack: (pack.name != BUILT_IN, pack.name))


def _packs_in(file: str) -> Iterator[Pack]:
    try:
        with open(file, encoding="utf-8") as lines:
            text = lines.read()
    except OSError:
        return
    inside = False
    for line in text.splitlines() if GROUP in text else ():
        if line.startswith("["):
            inside = line.strip() == f"[{GROUP}]"
        elif inside and "=" in line:
            name, _, reference = line.partition("=")
            yield Pack(name.strip(), reference.strip())


def load_pack(pack: Pack) -> tuple[Rule, ...]:
    """Return a pack's rules.

    Raises PluginError where it cannot be imported or holds something else.
    """
    module, _, attribute = pack.reference.partition(":")
    try:
        rules: object = getattr(import_module(module), attribute or "RULES")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also SystemExit
        raise PluginError(f"rule pack {pack.name!r} ({pack.reference}) cannot be loaded: {error!r}") from error
    return _checked(rules, f"rule pack {pack.name!r} ({pack.reference})")


def _nobody(what: str) -> None:
    del what


def load_folder(folder: str, watch: Callable[[str], None] = _nobody) -> tuple[Rule, ...]:
    """Return the rules of the Python files in a folder.

    Raises PluginError that names the file at fault. The files run with the authority of whoever runs grantlint: a
    folder is only read when it is asked for.
    """
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".py") and not name.startswith("_"))
    except (OSError, ValueError) as error:  # ValueError: a NUL
        raise UsageError(f"--rules-dir {folder}: {getattr(error, 'strerror', None) or error}") from error
    if not names:
        raise UsageError(f"--rules-dir {folder}: no rule file (*.py) in it")
    rules: list[Rule] = []
    for name in names:
        file = os.path.join(folder, name)
        watch(f"rule file {file}")
        rules += _of(f"rule file {file}", _load_file(file))
    return tuple(rules)


def _load_file(file: str) -> tuple[Rule, ...]:
    """Run a rule file's own text: bytecode that lies beside it is not read, and none is written."""
    from types import ModuleType  # noqa: PLC0415 - rare, not for every start

    module = ModuleType(f"grantlint_rule_file_{os.path.basename(file)[:-3]}")
    module.__file__ = file
    try:
        with open(file, "rb") as opened:
            code = compile(opened.read(), file, "exec", dont_inherit=True)
        exec(code, vars(module))  # noqa: S102 - what a folder of rules is for
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also SystemExit
        raise PluginError(f"rule file {file} cannot be loaded: {error!r}") from error
    found: dict[str, object] = vars(module)
    if "RULE" not in found and "RULES" not in found:
        raise PluginError(f"rule file {file} defines neither RULE nor RULES")
    return _checked(found.get("RULES", (found.get("RULE"),)), f"rule file {file}")


def _checked(rules: object, origin: str) -> tuple[Rule, ...]:
    if isinstance(rules, Rule):
        return (rules,)
    if isinstance(rules, Iterable):
        listed: list[object] = [*rules]
        if all(isinstance(rule, Rule) for rule in listed):
            return tuple(rule for rule in listed if isinstance(rule, Rule))
    raise PluginError(f"{origin} holds something that is no grantlint Rule")


def _of(origin: str, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple([rule._replace(origin=origin) for rule in rules])


def rule_set(folders: Sequence[str] = (), watch: Callable[[str], None] = _nobody) -> tuple[Rule, ...]:
    """Return the rules of all packs and rule folders.

    Raises PluginError where two have one name. watch: is told what is loaded next.
    """
    rules: dict[str, tuple[Rule, str]] = {}
    for listed, origin in _origins(folders, watch):
        for rule in listed:
            if rule.name in rules:
                raise PluginError(f"two rules are named {rule.name!r}: in {rules[rule.name][1]} and in {origin}")
            rules[rule.name] = (rule, origin)
    return tuple(rule for rule, _ in rules.values())


def _origins(folders: Sequence[str], watch: Callable[[str], None]) -> Iterator[tuple[tuple[Rule, ...], str]]:
    for pack in installed_packs():
        watch(f"pack {pack.name!r}")
        rules = load_pack(pack)
        if pack.name == BUILT_IN:
            rules = tuple([rule._replace(url=f"{PAGES}{rule.name}/") for rule in rules])
        else:
            rules = _of(f"pack {pack.name!r}", rules)
        yield rules, f"pack {pack.name!r}"
    for folder in folders:
        yield load_folder(folder, watch), folder


def chosen(
    rules: Sequence[Rule],
    select: Sequence[str],
    ignore: Sequence[str],
    profile: Profile = Profile.DEFAULT,
    rated: Collection[str] = (),
) -> tuple[Rule, ...]:
    """Return the rules of a profile that select and ignore leave.

    Those that select names (all, if it is empty) less those that ignore names. Both take names, tags, controls
    (`cis-mysql-9.7:5.1`) and editions (`cis-mysql-9.7`). Who selects a rule by its name or a control gets it in any
    profile, and so those that the configuration rates, by name. Raises UsageError for a word that is none of these,
    with the nearest that is.
    """
    known = {word for rule in rules for word in words_of(rule)}
    for word in (*select, *ignore):
        if word not in known:
            from difflib import get_close_matches  # noqa: PLC0415 - for a mistake only, not for every start

            near = get_close_matches(word, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else "; `grantlint rules` lists them"
            raise UsageError(f"no rule or tag is named {word!r}{hint}")
    taken: list[Rule] = []
    for rule in rules:
        words = words_of(rule)
        by_name = not (words - {*rule.tags}).isdisjoint(select)
        by_tag = not select or not {*rule.tags}.isdisjoint(select)
        if (by_name or (by_tag and (rule.profile <= profile or rule.name in rated))) and words.isdisjoint(ignore):
            taken.append(rule)
    return tuple(taken)


def words_of(rule: Rule) -> set[str]:
    """Return the words that choose a rule.

    They are its name, its tags, its controls and their editions.
    """
    return {rule.name, *rule.tags, *rule.controls, *(one.partition(":")[0] for one in rule.controls)}
