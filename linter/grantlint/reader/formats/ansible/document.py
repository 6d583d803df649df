"""One Ansible file from its text to its declarations."""

import re

from grantlint.model import Declarations, Fault, NotChecked
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.ansible.lists.items import may_hold_lists
from grantlint.reader.formats.ansible.servers import Servers
from grantlint.reader.formats.ansible.tasks import TaskReader
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.yaml.nodes import documents

VAULT = "$ANSIBLE_VAULT"

_OPTION_FILES = ("lineinfile", "ini_file", "blockinfile", "replace:", "sed ", "tee ")
_CLIENT = Pattern(r"\b(?:mysql|mariadb)\w*[ \t][^\n]*(?:(?:-p|--password=)\S|[ \t]password[ \t])")
_STATEMENT_LINE = re.compile(r"^[ \t]*\{%.*%\}[ \t]*$", re.MULTILINE)


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a playbook, task file or variables file.

    One Declarations for each server that the file keeps apart. () where it holds no accounts, roles or settings. Broken
    YAML is a fault, an encrypted file is not checked.
    """
    servers = Servers(source)
    if source.text.startswith(VAULT):
        first_line = Span(source, 0, len(source.text.partition("\n")[0]))
        servers.not_checked.append(NotChecked("file", "it is encrypted by ansible-vault", first_line))
        return servers.declarations()
    roots = list(documents(source))
    if any(isinstance(root, Fault) for root in roots) and _STATEMENT_LINE.search(source.text):
        # A template of an Ansible file: what its statements choose between is then all read.
        blanked = Source(source.path, _STATEMENT_LINE.sub(lambda match: "#" * len(match.group()), source.text))
        roots = list(documents(blanked))
    reader = TaskReader(source, servers, with_lists=may_hold_lists(source.text))
    for root in roots:
        if isinstance(root, Fault):
            servers.faults.append(root._replace(span=root.span._replace(source=source)))
            hide_likely(source)
        else:
            reader.read(root)
    reader.finish()
    if any(word in source.text for word in _OPTION_FILES):
        from grantlint.reader.formats.ansible.modules.option_files import add_options  # noqa: PLC0415 - few write some

        add_options([root for root in roots if not isinstance(root, Fault)], source, servers)
    return _with_logins(source, servers.declarations())


def _with_logins(source: Source, declared: tuple[Declarations, ...]) -> tuple[Declarations, ...]:
    """Return the declarations with the passwords that clients in commands log in with."""
    if declared and ("-p" in source.text or "mysqladmin" in source.text) and _CLIENT.search(source.text) is not None:
        from grantlint.reader.formats.shell.clients.logins import logins  # noqa: PLC0415 - few tasks call a client
        from grantlint.reader.sql.document import NO_VARIABLES  # noqa: PLC0415 - as above

        declared[0].logins += logins(source, NO_VARIABLES)
    return declared
