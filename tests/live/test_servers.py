"""Whether there is anything to ask."""

import pytest

from live.debian import ProvisionError
from live.provision import SERVERS, provision
from live.servers import LiveServer

pytestmark = pytest.mark.live


def test_at_least_one_real_server_can_be_started() -> None:
    wrong = []
    for name in SERVERS:
        try:
            LiveServer(provision(name), skip_name_resolve=True).close()
        except ProvisionError as error:
            wrong.append(f"{name}: {error}")
        else:
            return
    pytest.fail("no server could be started\n" + "\n".join(wrong))
