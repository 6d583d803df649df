"""What a policy says of the server itself: its name, product, settings and administrators, and the hosts around it."""

import re
from collections.abc import Iterator, Sequence

from grantlint.access import parse_target
from grantlint.model import DeclaredServer, NamedHost
from grantlint.model.location import Located, Text
from grantlint.platform.errors import TargetError
from grantlint.reader.formats.policy.servers import ADDRESS
from grantlint.report.policy.scalar import scalar
from grantlint.report.policy.values import Values
from grantlint.report.secrecy.settings import may_show_setting

_SETTING_VALUE = re.compile(r"(?:true|false|ON|OFF|0|[1-9]\d{0,15})\Z")


class Facts:
    """The facts of one server as a policy has them.

    `names` are those of servers that are written already.
    """

    def __init__(self, server: DeclaredServer, names: set[str], values: Values, left_out: list[str]) -> None:
        self._server = server
        self._names = names
        self._values = values
        self._left_out = left_out

    def facts(self) -> list[str]:
        """Return the lines of `server:`."""
        facts = self._server.facts
        lines: list[str] = []
        name = next((fact.name for fact in facts if isinstance(fact.name, Located) and fact.name.value), None)
        if name and name.value not in self._names and self._values.known(name) is not None:
            self._names.add(name.value)
            lines.append(f"  name: {scalar(name.value)}")
        product = _product([fact.product for fact in facts if isinstance(fact.product, Located)])
        if product:
            lines.append(f"  product: {scalar(product)}")
        settings = list(self._settings())
        if settings:
            lines += ["  settings:", *settings]
        administrators = [leaf for fact in facts for leaf in fact.administrators]
        if administrators:
            lines.append(f"  administrators: {self._values.flow(administrators)}")
        return ["server:", *lines] if lines else []

    def _settings(self) -> Iterator[str]:
        stated: dict[str, Text] = {}
        for fact in self._server.facts:
            for name, value in fact.settings.items():
                if isinstance(value, Located) or name not in stated:
                    stated[name] = value
        for name, value in stated.items():
            known = self._values.known(value)
            if isinstance(value, Located) and (known is None or not may_show_setting(name, known)):
                self._left_out.append("a setting")
            elif known is not None and _SETTING_VALUE.match(known):
                yield f"    {name}: {known}"
            else:
                yield f"    {name}: {self._values.scalar(value)}"

    def hosts(self) -> list[str]:
        """Return the lines of `hosts:`."""
        lines = [line for host in self._server.hosts for line in self._named_host(host)]
        return ["hosts:", *lines] if lines else []

    def _named_host(self, host: NamedHost) -> list[str]:
        addresses = [each for each in host.addresses if not isinstance(each, Located) or ADDRESS.search(each.value)]
        lines = [f"  - name: {self._values.scalar(host.name)}"]
        if addresses:
            lines.append(f"    addresses: {self._values.flow(addresses)}")
        if host.dns_names:
            lines.append(f"    dns_names: {self._values.flow(host.dns_names)}")
        return lines if len(lines) > 1 else []


def _product(products: Sequence[Located[str]]) -> str | None:
    """Return the first product that exists, as judging does; else the first."""
    for product in products:
        try:
            parse_target(product.value)
        except TargetError:
            continue
        return product.value
    return products[0].value if products else None
