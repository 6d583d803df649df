"""name-under-skip-name-resolve: a host name on a server that looks no names up."""

from collections.abc import Iterator

from grantlint import (
    LETTERS,
    Client,
    Confidence,
    HostValue,
    Problem,
    Profile,
    Related,
    Rule,
    ServerSettings,
    Severity,
    each_host,
    needs_name,
)


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag names that no client has under skip_name_resolve.

    Patterns of names, too; localhost is the socket's.
    """
    if settings.skip_name_resolve and needs_name(host) and not host.matches(Client.socket()):
        place = settings.place("skip_name_resolve")
        yield Problem(
            f"host value '{host.text}' never matches: skip_name_resolve is on, so clients have no names",
            related=(Related(settings.told("skip_name_resolve"), place),) if place else (),
            witness=f"a client at the address of {host.text} gets error 1130, if no other account takes it",
        )


RULE = Rule(
    name="name-under-skip-name-resolve",
    summary="A host name or pattern of names while skip_name_resolve is on",
    rationale="""
With skip_name_resolve the server asks no DNS: a client is its address and nothing else, and an account for a name,
or a pattern of names such as `%.example.com`, is dead. The server says so in its error log at most (for patterns not
even there), and the client gets error 1130 if no other account takes its address. `localhost` still matches the local
socket, but not TCP from 127.0.0.1.
""",
    help="Declare the client by its address or network, such as 10.0.3.7 or '10.0.3.%'.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=LETTERS),
    bad=(
        """\
server:
  settings: {skip_name_resolve: true}
users:
  - user: app
    host: web1.example.com  # expect: name-under-skip-name-resolve
    authentication: {secret: vault:db/app}
  - user: web
    host: '%.example.com'  # expect: name-under-skip-name-resolve
    authentication: {secret: vault:db/web}
""",
        """\
services:  # the image has skip-name-resolve in its option file
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/root
      MYSQL_ROOT_HOST: admin.example.com  # expect: name-under-skip-name-resolve
""",
    ),
    good=(
        """\
server:
  settings: {skip_name_resolve: true}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
  - user: report
    host: localhost
    authentication: {secret: vault:db/report}
""",
        """\
users:
  - user: app
    host: web1.example.com
    authentication: {secret: vault:db/app}
""",
    ),
)
