"""Break the conditions of each rule, one at a time, and see whether an example notices: `make mutants`.

A mutant is the rule's file with one condition negated, one comparison or `and`/`or` turned round.
It is killed when some example of the rule no longer holds or the rule says other words there (tests/rules/goldens), or
when the rule no longer loads. The check is asked of every account then: `has=` only spares calls.
ELSEWHERE has those that no example can show, with what holds them.
"""

import ast
import copy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from grantlint import Rule
from grantlint.lint.rule import EachAccount
from grantlint.testing import examples_of, said
from grantlint_rules import catalogue

PACK = Path(catalogue.__file__).parent
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip

_BY_PATH = "an example has no path: tests/rules/test_outdated_by_path.py"
_BY_TOOL = "no example of a tool that sends a plugin names its server: tests/rules/test_plugin_sent.py"
_SPARES = "spares a session, and does not change what is said: "
ELSEWHERE = {
    ("statement-outdated", "product == 'mysql'"): _BY_PATH,
    ("statement-outdated", "'mysql' not in words"): _BY_PATH,
    ("plugin-not-loaded", "account.authentication"): _BY_TOOL,
    ("plugin-not-loaded", "sending is not None and isinstance(plugin, Implied)"): _BY_TOOL,
    ("plugin-not-loaded", "sending is not None"): _BY_TOOL,
    ("plugin-not-loaded", "sending and by_tool"): _BY_TOOL,
    ("database-grant-hidden", "len(kinds) > _FEW"): _SPARES + "of more kinds each account is asked",
    (
        "database-grant-hidden",
        "not privileges.issuperset(row.privileges) and sample_database(database, row.scope.database) is not None",
    ): _SPARES + "a session finds that the other row hides nothing",
}
"""The rule and the condition: what breaks a test of its own."""


def main(names: list[str]) -> int:
    """Print the mutants that live; return 1 if some do.

    names: rules, all of them by default.
    """
    made = living = 0
    words = {rule.name: rule for rule in catalogue.RULES}
    for file in sorted(PACK.glob("*/*.py")):
        text = file.read_text(encoding="utf-8")
        name = file.stem.replace("_", "-")
        if "RULE = Rule(" not in text or (names and name not in names):
            continue
        before = said(words[name])
        every = [one for one in mutants(ast.parse(text)) if (name, one.condition) not in ELSEWHERE]
        alive = [f"line {one.line}: {one.what}: {one.condition}" for one in every if not is_killed(one, file, before)]
        made += len(every)
        living += len(alive)
        print(f"{name}: {len(every) - len(alive)} of {len(every)} killed", *alive, sep="\n    ")
    print(f"{made - living} of {made} killed ({100 * (made - living) / max(made, 1):.0f} %)")
    return 1 if living else 0


class Mutant(NamedTuple):
    """A rule's module with one change."""

    tree: ast.Module
    what: str
    condition: str  # the text that is changed
    line: int


def mutants(tree: ast.Module) -> Iterator[Mutant]:
    """Yield each mutant of a module's functions."""
    places = [node for function in tree.body if isinstance(function, ast.FunctionDef) for node in ast.walk(function)]
    for number, node in enumerate(places):
        for change in range(_changes(node)):
            mutant = copy.deepcopy(tree)
            twins = [one for each in mutant.body if isinstance(each, ast.FunctionDef) for one in ast.walk(each)]
            what = _change(twins[number], change)
            condition = ast.unparse(node.test if isinstance(node, ast.If | ast.IfExp) else node)
            yield Mutant(ast.fix_missing_locations(mutant), what, condition, getattr(node, "lineno", 0))


def _changes(node: ast.AST) -> int:
    if isinstance(node, ast.If | ast.IfExp | ast.BoolOp):
        return 1
    return len(node.ops) if isinstance(node, ast.Compare) else 0


def _change(node: ast.AST, number: int) -> str:
    if isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return "the condition is negated"
    if isinstance(node, ast.BoolOp):
        node.op = TURNED[type(node.op)]()  # type: ignore[assignment] - And for Or
        return "and is or, or the other way round"
    assert isinstance(node, ast.Compare)  # noqa: S101 - no other has changes
    node.ops[number] = TURNED[type(node.ops[number])]()  # type: ignore[call-overload] - of one kind
    return "the comparison is turned round"


def is_killed(mutant: Mutant, file: Path, before: str) -> bool:
    """Return whether an example fails, words differ, or loading does."""
    space: dict[str, object] = {"__name__": "mutant", "__file__": str(file)}
    try:
        exec(compile(mutant.tree, str(file), "exec"), space)  # noqa: S102 - the rule itself, a little changed
        rule = space["RULE"]
        assert isinstance(rule, Rule)  # noqa: S101 - what a rule file defines
        rule = asked_of_all(rule)
        for example in examples_of((rule,)):
            example.check()
        if said(rule) != before:
            return True
    except Exception:  # noqa: BLE001 - whatever it is, it is noticed
        return True
    return False


def asked_of_all(rule: Rule) -> Rule:
    """Return the rule without what spares it calls."""
    if isinstance(rule.check, EachAccount):
        return rule._replace(check=rule.check._replace(has=None))
    return rule


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
