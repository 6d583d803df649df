"""A container that runs a server: the accounts and settings that its image makes of its variables and command."""

from collections.abc import Sequence

from grantlint.model import Container, Declarations, NotChecked, ServerFacts
from grantlint.model.location import Located, Span, Text
from grantlint.platform.record import NamedTuple
from grantlint.reader.images.accounts import Accounts, given_passwords
from grantlint.reader.images.command import OWN_START, is_mounted, runs_entry_point, scripts_of, settings_of
from grantlint.reader.images.environment import ROOT_PASSWORD, Environment
from grantlint.reader.images.references import Recognised, own_settings

_DATA = frozenset({"/var/lib/mysql", "/bitnami/mysql", "/bitnami/mariadb"})  # where no other product keeps its data


class Start(NamedTuple):
    """How a container starts. `span` says where it stands, `targets` what is mounted in it."""

    image: Recognised
    environment: Environment
    entry_point: Sequence[Text]
    command: Sequence[Text]
    targets: Sequence[str]
    span: Span
    named: Span  # where its image is named
    container: Container | None = None


def declares(start: Start, into: Declarations) -> bool:
    """Add what the first start of a container makes. False where it is no server's."""
    entry_point = _joined(start.entry_point)
    if not runs_entry_point(entry_point, _joined(start.command)):
        return False
    image, why = start.image.image, start.image.why
    if image is not None and is_mounted(entry_point, start.targets):
        image, why = None, OWN_START
    if image is None:
        if not why or not _may_be_a_server(start):
            return False
        into.accounts += given_passwords(start.environment, why, start.span)
        if not into.accounts:
            into.not_checked.append(NotChecked("accounts", why, start.span))
        return True
    accounts = Accounts(image, start.environment, start.span)
    accounts.put_into(into)
    words = [*start.entry_point, *start.command]
    into.not_checked += scripts_of(words)
    settings = own_settings(image, start.targets, start.named) | settings_of(words)
    into.server = ServerFacts(start.span, product=start.image.product, settings=settings, container=start.container)
    return True


def _may_be_a_server(start: Start) -> bool:
    """Return whether a container of an unknown image has a server's variables, or its data and variables unread."""
    environment = start.environment
    if any(map(ROOT_PASSWORD.match, environment.names())):
        return True
    return bool(environment.unread) and any(target.rstrip("/") in _DATA for target in start.targets)


def _joined(words: Sequence[Text]) -> str:
    return " ".join(word.value if isinstance(word, Located) else "$" for word in words)
