"""The servers that files declare, for the commands that answer questions about them."""

from collections.abc import Sequence
from types import SimpleNamespace

from grantlint.cli.options import request_of, settings_of
from grantlint.cli.terminal import warn
from grantlint.errors import NothingToCheck
from grantlint.run.loading import load
from grantlint.run.servers import Products
from grantlint.servers.grouping import group
from grantlint.servers.panel import Panel


def served(paths: Sequence[str], options: SimpleNamespace) -> list[Panel]:
    """Return the servers that the paths declare, raising NothingToCheck where there are none."""
    settings = settings_of(options)
    request = request_of(paths, options)
    products = Products.of(settings)
    loaded = load(request, settings)
    found, faults = products.panels(group(loaded.declarations))
    warn(loaded.search.remarks, len(loaded.faults) + len(faults), "not in the answer")
    if not any(panel.declared.accounts or panel.declared.roles for panel in found):
        raise NothingToCheck(f"nothing to answer from: no account declaration in {' '.join(request.paths)}")
    return found
