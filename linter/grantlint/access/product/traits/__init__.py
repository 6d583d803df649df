"""What sets one server version apart from another: the only table of versions in the code.

Every trait has a history: from which version on it has which value, for MySQL and for MariaDB, and where that is known
from. "measured" means that a server of that series was asked; a file name means the server's source. A version between
two steps has the value of the step before it. A new difference is one entry in one of the classes below.
"""

from functools import cached_property, lru_cache

from grantlint.access.product.traits.accounts import AccountTraits
from grantlint.access.product.traits.grants import GrantTraits
from grantlint.access.product.traits.hosts import HostTraits, SortOrder
from grantlint.access.product.traits.login import LoginTraits
from grantlint.access.product.traits.trait import Product, Trait, Version

__all__ = ["Product", "SortOrder", "Trait", "Traits", "Version", "every_trait", "traits_of"]


class Traits(HostTraits, AccountTraits, GrantTraits, LoginTraits):
    """Everything in which two versions may decide differently."""

    def __init__(self, product: Product, version: Version) -> None:
        self.product: Product = product
        self.version = version

    @cached_property
    def host_reading(self) -> tuple[object, ...]:
        """The values of all traits that change what hosts mean.

        It is equal for versions that read every host value alike.
        """
        read = (trait.at(self.product, self.version) for trait in every_trait().values() if trait.reads_hosts)
        return (self.product, *read)

    @cached_property
    def by_name(self) -> dict[str, object]:
        """The value of every trait: equal for versions that decide everything alike."""
        values = {name: trait.at(self.product, self.version) for name, trait in every_trait().items()}
        return {"product": self.product, **values}


@lru_cache(maxsize=1)
def every_trait() -> dict[str, Trait[object]]:
    """Return the traits by name, in the order of the source."""
    return {
        name: trait
        for kind in (HostTraits, AccountTraits, GrantTraits, LoginTraits)
        for name, trait in vars(kind).items()
        if isinstance(trait, Trait)
    }


@lru_cache(maxsize=512)
def traits_of(product: Product, version: Version) -> Traits:
    """Return the traits of one version.

    It is the same object for the same arguments.

    >>> traits_of("mysql", (9, 7, 4)).sort_order
    'ip823'
    >>> traits_of("mariadb", (10, 11, 19)).cidr
    False
    """
    return Traits(product, version)
