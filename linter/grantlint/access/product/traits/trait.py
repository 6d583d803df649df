"""One trait through the versions of both products, as a descriptor: the value of the version that is asked."""

from grantlint.platform.typed import Generic, Literal, Protocol, TypeVar, overload

T = TypeVar("T")
Version = tuple[int, ...]
Product = Literal["mysql", "mariadb"]
Steps = tuple[tuple[Version, T, str], ...]
"""(since version, value, where that is known from); before the first step its value holds as well."""

S55 = "MySQL 5.5.24 sql/sql_acl.cc"
S56 = "measured on 5.6.24; MySQL 5.6.41 sql/sql_acl.cc"
S823 = "measured on 9.7.4; MySQL 8.0.28 and 9.7.2 sql/auth/sql_auth_cache.cc"
M = "measured on 10.5, 10.11, 11.8; MariaDB 10.11.18 sql/sql_acl.cc"
NEVER_MARIA = (((5, 5), False, M),)


class Versioned(Protocol):
    """What has a product and a version."""

    product: Product
    version: Version


class Trait(Generic[T]):
    """One difference between versions, with its history.

    `reads_hosts`: it changes how a host value is read.
    """

    __slots__ = ("mariadb", "meaning", "mysql", "name", "reads_hosts")

    def __init__(self, meaning: str, *, mysql: Steps[T], mariadb: Steps[T], reads_hosts: bool = False) -> None:
        self.meaning = meaning
        self.mysql = mysql
        self.mariadb = mariadb
        self.reads_hosts = reads_hosts
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "Trait[T]": ...

    @overload
    def __get__(self, instance: Versioned, owner: type) -> T: ...

    def __get__(self, instance: Versioned | None, owner: type) -> "Trait[T] | T":
        if instance is None:
            return self
        value = self.at(instance.product, instance.version)
        vars(instance)[self.name] = value  # found before the descriptor from now on
        return value

    def step(self, product: Product, version: Version) -> tuple[Version, T, str]:
        """Return the step that holds in a version.

        Before the first one it is the first.
        """
        steps = self.mysql if product == "mysql" else self.mariadb
        return next((step for step in reversed(steps) if step[0] <= version), steps[0])

    def at(self, product: Product, version: Version) -> T:
        """Return the value that holds in `version`."""
        return self.step(product, version)[1]
