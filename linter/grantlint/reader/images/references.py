"""The images of MySQL, MariaDB and Percona that are well known, and what their entry points make of variables.

Sources: docker-entrypoint.sh of docker-library/mysql and MariaDB/mariadb-docker, ps-entry.sh and the entrypoint.sh of
percona-xtradb-cluster in percona/percona-docker, docker-entrypoint.sh of mysql/mysql-docker, libmysql.sh and
libmariadb.sh of bitnami/containers.
skip-name-resolve: the Dockerfiles of MariaDB/mariadb-docker and percona/percona-docker, my.cnf of MySQL's package.
"""

import re
from collections.abc import Iterable

from grantlint.access.product.target import parse_target
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.platform.errors import TargetError
from grantlint.platform.record import NamedTuple


class Image(NamedTuple):
    """How an image makes its first accounts."""

    family: str  # as parse_target names it
    prefixes: tuple[str, ...]  # of its variables, the first that is set wins
    escapes: bool = True  # whether `_` in MYSQL_DATABASE gets a backslash in the grant
    local_root: bool = True  # whether there is a root@localhost
    remote_root: bool = True  # whether root may come from MYSQL_ROOT_HOST, `%` where that is not set
    needs_root_password: bool = True  # whether it refuses to begin without a word on root's password
    stock: bool = True  # whether its variables are those of docker-library
    skips_names: bool = True  # whether its own option file has skip-name-resolve
    joins: bool = False  # whether CLUSTER_JOIN has it take its data from another node
    user_host: bool = False  # whether MARIADB_USER_HOST says where its user comes from


_MYSQL = Image("mysql", ("MYSQL_",))
_MARIADB = Image("mariadb", ("MARIADB_", "MYSQL_"), user_host=True)
_BEFORE_USER_HOST = re.compile(r"v?(?!(?:10\.(?:6|11)|11\.[48]|1[2-9](?:\.\d+)?|10|11)(?![.\d]))\d+\.\d")
"""Tags of no series that mariadb-docker maintained on 2026-03-23, when it learnt MARIADB_USER_HOST (c2e73f4)."""
_PERCONA = Image("percona", ("MYSQL_",), escapes=False)
_CLUSTER = Image("percona", ("MYSQL_",), escapes=False, skips_names=False, joins=True)
_ORACLE = Image("mysql", ("MYSQL_",), escapes=False, remote_root=False, needs_root_password=False, skips_names=False)
_BITNAMI_MYSQL = Image("mysql", ("MYSQL_",), escapes=False, local_root=False, stock=False, skips_names=False)
_BITNAMI_MARIADB = Image("mariadb", ("MARIADB_",), escapes=False, local_root=False, stock=False, skips_names=False)

_IMAGES = {
    "mysql": _MYSQL, "mariadb": _MARIADB, "percona": _PERCONA,
    "percona/percona-xtradb-cluster": _CLUSTER, "percona/percona-server": _PERCONA,
    "mysql/mysql-server": _ORACLE, "mysql/community-server": _ORACLE,
    "bitnami/mysql": _BITNAMI_MYSQL, "bitnamilegacy/mysql": _BITNAMI_MYSQL,
    "bitnami/mariadb": _BITNAMI_MARIADB, "bitnamilegacy/mariadb": _BITNAMI_MARIADB,
}  # fmt: skip
_HUBS = frozenset(
    {"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "mirror.gcr.io",
     "public.ecr.aws", "container-registry.oracle.com"}
)  # fmt: skip
"""Registries that hand on the images of Docker Hub under its names, and Oracle's own."""

_OFFICIAL = re.compile(r"(?:docker/)?library/|(?:amd64|arm64v8|arm32v[5-7]|i386|ppc64le|s390x)/(?=my|maria|perc)")
_LIKELY = re.compile(
    r"(?:[a-z0-9]+[-_])?(?:mysql|mariadb|percona|galera|pxc)(?:[-_](?:server|db|galera|ha|xtradb-cluster|\d\S*|[a-z-]*replication\S*"
    r"|fork|custom|image|docker|base|cluster|node|dev|test|prod|master|slave|primary|replica))?\Z"
)
_VERSION = re.compile(r"v?(\d+(?:\.\d+){0,2})(?=[-._a-z]|\Z)")
_SERIES = "ps-"  # of Percona's tags, such as ps-8.0

READ_BY_IMAGES = re.compile(
    r"/docker-entrypoint-(?:initdb|startdb)\.d(?:/[^/]+)?/?\Z"
    r"|/etc/(?:mysql|my\.cnf\.d|percona[\w.-]*)(?:/.*)?\Z|/etc/my\.cnf\Z"
    r"|/opt/bitnami/(?:mysql|mariadb)/conf(?:/.*)?\Z"
)
"""Where a container holds scripts and options (Docker Hub's pages of mysql, mariadb, percona, and Bitnami's)."""

_OWN_OPTIONS = re.compile(
    r"/etc/(?:my\.cnf(?:\.d)?|mysql(?:/my\.cnf|/mariadb\.cnf|/(?:mariadb\.)?conf\.d)?|\S+/(?:docker|05-skipcache)\.cnf)/?\Z"
)
"""Where the images' own option files lie, in whatever version; what is mounted there takes their place."""


def own_settings(image: Image, targets: Iterable[str], span: Span) -> dict[str, Text]:
    """Return the settings of the image's own option file. None of them where a mount may hide the file."""
    if not image.skips_names or any(map(_OWN_OPTIONS.match, targets)):
        return {}
    return {"skip_name_resolve": Implied("on", *span)}


class Reference(NamedTuple):
    """An image reference: the path without its registry, and the tag. The digest does not count."""

    path: str
    tag: str

    @property
    def image(self) -> Image | None:
        """The well-known image that it names, or None."""
        return _IMAGES.get(_OFFICIAL.sub("", self.path, count=1))

    @property
    def is_likely_server(self) -> bool:
        """Whether its name is that of a database server, known or not."""
        return _LIKELY.match(self.path.rpartition("/")[2]) is not None


def reference(text: str) -> Reference:
    """Return the parts of an image reference.

    >>> reference("docker.io/library/mysql:8.4@sha256:0a1b")
    Reference(path='library/mysql', tag='8.4')
    >>> reference("registry.example.com:5000/mysql").path
    'registry.example.com:5000/mysql'
    """
    name = text.strip().partition("@")[0]
    head, slash, last = name.rpartition("/")
    last, _, tag = last.partition(":")
    path = f"{head}{slash}{last}"
    registry, slash, rest = path.partition("/")
    if slash and registry in _HUBS:
        path = rest
    return Reference(path, tag)


def product_of(image: Image, tag: str) -> str | None:
    """Return the product of an image's tag, as parse_target reads it. None for an unknown version.

    >>> product_of(reference("mysql").image, "8.4.3-oraclelinux9"), product_of(reference("mariadb").image, "latest")
    ('mysql-8.4.3', 'mariadb')
    """
    tag = tag.lower().removeprefix(_SERIES)
    found = _VERSION.match(tag)
    if found is None:
        return image.family  # latest, lts, a team's own word: some version of it
    name = f"{image.family}-{found[1]}"
    try:
        parse_target(name)
    except TargetError:
        return None
    return name


class Recognised(NamedTuple):
    """How an image makes accounts, and its product. `why` it is not known, where it may be a server."""

    image: Image | None
    product: Text | None
    why: str


def recognised(text: Text, written: str) -> Recognised:
    """Return what is known of a named image. `written`: its text with variables unresolved."""
    if isinstance(text, Unresolved):
        said = reference(written.partition(":")[0])
        if said.image is None or "$" in said.path or "{" in said.path:
            return Recognised(None, None, "the image is a variable")
        return Recognised(said.image, Unresolved("the tag is a variable", *text.span), "")
    said = reference(text.value)
    if said.image is None:
        why = f"nothing is known of the image {said.path}" if said.is_likely_server else ""
        return Recognised(None, None, why)
    product = product_of(said.image, said.tag)
    image = said.image
    if image.user_host and _BEFORE_USER_HOST.match(said.tag):
        image = image._replace(user_host=False)
    if product is None:
        return Recognised(image, Unresolved("the tag names no known version", *text.span), "")
    return Recognised(image, Located(product, *text.span), "")
