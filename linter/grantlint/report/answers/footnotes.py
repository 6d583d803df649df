"""How sure an answer is of the server it was given for: said once below all answers."""

from collections.abc import Iterable, Iterator

from grantlint.access.product.target import Target


def footnotes(targets: Iterable[Target], assumed: Iterable[str]) -> Iterator[str]:
    """Yield which servers nobody named a product for, and how versions that nobody measured were read.

    `assumed`: the names of servers whose products are assumed.
    """
    for name in dict.fromkeys(assumed):
        yield f"no file says which server {name} is: these are assumed; --server says it"
    for target in dict.fromkeys(targets):
        if not target.measured:
            yield target.note
