"""Break the conditions of each rule, one at a time, and see whether an example notices: `make mutants`.

A mutant is the rule's file with one condition negated, one comparison or `and`/`or` turned round.
It is killed when some example of the rule no longer holds or the rule says other words there (tests/rules/goldens), or
when the rule no longer loads.
"""

import ast
import copy
import sys
from collections.abc import Iterator
from pathlib import Path

import grantlint_rules
from grantlint import Rule
from grantlint.testing import examples_of, said

PACK = Path(grantlint_rules.__file__).parent
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def main(names: list[str]) -> int:
    """Print the figures of each rule and the mutants that live.

    names: rules, all of them by default.
    """
    made = living = 0
    words = {rule.name: rule for rule in grantlint_rules.RULES}
    for file in sorted(PACK.glob("*/*.py")):
        text = file.read_text(encoding="utf-8")
        name = file.stem.replace("_", "-")
        if "RULE = Rule(" not in text or (names and name not in names):
            continue
        before = said(words[name])
        alive = [what for what, tree in mutants(ast.parse(text)) if not is_killed(tree, file, before)]
        number = sum(1 for _ in mutants(ast.parse(text)))
        made += number
        living += len(alive)
        print(f"{name}: {number - len(alive)} of {number} killed", *alive, sep="\n    ")
    print(f"{made - living} of {made} killed ({100 * (made - living) / max(made, 1):.0f} %)")
    return 0


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Yield each mutant of a module's functions, and the change."""
    places = [node for function in tree.body if isinstance(function, ast.FunctionDef) for node in ast.walk(function)]
    for number, node in enumerate(places):
        for change in range(_changes(node)):
            mutant = copy.deepcopy(tree)
            twins = [one for each in mutant.body if isinstance(each, ast.FunctionDef) for one in ast.walk(each)]
            what = _change(twins[number], change)
            yield f"line {getattr(node, 'lineno', 0)}: {what}", ast.fix_missing_locations(mutant)


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


def is_killed(tree: ast.Module, file: Path, before: str) -> bool:
    """Return whether an example fails, words differ, or loading does."""
    space: dict[str, object] = {"__name__": "mutant", "__file__": str(file)}
    try:
        exec(compile(tree, str(file), "exec"), space)  # noqa: S102 - the rule itself, a little changed
        rule = space["RULE"]
        assert isinstance(rule, Rule)  # noqa: S101 - what a rule file defines
        for example in examples_of((rule,)):
            example.check()
        if said(rule) != before:
            return True
    except Exception:  # noqa: BLE001 - whatever it is, it is noticed
        return True
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
