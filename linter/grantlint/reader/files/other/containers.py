"""A server's image and its variables where no format reads them: a job of Nomad, a task of ECS, a unit of Podman.

The image makes accounts of its variables, so each such place is counted. A chart of Helm that Terraform installs and
variables that kustomize writes are of the same kind. Test runs are none: their servers end with them.
"""

from collections.abc import Iterator

from grantlint.platform.pattern import LinePattern, Pattern

_VARIABLE = LinePattern(
    ("MYSQL_", "MARIADB_"),
    r"""^(?:[^#\n]*[\s"'{,=-])?(?:MYSQL|MARIADB)_(?:ROOT_PASSWORD|USER|ALLOW_EMPTY\w*|RANDOM_ROOT\w*)["']?"""
    r"""[ \t]*[:=,]""",
)
_IMAGE = Pattern(
    r"""(?m:^)[^#\n]*(?:(?:\b|_)[iI]mage["']?[ \t]*[:=]|\b(?:docker|podman|nerdctl)[ \t](?:[^\n]|\\\n){0,999}?[ \t])"""
    r"""[ \t]*["']?(?:[\w.:-]+/){0,4}(?:mysql|mariadb|percona)(?:-server)?(?=[:@"'\s,]|$)"""
)
_OF_SERVER = LinePattern(
    ("MYSQL_", "MARIADB_"),
    r"""^[ \t]*-[ \t]+name:[ \t]+["']?(?:MYSQL|MARIADB)_(?:ROOT_PASSWORD|ALLOW_EMPTY|RANDOM_ROOT)\w*["']?[ \t\r]*$""",
)
"""A variable of a container in a template of Helm, whose image the values name. No client has one of these."""
_RELEASE = Pattern(
    r"""resource[ \t]+"helm_release"[^}]{0,2000}?\bchart[ \t]*=[ \t]*"(?:[^"\n]*/)?(?:mysql|mariadb)(?:-galera)?\""""
)
_GENERATED = Pattern(r"(?m:^)(?:configMap|secret)Generator:")
_TEST_RUNS = Pattern(
    r"(?:^|/)(?:\.github|\.circleci|\.buildkite|\.devcontainer|\.gitlab-ci\.yml|\.travis\.yml|azure-pipelines\.yml"
    r"|\.drone\.yml|bitbucket-pipelines\.yml|\.semaphore|\.woodpecker|\.cirrus\.yml|appveyor\.yml)"
)

MADE = "a container makes them of its variables, and no format reads this"
RELEASED = "a chart that Terraform installs makes them of its values"
_WRITTEN = "kustomize writes the variables that an image makes them of"


def unread_container(path: str, text: str) -> tuple[int, list[int]] | None:
    """Return where a server's image stands, and its variables. None where a file has not both."""
    if not _VARIABLE.in_a_line_of(text) or _TEST_RUNS.search(path):
        return None
    image = _IMAGE.search(text)
    return image and (image.end() - 1, [found.end() for found in _VARIABLE.finditer(text)])


def made_by_containers(path: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the containers that make accounts: offset, what is made, why unread."""
    if "helm_release" in text:
        yield from ((found.start(), "accounts", RELEASED) for found in _RELEASE.finditer(text))
    unread = unread_container(path, text)
    if path.lower().endswith(".tpl") and (variable := next(_OF_SERVER.finditer(text), None)) is not None:
        yield variable.start(), "accounts", MADE
    elif unread is not None:
        yield unread[0], "accounts", MADE
    elif _VARIABLE.in_a_line_of(text) and not _TEST_RUNS.search(path):
        generated = _GENERATED.search(text)
        if generated:
            yield generated.start(), "accounts", _WRITTEN
