"""Named tuples, written as `typing.NamedTuple` is and seen as it by type checkers, at a third of the price.

A run over one small file makes 130 of them. Python compiles a function for each, and makes each class again, member by
member: that was a sixth of the instructions of such a run. Here a class is made once, and those of as many fields share
one compiled function, under names of their own.
"""

import sys
from _collections import _tuplegetter  # type: ignore[import-not-found]  # what `collections` takes, unknown to stubs
from collections.abc import Iterable
from types import CodeType, FunctionType

from grantlint.platform.typed import TYPE_CHECKING, Self, cast

_codes: dict[int, CodeType] = {}
_NoSuchField = TypeError if sys.version_info >= (3, 13) else ValueError  # as those of `typing` have it


class _Record(tuple[object, ...]):
    """What all of them have beside their fields."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    @classmethod
    def _make(cls, values: Iterable[object]) -> Self:
        made = super().__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changed: object) -> Self:
        made = super().__new__(self.__class__, map(changed.pop, self._fields, self))
        if changed:
            raise _NoSuchField(f"Got unexpected field names: {[*changed]!r}")
        return made

    def _asdict(self) -> dict[str, object]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        shown = ", ".join([f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)])
        return f"{self.__class__.__name__}({shown})"

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)


class _Maker(type):
    """Makes of a class with annotations one with these fields."""

    def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, object]) -> type:
        del bases  # the sign of this metaclass
        annotations = cast("dict[str, object]", members.get("__annotations__", {}))
        fields = tuple(annotations)
        defaults = {field: members[field] for field in fields if field in members}
        if fields[len(fields) - len(defaults) :] != tuple(defaults):
            raise TypeError(f"a field of {name} without a default follows one that has one")
        for number, field in enumerate(fields):
            members[field] = _tuplegetter(number, "")
        names: dict[str, object] = {"_new": _Record.__new__}
        members["__new__"] = made = FunctionType(_code(fields), names, "__new__", tuple(defaults.values()))
        made.__annotations__, made.__qualname__ = annotations, f"{name}.__new__"
        members |= {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
        return type(name, (_Record,), members)


def _code(fields: tuple[str, ...]) -> CodeType:
    """Return what makes such a tuple of its arguments."""
    code = _codes.get(len(fields))
    if code is None:
        names = "".join(f"_{number}, " for number in range(len(fields)))
        made = cast("FunctionType", eval(f"lambda _cls, {names}: _new(_cls, ({names}))"))  # noqa: S307 - our own words
        code = _codes[len(fields)] = made.__code__
    return code.replace(co_varnames=("_cls", *fields), co_name="__new__")


class _Base:
    """The value to write between the brackets of a class."""

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type]:
        del bases
        return (_sign,)


_sign = type.__new__(_Maker, "NamedTuple", (), {})

if TYPE_CHECKING or sys.version_info >= (3, 14):  # type checkers know this one alone; from then on nobody notes
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - the annotations of a class before they are asked for
else:
    NamedTuple = _Base()
