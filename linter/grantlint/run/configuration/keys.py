"""The table of all settings: what a file, the environment and the command line may say. Nothing else lists them."""

from grantlint.lint.finding import Confidence, Profile, Severity
from grantlint.lint.triage.examples import EXAMPLES
from grantlint.run.configuration.kinds import Choice, Counts, Key, Levels, Plain, Setting, Tables, WordsOrTables
from grantlint.run.settings import LEVELS, OFF

_PROFILES = Choice(tuple(map(str, Profile)))
_SEVERITIES = tuple(severity.value for severity in Severity)

_PATH = Tables(
    (
        Key("globs", Plain.WORDS, "files, relative to the configuration; a folder is all in it", required=True),
        Key("ignore", Plain.WORDS, "rules or tags that say nothing there"),
        Key("severity", Choice(_SEVERITIES), "how bad all others are there; the last entry that matches counts"),
        Key("profile", _PROFILES, "rules of larger profiles say nothing there"),
        Key("administrators", Plain.WORDS, "users, or globs of them, who are administrators of the servers there"),
    )
)  # fmt: skip

_SERVERS = WordsOrTables(
    (
        Key("name", Plain.TEXT, "the one server that all files of the paths make; without it they make what they say"),
        Key("paths", Plain.WORDS, "files, relative to the configuration; a folder is all in it; without: all files"),
        Key("product", Plain.TEXT, "such as mysql-8.4 or mariadb-11.8, where the files do not say"),
        Key("settings", Plain.SCALARS, "settings of the server, such as skip-name-resolve = true"),
        Key("administrators", Plain.WORDS, "users, or globs of them, who are administrators there"),
    )
)

SETTINGS = (
    Setting("profile", _PROFILES, "which rules run: each profile holds those before it", "default", "--profile"),
    Setting("select", Plain.WORDS, "check these rules, tags or controls only", (), "--select"),
    Setting("ignore", Plain.WORDS, "leave out these rules, tags or controls", (), "--ignore", adds=True),
    Setting(
        "min-confidence",
        Choice(tuple(confidence.value for confidence in Confidence)),
        "run the rules that are as sure as this; low is all",
        "low",
        "--min-confidence",
    ),
    Setting(
        "rules-as-of",
        Plain.VERSION,
        "what came with later versions of grantlint than this is reported as info",
        "",
        "--rules-as-of",
    ),
    Setting("server", _SERVERS, "judge as these servers where the files do not say; tables tell more", (), "--server"),
    Setting("administrators", Plain.WORDS, "users, or globs of them, who may hold administrative privileges", ()),
    Setting("exclude", Plain.WORDS, "files and folders that are not walked into; relative to the configuration", ()),
    Setting("example-folders", Plain.WORDS, "names of folders in which findings are infos; [] for none", EXAMPLES),
    Setting(
        "show-examples",
        Plain.FLAG,
        "list what is found in them; reports for people only count it",
        default=False,
        option="--show-examples",
    ),
    Setting(
        "rules-dir",
        Plain.WORDS,
        "folders of rule files; a file's are loaded only with --allow-rules-dir",
        (),
        "--rules-dir",
        adds=True,
        whole=True,
    ),
    Setting("fail-on", Choice(LEVELS), "fail for findings as bad as this", "error", "--fail-on"),
    Setting("max-findings", Plain.NUMBER, "let so many findings that are as bad pass", 0, "--max-findings"),
    Setting(
        "fail-on-unchecked",
        Plain.FLAG,
        "fail where a value could not be checked, too",
        default=False,
        option="--fail-on-unchecked",
    ),
    Setting("time-limit", Plain.NUMBER, "end after so many seconds; 0 for no limit", 0, "--time-limit"),
    Setting("baseline", Plain.TEXT, "the file of known findings; below the configuration's folder", "", "--baseline"),
    Setting("severity", Levels((*_SEVERITIES, OFF)), "how bad the findings of a rule are here"),
    Setting("threshold", Counts(), "the number from which a rule reports; `grantlint rule NAME` says what it counts"),
    Setting("path", _PATH, "what is reported of some files; their accounts count all the same"),
    Setting("require-reason", Plain.FLAG, "a comment silences nothing unless it says why", default=False),
    Setting("unsuppressible", Plain.WORDS, "rules and tags that no comment silences", ()),
    Setting("rule", Plain.RULES, "rules of one's own, made of templates"),
    Setting("changed-since", Plain.TEXT, "report what a change brings", "", "--changed-since", in_file=False),
    Setting(
        "no-ignores",
        Plain.FLAG,
        "report also what comments in the files silence",
        default=False,
        option="--no-ignores",
        in_file=False,
    ),
    Setting(
        "exit-zero", Plain.FLAG, "end with 0 whatever is found", default=False, option="--exit-zero", in_file=False
    ),
    Setting(
        "allow-empty",
        Plain.FLAG,
        "end with 0 where there is no account",
        default=False,
        option="--allow-empty",
        in_file=False,
    ),
    Setting("output", Plain.WORDS, "how to report, and into which file", (), "--output", in_file=False, whole=True),
    Setting("config", Plain.TEXT, "the configuration, instead of the nearest one", "", "--config", in_file=False),
    Setting(
        "config-from",
        Plain.TEXT,
        "read the configuration and the baseline as they are at this revision of git",
        "",
        "--config-from",
        in_file=False,
    ),
    Setting("isolated", Plain.FLAG, "read no configuration", default=False, option="--isolated", in_file=False),
    Setting(
        "allow-rules-dir",
        Plain.FLAG,
        "load the rules-dir of a configuration",
        default=False,
        option="--allow-rules-dir",
        in_file=False,
    ),
)

BY_KEY = {setting.key: setting for setting in SETTINGS}
IN_FILES = tuple(setting for setting in SETTINGS if setting.in_file)
