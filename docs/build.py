"""Write one page a rule, and their index: `make docs`. A test fails where a page is not what this writes."""

import sys
from pathlib import Path
from textwrap import dedent

from grantlint.lint.registry import rule_set
from grantlint.lint.rule import Rule

HERE = Path(__file__).parent / "rules"
INDEX = """\
# Rules

Made from the rules themselves (`make docs`); `grantlint rule NAME` prints the same. An example's comment
`# expect: NAME` stands on the line that is reported.

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
    if rule.tags:
        parts.append(f"Tags: {', '.join(f'`{tag}`' for tag in rule.tags)}.")
    parts.append(f"To silence it with a reason: `# grantlint: ignore[{rule.name}] because ...` on the line.")
    return "\n\n".join(parts) + "\n"


def _language(example: str) -> str:
    return "sql" if example.startswith("--") else "yaml"


def pages() -> dict[str, str]:
    """Return the text of every page by its file name."""
    rules = rule_set()
    made = {f"{rule.name}.md": page(rule) for rule in rules}
    rows = [f"| [{rule.name}]({rule.name}.md) | {rule.severity.value} | {rule.summary} |\n" for rule in rules]
    return {"README.md": INDEX + "".join(rows), **made}


def main() -> int:
    """Write the pages and take away those of rules that are gone."""
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
