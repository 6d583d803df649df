"""Write what is made of the rules: a page each, and the index of their pack. A test fails where one says otherwise."""

import sys
from itertools import groupby
from pathlib import Path
from textwrap import dedent

from grantlint.lint.controls import every_control
from grantlint.lint.index import as_index
from grantlint.lint.rule import Rule
from grantlint.testing import before_and_after, format_name
from grantlint_rules import catalogue

PACK = Path(catalogue.__file__).parent
HERE = Path(__file__).parent / "rules"
CONTROLS = every_control()
_LANGUAGES = {"sql": "sql", "shell": "sh", "terraform": "hcl", "printed": "text"}
INDEX = """\
# Rules

Made from the rules themselves (`make docs`); `grantlint rule NAME` prints the same. An example's comment
`# expect: NAME` stands on the line that is reported. [using.md](../using.md#profiles) says what the profiles are.
"""
TABLE = """
## {}

| rule | severity | |
|---|---|---|
"""


def page(rule: Rule) -> str:
    """Return a rule's page."""
    parts = [f"# {rule.name}", f"**{rule.severity.value}**: {rule.summary}.", dedent(rule.rationale).strip()]
    for title, examples in (("Reported", rule.bad), ("Not reported", rule.good)):
        parts.append(f"## {title}")
        parts += [f"```{_language(example)}\n{example.strip()}\n```" for example in examples]
    parts += ["## What to do", rule.help]
    fix = before_and_after(rule)
    parts += [f"What `--fix` or `--fix --unsafe-fixes` writes:\n\n```diff\n{fix}\n```"] if fix else []
    parts.append(
        f"Profile `{rule.profile}`, confidence {rule.confidence.value}, since {rule.since}"
        + (f"; tags {', '.join(f'`{tag}`' for tag in rule.tags)}." if rule.tags else ".")
    )
    if rule.threshold is not None:
        parts.append(
            f"## Option\n\n`{rule.name} = {rule.threshold.number}` under `[threshold]` of grantlint.toml: "
            f"{rule.threshold.means}."
        )
    if rule.stronger_than:
        weaker = ", ".join(f"[{name}]({name}.md)" for name in rule.stronger_than)
        parts.append(f"Says more than, at the same account: {weaker}.")
    if rule.controls:
        parts += ["## Controls", "\n".join(_controls(rule))]
    parts.append(f"To silence it with a reason: `# grantlint: ignore[{rule.name}] because ...` on the line.")
    return "\n\n".join(parts) + "\n"


def _controls(rule: Rule) -> list[str]:
    lines = ["| control | edition | asks |", "|---|---|---|"]
    for name in rule.controls:
        control = CONTROLS[name]
        lines.append(f"| `{name}` | {control.benchmark} {control.version} | {control.subject} |")
    return lines


def _language(example: str) -> str:
    return _LANGUAGES.get(format_name(example), "yaml")


def pages() -> dict[str, str]:
    """Return the text of every page by its file name."""
    rules = catalogue.RULES
    made = {f"{rule.name}.md": page(rule) for rule in rules}
    index = INDEX
    for profile, members in groupby(sorted(rules, key=lambda rule: rule.profile), key=lambda rule: rule.profile):
        rows = [f"| [{rule.name}]({rule.name}.md) | {rule.severity.value} | {rule.summary} |\n" for rule in members]
        index += TABLE.format(f"Profile {profile}") + "".join(rows)
    return {"README.md": index, **made}


def index() -> str:
    """Return the text of the pack's index."""
    modules = {
        module.stem: ".".join(module.relative_to(PACK.parent).with_suffix("").parts) for module in PACK.glob("*/*.py")
    }
    return as_index((modules[rule.name.replace("-", "_")], rule) for rule in catalogue.RULES)


def main() -> int:
    """Write the pages and the index; return 0.

    Pages of rules that are gone are taken away.
    """
    (PACK / "index.py").write_text(index(), encoding="utf-8")
    HERE.mkdir(exist_ok=True)
    made = pages()
    for old in HERE.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (HERE / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
