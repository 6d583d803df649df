"""Which paths say that they are examples, tests, for teaching or for development, or what others wrote."""

import os
from collections.abc import Collection

from grantlint.platform.pattern import Pattern

EXAMPLES = (
    "test", "tests", "testing", "testdata", "test-data", "spec", "specs", "example", "examples", "sample", "samples",
    "demo", "demos", "fixture", "fixtures", "molecule", "docs", "doc", "documentation", "unittest", "unittests",
    "e2e", "vendor", "vendored", "third_party", "node_modules", "galaxy_roles", "vagrant", "devcontainer",
    "tutorial", "tutorials", "workshop", "workshops", "exercise", "exercises", "homework", "playground", "sandbox",
    "archive", "archives", "archived", "attic", "obsolete", "deprecated", "old", "scenario", "scenarios",
    "quickstart", "quickstarts", "quick-start", "quick-starts",
    "lab", "labs", "lesson", "lessons", "course", "courses", "bootcamp", "poc", "showcase", "homestead",
    "local-dev", "localdev", "local-development", "dev-env", "devenv",
)  # fmt: skip
"""Names of folders that hold examples, or what others wrote."""

_LAST_WORDS = frozenset({
    "tests", "examples", "samples", "demos", "fixtures", "tutorial", "tutorials", "workshop", "workshops", "exercises",
    "labs", "lessons",
})  # fmt: skip
"""With these a longer name ends, such as `e2e-tests`: the plural is no environment, as `shop-test` may be one."""
_KINDS = frozenset({"acceptance", "e2e", "functional", "integration", "load", "regression", "smoke", "system", "unit"})
_FIRST_WORDS = frozenset({"example", "examples", "demo", "tutorial"})
_NUMBERED = Pattern(
    r"(?i)(?:\A|[-_. ])(?:week|lesson|lab|exercise|chapter|homework|assignment)[-_ ]?\d+\Z"
    r"|\A(?:week|day|lesson|lab|exercise|chapter|aula)[-_ ]?\d+(?:\Z|[-_. ])"
)
_DEVELOPS = {"sql": {"dev", "development"}, "sh": {"dev", "development"}, "env": {"dev", "development", "local"}}
"""What in the name of a file says that it is for development; elsewhere, as in an inventory, that may name servers."""
_ON_OWN_MACHINES = frozenset({"vagrant", "virtualbox"})
"""Words in the name of a file, such as that of a group of machines."""
_RUNS = frozenset({"prod", "production", "live", "stage", "staging"})
_PAIRS = frozenset({("target", "classes"), ("srcs", "requirements")})  # what Maven copies; how a school has it laid out
_OF_CLUSTERS = frozenset({"k8s", "kubernetes", "kustomize", "manifests", "overlays"})
"""Folders of which one called local is for a cluster on one machine; elsewhere the name means others (`usr/local`)."""
_IN_NAMES = frozenset({"example", "examples", "sample", "samples"})


def example_in(path: str, below_root: str, folders: Collection[str]) -> str:
    """Return what of a path says that it is an example.

    '' where none does. below_root: the path from the root of its repository, whose folders count.
    """
    if not folders:
        return ""
    *parts, name = below_root.split(os.sep)
    for number, part in enumerate(parts):
        above = parts[number - 1] if number else ""
        local = "local-dev" in folders and part.lower() == "local" and above.lower() in _OF_CLUSTERS
        if local or _is_named_so(part, folders) or _is_galaxy(above, part) or (above, part) in _PAIRS:
            inside = os.sep.join([*parts[number + 1 :], name])
            return path.removesuffix(inside) or os.path.join(os.curdir, "")
    words = {*_words(name)}
    is_one = (
        not words.isdisjoint(_IN_NAMES & {*folders})
        or ("vagrant" in folders and not words.isdisjoint(_ON_OWN_MACHINES))
        or ("samples" in folders and name.lower().startswith("sample"))
        or ("compose" in words and not words.isdisjoint({"test", "tests", "e2e"} & {*folders}))
        or ("examples" in folders and _is_for_development(below_root, words))
        or (parts[-1:] == ["ci"] and name.endswith("values.yaml"))  # a chart's tests (helm/chart-testing)
    )
    return path if is_one else ""


def _is_for_development(below_root: str, words: Collection[str]) -> bool:
    """Return whether the name of a script or of a file of variables says so, and no word of the path production."""
    path = {*_words(below_root.replace(os.sep, "."))}
    told = any(kind in words and not names.isdisjoint(words) for kind, names in _DEVELOPS.items())
    return told and path.isdisjoint(_RUNS)


def _words(name: str) -> list[str]:
    return name.lower().replace("-", ".").replace("_", ".").split(".")


def _is_named_so(folder: str, folders: Collection[str]) -> bool:
    """Return whether a folder has one of the names, or one that ends in it, as `.examples` and `e2e-tests`."""
    if folder.strip("._").lower() in folders or _is_numbered(folder, folders):
        return True
    first, *between = _words(folder)
    if not between:
        return False
    if first in _FIRST_WORDS and first in folders:
        return True
    *before, last = first, *between
    return last in folders and (last in _LAST_WORDS or (last == "test" and before[-1] in _KINDS))


def _is_numbered(folder: str, folders: Collection[str]) -> bool:
    return "lesson" in folders and any(map(str.isdigit, folder)) and _NUMBERED.search(folder) is not None


def _is_galaxy(above: str, folder: str) -> bool:
    """Return whether a folder is a role with its author's name: what `ansible-galaxy install` puts there."""
    return above == "roles" and 0 < folder.find(".") < len(folder) - 1
