"""Errors in which accounts and grants have no say: what they mean, and where to look.

Source: the manuals, Server Error Message Reference, Client Error Message Reference, "Common Errors When Using MySQL
Programs", "Host Cache"; 1449: "Stored Object Access Control".
"""

from collections.abc import Sequence

from grantlint.access.server.server import Server
from grantlint.model.location import Located
from grantlint.model.sql import account as written
from grantlint.report.page import Page, page
from grantlint.report.places import declared_at

NO_DEFINER = 1449

BESIDE = {
    1040: "as many sessions as max_connections are open: SHOW PROCESSLIST as an administrator, for "
    "whom one is kept free",
    1049: "the server has no such database, and the client was let in: CREATE DATABASE, or ask for another "
    "(SHOW DATABASES)",
    1129: "this host failed to connect too often (max_connect_errors): FLUSH HOSTS, or from MySQL 8.0.23 on "
    "TRUNCATE TABLE performance_schema.host_cache; then see in the server's log what fails",
    1203: "the user has as many sessions as the server's variable max_user_connections: close some, or raise it",
    1819: "the server's policy refuses the password, and changes nothing: SHOW VARIABLES LIKE 'validate_password%', "
    "or a longer password with capitals, digits and signs",
    2002: "the client found no server at its socket: is it running (systemctl status), and is the socket's path the "
    "one of the server (SELECT @@socket)? -h 127.0.0.1 asks by TCP",
    2003: "no server answered: is it running, does it listen there (bind_address, port), and does a firewall let the "
    "client through? `grantlint why USER --from CLIENT` says whether these files shut it out. In brackets: 111 "
    "refused, 110 no answer, 113 no route",
    2005: "the client does not find the server's name in DNS: the name, or the client's resolver",
    2006: "the server closed the connection: wait_timeout, max_allowed_packet, or it was restarted (see its log)",
    2013: "the connection broke: at 'reading initial communication packet' a proxy or firewall stands between, or the "
    "server looks a name up for long; else a timeout (see the server's log)",
}  # fmt: skip


def beside(errno: int) -> Page:
    """Return what an error means."""
    return page([f"ERROR {errno} is none that accounts or grants decide: {BESIDE[errno]}"])


def definer(user: str, host: str, servers: Sequence[tuple[str, Server]]) -> tuple[Page, bool]:
    """Return what files say of a definer, and whether one lacks it."""
    name = written(user, host)
    lacks = False
    lines: list[str] = []
    for server_name, server in servers:
        found = [
            one
            for one in server.declared.accounts
            if isinstance(one.user, Located)
            and isinstance(one.host, Located)
            and (one.user.value, one.host.value.lower()) == (user, host.lower())
        ]
        lacks = lacks or not found
        said = f"{server_name} as {server.installation.target.label}: "
        if found:
            lines.append(
                f"{said}{name} is declared  {declared_at(found[0])}: the files were not applied, or to another server"
            )
        else:
            lines += [
                f"{said}no file declares {name}, by whose rights a view, trigger, routine or event runs",
                f"       change: CREATE USER {name} ACCOUNT LOCK, with the grants that the object needs,",
                "       or define it anew: ALTER DEFINER = CURRENT_USER VIEW ..., or without DEFINER in the dump",
            ]
    return page([*dict.fromkeys(lines)]), lacks
