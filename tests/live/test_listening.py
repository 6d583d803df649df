"""Which clients real servers hear, by settings that say where they listen (docs/facts.md, K)."""

import pytest

from grantlint.access.accounts.listening import unheard
from grantlint.access.host.client import Client
from grantlint.access.product.installation import Installation, ServerSettings
from live.conftest import CHOSEN, missing
from live.debian import ProvisionError
from live.provision import provision
from live.servers import LiveServer, namespace

SETTINGS = (
    {"bind_address": "127.0.0.1"},
    {"bind_address": "::"},
    {"skip_networking": "on"},
    {"skip_grant_tables": "on"},
)
SOURCES = ("127.0.0.1", "10.0.0.1", "::1")


@pytest.mark.live
@pytest.mark.parametrize("settings", SETTINGS, ids=" ".join)
@pytest.mark.parametrize("name", CHOSEN)
def test_who_is_heard(name: str, settings: dict[str, str]) -> None:
    if not namespace():
        missing("no network namespace is permitted here: clients are at 127.0.x.y")
    options = [f"--{setting.replace('_', '-')}={value}" for setting, value in settings.items()]
    try:
        server = LiveServer(provision(name), skip_name_resolve=True, options=options)
    except ProvisionError as error:
        missing(f"{name}: {error}")
    try:
        installation = Installation(server.target, ServerSettings(settings, frozenset()))
        for source in SOURCES if server.ipv6 else SOURCES[:2]:
            told = unheard(installation, Client.tcp(source)) is None
            assert told == _answers(server, source), (name, settings, source)
    finally:
        server.close()


def _answers(server: LiveServer, source: str) -> bool:
    """Return whether the server says anything to a client, be it a refusal."""
    try:
        server.ask(sessions=[("nobody", source, ())])
    except ProvisionError as error:
        if "2003" not in str(error):
            raise
        return False
    return True
