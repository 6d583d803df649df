"""The servers that files declare, each as the products that it may be."""

from collections.abc import Iterable, Sequence

from grantlint.access import Target, parse_target
from grantlint.model import DeclaredServer
from grantlint.platform.deadline import Deadline
from grantlint.platform.record import NamedTuple
from grantlint.run.settings import Settings
from grantlint.servers.panel import Panels, panels


class Products(NamedTuple):
    """The products as which servers are judged.

    They are those asked for, else what the files say, else `otherwise`.
    """

    asked: Sequence[Target]
    otherwise: Sequence[Target]
    administrators: Sequence[str]

    @classmethod
    def of(cls, settings: Settings) -> "Products":
        """Return the products that the settings name.

        Raises TargetError for a name that no server has.
        """
        asked, otherwise = settings.asked_servers, settings.servers
        return cls([*map(parse_target, asked)], [*map(parse_target, otherwise)], settings.administrators)

    def panels(self, declared: Iterable[DeclaredServer], deadline: Deadline | None = None) -> Panels:
        """Return each server as its products, and faults.

        There is a fault for each product that the files name and nobody knows.
        """
        return panels(declared, self.asked, self.administrators, self.otherwise, deadline)
