"""The instances of one resource by their keys: a reference to one need not go through all."""

from collections.abc import Iterable

from grantlint.model.location import Unresolved
from grantlint.reader.formats.terraform.module.instance import Instance
from grantlint.reader.formats.terraform.values import Members, Value, identity


class ByKey:
    """Instances by what their keys surely are.

    They go up to the first whose key only a run knows. `is_open`: there is one, which may be that of any key.
    """

    __slots__ = ("_instances", "is_open")

    def __init__(self, instances: Iterable[Instance]) -> None:
        self._instances: dict[str, Instance] = {}
        self.is_open = False
        for instance in instances:
            key = _key_of(instance)
            if key is not None and identity(key):
                self._instances.setdefault(identity(key), instance)
            if isinstance(key, Unresolved):
                self.is_open = True
                break

    def of(self, key: Value) -> Instance | None:
        """Return the instance of surely this key."""
        return self._instances.get(identity(key))


def _key_of(instance: Instance) -> Value | None:
    bound = next(iter(instance.scope.bound.values()), None)
    return next(iter(bound.values.values()), None) if isinstance(bound, Members) else None
