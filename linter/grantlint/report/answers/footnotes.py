"""How sure an answer is of the server it was given for: said once below all answers."""

from collections.abc import Iterable, Iterator

from grantlint.access.server.server import Server
from grantlint.report.places import line_of


def footnotes(servers: Iterable[Server], assumed: Iterable[str]) -> Iterator[str]:
    """Yield how sure the answers are of their servers.

    Told are servers that nobody named a product for, and versions that nobody measured. `assumed`: the names of servers
    whose products are assumed. A volume that keeps the data of an image is told, too.
    """
    told = list(servers)
    kept = [fact.kept for server in told for fact in server.declared.facts if fact.kept is not None]
    for place in dict.fromkeys(kept):
        yield (
            f"{line_of(place)}: this volume keeps the data; the image's variables and scripts count while it is empty, "
            "at the first start"
        )
    for name in dict.fromkeys(assumed):
        yield f"no file says which server {name} is: these are assumed; --server says it"
    for target in dict.fromkeys(server.installation.target for server in told):
        if not target.measured:
            yield target.note
