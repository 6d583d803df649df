"""A pack of rules as one module lists them: that of a rule is imported when its check is first asked.

To import a hundred modules is a quarter of a run over one small file, and most rules have nothing to look at there. Who
makes a pack writes the list with `as_index`, anew whenever a rule changes, and a test of the pack holds them together.
It is Python, whose constants are there as soon as the module is: the same as JSON took 11 million instructions more.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module

from grantlint.access import Counted
from grantlint.lint.finding import Confidence, Profile, Severity
from grantlint.lint.rule import (
    AcrossAccounts,
    AcrossServers,
    Check,
    EachAccount,
    EachGrant,
    EachHost,
    EachLogin,
    EachRights,
    EachSecret,
    EachUser,
    LoginPart,
    Rule,
    Threshold,
)
from grantlint.lint.values import Feature, HostForm
from grantlint.lint.weighing import Weigh
from grantlint.model.scope import Level
from grantlint.platform.pattern import compiled_late
from grantlint.platform.typed import NotRequired, TypedDict, TypeVar, TypeVarTuple, cast

Things = TypeVarTuple("Things")
Answer = TypeVar("Answer")
Kind = TypeVar("Kind", bound=Check)
Function = TypeVar("Function")


class _Looks(TypedDict):
    """An adaptor by its name, with its fields.

    Functions are left out; of `spares` it says whether there is one.
    """

    each: str
    having: NotRequired[str]
    named: NotRequired[tuple[str, ...]]
    of: NotRequired[Counted | None]
    has: NotRequired[Feature | None]
    at: NotRequired[LoginPart]
    once: NotRequired[bool]
    forms: NotRequired[tuple[HostForm, ...]]
    alike: NotRequired[bool]
    statements: NotRequired[bool]
    level: NotRequired[str | None]
    schemas: NotRequired[tuple[str, ...]]
    spares: NotRequired[bool]
    unnamed: NotRequired[bool]


class _Entry(TypedDict):
    """A rule: the module whose RULE it is, what it looks at, and its other fields."""

    module: str
    looks: _Looks
    name: str
    summary: str
    rationale: str
    help: str
    severity: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    tags: tuple[str, ...]
    on_any_server: bool
    only_assumed: bool
    profile: int
    confidence: str
    since: str
    controls: tuple[str, ...]
    stronger_than: tuple[str, ...]
    url: str
    threshold: NotRequired[tuple[int, str] | None]
    weigh: NotRequired[bool]


def as_index(rules: Iterable[tuple[str, Rule]]) -> str:
    """Return the text of a module that lists rules as its ENTRIES.

    Each comes with the module whose RULE it is.
    """
    lines = ['"""The rules of this pack, as `grantlint.lint.index` writes them."""', "", "ENTRIES = ("]
    for module, rule in rules:
        lines += [" {", *(f"  {name!r}: {value!r}," for name, value in _entry(module, rule).items()), " },"]
    return "\n".join((*lines, ")", ""))


def _entry(module: str, rule: Rule) -> dict[str, object]:
    fields: dict[str, object] = {"module": module, "looks": _looks(rule.check), **rule._asdict()}
    del fields["check"]
    fields["weigh"] = rule.weigh is not None
    fields["threshold"] = rule.threshold and (rule.threshold.number, rule.threshold.means)
    return fields | {"severity": rule.severity.value, "profile": int(rule.profile), "confidence": rule.confidence.value}


def _looks(check: Check) -> dict[str, object]:
    fields: dict[str, object] = {"each": type(check).__name__}
    for name, value in check._asdict().items():
        if isinstance(value, frozenset):
            members = tuple(sorted(cast("frozenset[str]", value)))
            fields[name] = "".join(members) if name == "having" else members
        elif isinstance(value, Level):
            fields[name] = value.value
        elif name == "spares":
            fields[name] = value is not None
        elif name != "check":
            fields[name] = value
    return fields


def indexed(entries: Iterable[Mapping[str, object]]) -> tuple[Rule, ...]:
    """Return the rules that a pack lists.

    None of their modules is imported yet. entries: the ENTRIES of the module that `as_index` wrote.
    """
    return tuple([_rule(entry) for entry in cast("Iterable[_Entry]", entries)])


def _rule(entry: _Entry) -> Rule:
    return Rule(
        entry["name"],
        entry["summary"],
        entry["rationale"],
        entry["help"],
        Severity(entry["severity"]),
        _check(entry["module"], entry["looks"]),
        entry["bad"],
        entry["good"],
        entry["tags"],
        entry["on_any_server"],
        entry["only_assumed"],
        Profile(entry["profile"]),
        Confidence(entry["confidence"]),
        entry["since"],
        entry["controls"],
        entry["stronger_than"],
        entry["url"],
        threshold=_threshold(entry["module"], entry.get("threshold")),
        weigh=_weigh(entry["module"]) if entry.get("weigh") else None,
    )


def _weigh(module: str) -> Weigh:
    return _later(lambda: _there(_rule_of(module).weigh))


def _threshold(module: str, listed: tuple[int, str] | None) -> Threshold | None:
    if listed is None:
        return None
    number, means = listed
    return Threshold(number, means, _later(lambda: _there(_rule_of(module).threshold).made))


def _check(module: str, looks: _Looks) -> Check:  # noqa: PLR0911 - one return for each adaptor
    """Return the adaptor that a rule's module has, its functions put off."""
    having, named = frozenset(looks.get("having", "")), frozenset(looks.get("named", ()))
    of, once, alike = looks.get("of"), looks.get("once", False), looks.get("alike", False)
    match looks["each"]:
        case "EachHost":
            forms = frozenset(looks.get("forms", ()))
            return EachHost(_later(lambda: _whole(module, EachHost).check), having, once, forms)
        case "EachGrant":
            return EachGrant(_later(lambda: _whole(module, EachGrant).check), having, alike)
        case "EachRights":
            spares = _later(lambda: _there(_whole(module, EachRights).spares)) if looks.get("spares") else None
            asked = _later(lambda: _whole(module, EachRights).check)
            level, schemas = looks.get("level"), frozenset(looks.get("schemas", ()))
            at = Level(level) if level else None
            unnamed = looks.get("unnamed", False)
            return EachRights(asked, spares, looks.get("statements", True), at, schemas, unnamed)
        case "EachLogin":
            return EachLogin(_later(lambda: _whole(module, EachLogin).check), looks.get("at", "host"))
        case "EachUser":
            return EachUser(_later(lambda: _whole(module, EachUser).check), having, named)
        case "EachSecret":
            return EachSecret(_later(lambda: _whole(module, EachSecret).check))
        case "EachAccount":
            return EachAccount(_later(lambda: _whole(module, EachAccount).check), looks.get("has"))
        case "AcrossAccounts":
            return AcrossAccounts(_later(lambda: _whole(module, AcrossAccounts).check), of, alike, once)
        case _:
            return AcrossServers(_later(lambda: _whole(module, AcrossServers).check), of)


def _later(load: Callable[[], Callable[[*Things], Answer]]) -> Callable[[*Things], Answer]:
    """Return a function that is loaded when it is first called."""
    function: Callable[[*Things], Answer] | None = None

    def loaded(*things: *Things) -> Answer:
        nonlocal function
        if function is None:
            function = load()
        return function(*things)

    return loaded


def _whole(module: str, kind: type[Kind]) -> Kind:
    """Return what the rule of a module checks."""
    check = _rule_of(module).check
    if isinstance(check, kind):
        return check
    raise TypeError(f"the index of rules lists {module} as {kind.__name__}: write it anew")


def _rule_of(module: str) -> Rule:
    with compiled_late():  # most expressions of a rule are for what few files hold
        rule: object = import_module(module).RULE
    if isinstance(rule, Rule):
        return rule
    raise TypeError(f"the index of rules lists {module}, which has no RULE: write it anew")


def _there(function: Function | None) -> Function:
    if function is None:
        raise TypeError("the index of rules lists what its rule has not: write it anew")
    return function
