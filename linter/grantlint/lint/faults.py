"""What is reported of a file itself, by no rule: it runs always, and is explained as rules are."""

from grantlint.platform.record import NamedTuple


class FaultPage(NamedTuple):
    """A name of findings that come from no rule.

    summary: one sentence without a full stop. unseen: that something was not read, so that no comment in the file may
    answer for it. since: the version that brought it.
    """

    name: str
    severity: str
    summary: str
    rationale: str
    since: str
    unseen: bool = False


FAULTS = (
    FaultPage(
        "syntax-error",
        "error",
        "A file that is not valid in its format",
        "Nothing after the fault is read, so what is declared there is not judged. The usual causes in YAML are a %\n"
        "or * outside quotes, a tab, and a second `: ` on one line.",
        since="0.1.0",
        unseen=True,
    ),
    FaultPage(
        "schema-error",
        "error",
        "A key or value that its format does not have",
        "What has no meaning is not read: a misspelt `hosts` leaves an account without the hosts that somebody meant.\n"
        "`grantlint schema policy` prints what a policy may hold.",
        since="0.1.0",
        unseen=True,
    ),
    FaultPage(
        "duplicate-key",
        "error",
        "The same key twice in one mapping, or the same target twice in one `priv`",
        "YAML keeps one of the two and says nothing; which one depends on who reads it. Of a target that stands twice\n"
        "in Ansible's `priv`, what stands first is not granted.",
        since="0.1.0",
    ),
    FaultPage(
        "unknown-server",
        "error",
        "A product or version that does not exist",
        "Servers differ in how they match hosts and sort accounts; a server that nobody knows is judged as those that\n"
        "grantlint assumes.",
        since="0.1.0",
    ),
    FaultPage(
        "unreadable-file",
        "error",
        "A file or folder that cannot be read",
        "What is not seen is not clean. Make it readable, or leave it out (`exclude` in the configuration).",
        since="0.1.0",
        unseen=True,
    ),
    FaultPage(
        "file-encoding",
        "error",
        "A file that is no text",
        "UTF-8 is read, and UTF-16 and UTF-32 with a byte order mark.",
        since="0.1.0",
        unseen=True,
    ),
    FaultPage(
        "file-too-large",
        "error",
        "A file larger than its format is read",
        "Limits keep a stray dump from stopping the run: 512 MiB for a policy, 16 MiB for other formats.",
        since="0.1.0",
        unseen=True,
    ),
    FaultPage(
        "limit-reached",
        "error",
        "A file that goes beyond a limit, so that some of it is not read",
        "Limits keep a file from taking a run's time and memory: of nesting, of the turns of a loop, of instances, of\n"
        "files that one file leads to. What is beyond is not judged, and what is not seen is not clean.",
        since="0.1.0",
        unseen=True,
    ),
    FaultPage(
        "password-printed",
        "warning",
        "A password in an item of a loop that Ansible prints",
        "The module keeps its own `password` to itself, and Ansible prints each item of a loop as it stands: the\n"
        "password is in the terminal, in the logs of CI and in those of a controller, for all to read. (Ansible\n"
        "documentation, Protecting sensitive data with no_log.)",
        since="0.1.0",
    ),
    FaultPage(
        "columns-spill",
        "error",
        "Privileges on columns that Ansible grants on something else as well",
        "In `shop.*:SELECT/shop.orders:UPDATE(state)` the module puts UPDATE, without the column, upon the item\n"
        "before it that names no columns: the account may write every table of `shop`. Behind an item with ALL the\n"
        "server refuses the grant, and the task fails. Seen of the collection's 3.11.0, 3.16.1 and 5.2.0.",
        since="0.1.0",
    ),
    FaultPage(
        "rules-not-loaded",
        "error",
        "Rule files that the configuration names and nobody allowed",
        "Rule files are Python and run as whoever runs grantlint, so a change under review must not bring its own.\n"
        "They are loaded where the caller says so: --allow-rules-dir, GRANTLINT_ALLOW_RULES_DIR=1 in the environment,\n"
        "or --rules-dir with the folder.",
        since="0.1.0",
    ),
    FaultPage(
        "unused-suppression",
        "warning",
        "A suppression that silences nothing",
        "A comment `# grantlint: ignore[rule] reason` whose finding is gone, whose rule does not exist, or that names\n"
        "no rule, hides the next mistake on its line, or makes people believe that it does.",
        since="0.1.0",
    ),
    FaultPage(
        "expired-suppression",
        "warning",
        "A suppression whose last day has gone",
        "A comment `# grantlint: ignore[rule] until 2027-01-31 reason` silences its rule until the end of that day,\n"
        "in UTC (SOURCE_DATE_EPOCH, where it is set, says which day it is). What somebody promised for then is due.",
        since="0.1.0",
    ),
    FaultPage(
        "suppression-without-reason",
        "warning",
        "A suppression that does not say why",
        "With `require-reason = true` in the configuration a comment that gives no reason silences nothing: who reads\n"
        "it next year cannot tell whether it is still right.",
        since="0.1.0",
    ),
)
_BY_NAME = {fault.name: fault for fault in FAULTS}
FAULT_NAMES = frozenset(fault.name for fault in FAULTS)
UNSEEN = frozenset(fault.name for fault in FAULTS if fault.unseen)


def severity_of(name: str) -> str:
    """Return the severity of a fault.

    One that has no page is an error.
    """
    return _BY_NAME[name].severity if name in _BY_NAME else "error"


SINCE = {fault.name: fault.since for fault in FAULTS}
