"""A first configuration: every setting as a comment, and what was found in the files that it is for."""

import os
from collections.abc import Iterator, Mapping, Sequence

from grantlint.platform.record import NamedTuple
from grantlint.run.configuration.keys import IN_FILES
from grantlint.run.configuration.toml.text import text, written

_BASELINE = "grantlint-baseline.json"
_TABLES = {
    "severity": ("[severity]", 'any-host = "error"'),
    "threshold": ("[threshold]", "password-short = 16"),
    "path": ("[[path]]", 'globs = ["legacy"]', 'severity = "info"'),
    "rule": (
        "[[rule]]",
        'name = "app-hosts"',
        'template = "hosts-within"',
        'message = "applications come from 10.20.0.0/16"',
        'users = ["app-*"]',
        'hosts = ["10.20.0.0/16", "localhost"]',
    ),
}
_SHOWN = 12  # servers, in a file that somebody reads
_ELSEWHERE = {"baseline", "server"}  # said with what was found


class Found(NamedTuple):
    """What was found. formats: how many files of each; findings: how many of each severity.

    named: products by the files that name them. nameless: folders of files that name none. option_files: their paths.
    """

    formats: Mapping[str, int]
    accounts: int
    servers: int
    findings: Mapping[str, int]
    named: Mapping[str, str]
    nameless: Sequence[str]
    option_files: Sequence[str]


def first_file(found: Found) -> Iterator[str]:
    """Yield the lines of a first configuration file.

    It changes nothing as long as its comments are comments.
    """
    yield "# Begun by `grantlint init`. What stands behind a # holds when you take the # away; until then a run says"
    yield "# what it says without this file. `grantlint config` shows what holds, `grantlint rules` what is looked for."
    yield ""
    formats = ", ".join(f"{number:,} {name}" for name, number in sorted(found.formats.items())) or "none"
    yield f"# Found here: files: {formats}; accounts: {found.accounts:,}; servers: {found.servers:,}."
    yield from _of_findings(found)
    for setting in IN_FILES:
        if setting.key not in _TABLES and setting.key not in _ELSEWHERE:
            instead = f" ({setting.option}, {setting.variable})" if setting.option else ""
            yield from ("", f"# {_sentence(setting.says)}{instead}", f"# {setting.key} = {written(setting.default)}")
    yield from _of_servers(found)
    for setting in IN_FILES:
        if setting.key in _TABLES:
            yield from ("", f"# {_sentence(setting.says)}", *(f"# {line}" for line in _TABLES[setting.key]))


def _sentence(says: str) -> str:
    return says[0].upper() + says[1:]


def _of_findings(found: Found) -> Iterator[str]:
    findings = ", ".join(f"{severity}: {number:,}" for severity, number in found.findings.items() if number)
    yield ""
    if findings:
        yield f"# Findings today: {findings}."
        yield "# For a gate that is green now and reports what is new: `grantlint baseline`, then"
    else:
        yield "# Findings today: none. Later ones can be recorded by `grantlint baseline`, and known by"
    yield f"# baseline = {text(_BASELINE)}"


def _of_servers(found: Found) -> Iterator[str]:
    yield ""
    for path, product in [*found.named.items()][:_SHOWN]:
        yield f"# {text(path)} names its server: {product}"
    yield from (f"# {text(path)} tells settings of a server" for path in found.option_files[:_SHOWN])
    if found.nameless:
        yield "# Nobody says which server these are for, so several are assumed; the product stands for an example:"
    else:
        yield "# Servers, where the files do not say them:"
    for folder in found.nameless[:_SHOWN] or ["policies"]:
        name = os.path.basename(os.path.abspath(folder))
        yield from ("# [[server]]", f"# name = {text(name)}", f"# paths = {written((folder,))}")
        yield '# product = "mysql-8.4"'
