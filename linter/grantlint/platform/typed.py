"""The words of `typing` that this package uses, without the price of importing it.

Type checkers see `typing` itself. A run sees stand-ins that say nothing, since nobody asks them at run time: `typing`
and what it imports were 14 million instructions of each run, a fifth of what `--version` takes.
"""

TYPE_CHECKING = False  # type checkers know it by its name
if TYPE_CHECKING:
    from typing import (
        BinaryIO,
        Generic,
        Literal,
        NewType,
        NoReturn,
        NotRequired,
        Protocol,
        Self,
        TypeAlias,
        TypedDict,
        TypeVar,
        TypeVarTuple,
        cast,
        get_args,
        overload,
    )
else:

    class _Word:
        """A word of an annotation, alone or with something in brackets, which it keeps for `get_args`."""

        def __init__(self, *inside: object) -> None:
            self.__args__ = inside

        def __getitem__(self, inside: object) -> "_Word":
            return _Word(*inside) if isinstance(inside, tuple) else _Word(inside)

        def __or__(self, other: object) -> "_Word":
            return self

        __ror__ = __or__

        def __iter__(self) -> object:  # `*Things`
            yield self

    class _Variable(_Word):
        """A word that another may be put for, as `list[T][str]` does."""

        def __typing_subst__(self, other: object) -> object:
            return other

    class Generic:
        """What may have something in brackets, and is the same with it."""

        __slots__ = ()

        def __class_getitem__(cls, inside: object) -> type:
            return cls

    class Protocol:
        """What says which methods others have."""

        __slots__ = ()

    BinaryIO = Literal = NoReturn = NotRequired = Self = TypeAlias = _Word()
    TypedDict = dict

    def TypeVar(name: str, *constraints: object, **traits: object) -> _Variable:
        return _Variable()

    TypeVarTuple = TypeVar

    def NewType(name: str, of: type) -> type:
        return of

    def cast(kind: object, value: object) -> object:
        return value

    def get_args(kind: object) -> tuple:
        return kind.__args__

    def overload(function: object) -> object:
        return function


__all__ = [
    "TYPE_CHECKING", "BinaryIO", "Generic", "Literal", "NewType", "NoReturn", "NotRequired", "Protocol",
    "Self", "TypeAlias", "TypeVar", "TypeVarTuple", "TypedDict", "cast", "get_args", "overload",
]  # fmt: skip
