"""Names that a package offers and imports only when somebody asks for them (PEP 562).

A run that needs a tenth of the model would otherwise pay for all of it at every start: 20 ms.
"""

from collections.abc import Callable, Mapping
from importlib import import_module


def offers(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a package's `__getattr__`.

    `homes` maps modules to the names that they are asked for, with blanks.
    """
    home_of: dict[str, str] = {}

    def offered(name: str) -> object:
        if not home_of:
            home_of.update((one, module) for module, names in homes.items() for one in names.split())
        home = home_of.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(home), name)
        vars(import_module(package))[name] = value
        return value

    return offered
