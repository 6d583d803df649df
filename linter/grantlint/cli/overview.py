"""What `grantlint --help` prints: the commands and the few options that most runs need, on one screen."""

from collections.abc import Iterable

_TEXT = """\
grantlint: what is wrong with MySQL and MariaDB accounts, in files

  grantlint [check] [PATH...]   check files and folders (default: this folder)
  grantlint baseline [PATH...]  record today's findings as known
  grantlint why USER --from CLIENT [PATH...]
                                which account a client gets, or which error
  grantlint table [PATH...]     the account table, sorted as the server sorts it
  grantlint files [PATH...]     which file is read as what, or why not
  grantlint rules               the rules, a line each
  grantlint rule NAME           one rule, with examples (also `explain NAME`)
  {others}: see `NAME --help`

  --server mysql-8.4            judge as this server, not as the files say
  --select, --ignore RULE       rules, tags or controls; see --profile
  --fix, --diff                 mend what changes nobody's access, or show it
  --fail-on LEVEL               error (default), warning, info or never
  --changed-since REV           what a change brings; also --baseline FILE
  --output NAME[:FILE]          text, json, sarif, github, gitlab, junit ...
  --help-all                    all options

exit status: 0 nothing as bad as --fail-on, 1 findings, 2 misuse,
             3 a rule crashed, 4 no account declaration found
"""


def overview(commands: Iterable[str]) -> str:
    """Return the text, which names all of these commands."""
    told = _TEXT.replace("[check]", "check")
    return _TEXT.format(others=", ".join(one for one in commands if f"  grantlint {one} " not in told))
