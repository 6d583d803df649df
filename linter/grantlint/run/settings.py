"""What a run is asked to do, as one frozen value; `configuration` makes it of a file, the environment and options."""

from collections.abc import Mapping

from grantlint.lint.finding import Confidence, Profile, Severity
from grantlint.lint.triage.path_entries import PathEntry
from grantlint.platform.globs import Globs
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # for configurations that tell of servers
    from grantlint.reader.tree.revision import Revision
    from grantlint.servers.configured import ConfiguredServer

NEVER = "never"
LEVELS = (*[severity.value for severity in Severity], NEVER)
"""What --fail-on takes, the worst first."""
OFF = "off"


class NamedRule(NamedTuple):
    """A word in a configuration that must name a rule.

    or_tag: a tag or a control is as good; or_fault: and so is what is found wrong with a file that was read.
    has_threshold: it must be one with a number that can be set.
    """

    word: str
    place: str
    or_tag: bool = True
    or_fault: bool = False
    has_threshold: bool = False


class Settings(NamedTuple):
    """All that steers a run, apart from the paths. Paths in it are relative to the current folder or absolute.

    asked_servers: the caller's, whatever the files say; servers: the configuration's, where they say nothing;
    configured: what it says of the servers below certain paths.
    severity: what a rule counts as here, by rule name; None switches the rule off. profile: which rules run where none
    are named. own_rules: the tables that make rules of templates. file: the configuration read, and named_by: who names
    it, '' where the paths find it. baseline: the file of known findings.
    example_folders: names of folders in which findings are infos, None for those that grantlint knows.
    not_loaded: rule folders that the configuration names and nobody allowed to run. switched_off: what the file keeps
    from being reported, a clause each. fail_on, max_findings, fail_on_unchecked, exit_zero, allow_empty: what makes a
    run fail. outputs: the reports that are wanted. named_rules: the names of rules in the file; rule_lines: on which
    line each key of the `own_rules` stands, and under '' the table.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    asked_servers: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    configured: "tuple[ConfiguredServer, ...]" = ()
    administrators: tuple[str, ...] = ()
    rules_dirs: tuple[str, ...] = ()
    exclude: Globs = Globs()
    severity: Mapping[str, Severity | None] = {}
    thresholds: Mapping[str, int] = {}  # by rule name
    profile: Profile = Profile.DEFAULT
    editions: tuple[str, ...] = ()  # of benchmarks, whose evidence is wanted: the rules that are run for none named
    own_rules: tuple[Mapping[str, object], ...] = ()
    file: str = ""
    named_by: str = ""
    revision: "Revision | None" = None  # where the file was read, and the baseline is
    touched: tuple[str, ...] = ()  # how the work tree's configuration differs from it, a clause each
    rules_dir_line: int = 1
    not_loaded: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    baseline: str = ""
    example_folders: tuple[str, ...] | None = None
    show_examples: bool = False  # what is found in such folders is listed, not only counted
    min_confidence: Confidence = Confidence.LOW
    path_entries: tuple[PathEntry, ...] = ()
    rules_as_of: str = ""  # the version; what came later reports as info
    fail_on: str = Severity.ERROR.value
    max_findings: int = 0
    of_whole_run: bool = False  # that number: the caller said it, of all paths, whatever configurations they have
    fail_on_unchecked: bool = False
    time_limit: int = 0  # seconds of a run, 0 for as many as it takes
    exit_zero: bool = False
    allow_empty: bool = False
    outputs: tuple[str, ...] = ()
    named_rules: tuple[NamedRule, ...] = ()
    rule_lines: tuple[Mapping[str, int], ...] = ()
    require_reason: bool = False  # a comment without a reason silences nothing
    unsuppressible: tuple[str, ...] = ()  # rules and tags that no comment silences
    changed_since: str = ""  # the revision since which findings are wanted, '' for all
    no_ignores: bool = False  # no comment silences anything

    @property
    def names_rules_or_servers(self) -> bool:
        """Whether it names rules or servers, which may not exist."""
        return any((self.select, self.ignore, self.asked_servers, self.servers, self.rules_dirs, self.named_rules))
