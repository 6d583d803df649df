"""The server of a policy, and the clients and networks that it has names for."""

from grantlint.model import Fault, NamedHost, ServerFacts
from grantlint.model.location import Located, Span, Text
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.policy.binding import Binder
from grantlint.reader.leaf.server_option import ACCOUNT_SETTINGS
from grantlint.reader.yaml.items import Item, Mapping
from grantlint.reader.yaml.nodes import value_span
from grantlint.reader.yaml.parser import end_of, start_of

SERVER = frozenset({"name", "product", "settings", "administrators"})
NAMED_HOST = frozenset({"name", "addresses", "dns_names"})
SETTING = Pattern(r"^[A-Za-z][A-Za-z0-9_.-]*$")

_OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_IPV4 = rf"({_OCTET}\.){{3}}{_OCTET}(/(3[0-2]|[12]?[0-9]))?"
_GROUP = "[0-9A-Fa-f]{1,4}"
_GROUPS = "|".join(
    [
        f"({_GROUP}:){{7}}{_GROUP}",
        f"({_GROUP}:){{1,7}}:",
        *(f"({_GROUP}:){{1,{7 - n}}}(:{_GROUP}){{1,{n}}}" for n in range(1, 7)),
        f":((:{_GROUP}){{1,7}}|:)",
    ]
)
_MAPPED = rf"(({_GROUP}:){{6}}|({_GROUP}(:{_GROUP}){{0,4}})?::({_GROUP}:){{0,4}})({_OCTET}\.){{3}}{_OCTET}"
_IPV6 = rf"(({_GROUPS})|{_MAPPED})(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?"
ADDRESS = Pattern(rf"^({_IPV4}|{_IPV6})$|\{{\{{|\$\{{")


def bind_server(binder: Binder, item: Item) -> ServerFacts | None:
    """Return the server that `server:` describes."""
    node = binder.mapping(item, "server")
    if node is None:
        return None
    fields = binder.known(node, SERVER)
    return ServerFacts(
        span=value_span(binder.source, node.start, node.end),
        name=binder.word(fields.get("name")),
        product=binder.word(fields.get("product")),
        settings=_settings(binder, fields.get("settings")),
        administrators=_texts(binder, fields.get("administrators"), "administrators"),
    )


def _texts(binder: Binder, node: Item | None, what: str) -> tuple[Text, ...]:
    return tuple(text for text in map(binder.text, binder.items(node, what)) if text is not None)


def _settings(binder: Binder, item: Item | None) -> dict[str, Text]:
    """Return settings as written, by their names in lower case with `_`."""
    node = binder.mapping(item, "settings")
    if node is None:
        return {}
    settings: dict[str, Text] = {}
    for name, item_ in node.fields.items():
        value = binder.text(item_)
        key = name.lower().replace("-", "_")
        if not SETTING.search(name):
            binder.fits = False
            binder.hide(item_)
        elif key in settings:
            binder.declarations.faults.append(_set_twice(binder, node, name, settings[key]))
        elif value is not None:
            settings[key] = value
        if key not in ACCOUNT_SETTINGS and ("password" in key or "secret" in key):
            binder.hide(item_)
    return settings


def _set_twice(binder: Binder, node: Mapping, name: str, first: Text) -> Fault:
    key = node.keys[name]
    line, _ = binder.source.position(first.start)
    message = f"`{name}` is the setting that line {line} has already"
    at = Span(binder.source, start_of(key), end_of(key))
    return Fault("duplicate-key", message, at, "Keep one; `-` and `_` are the same in a setting.")


def bind_host(binder: Binder, item: Item) -> NamedHost | None:
    """Return a named client or network."""
    node = binder.mapping(item, "a host")
    if node is None:
        return None
    fields = binder.known(node, NAMED_HOST)
    name = binder.word(fields.get("name"))
    if "addresses" not in fields and "dns_names" not in fields:
        binder.fits = False
    addresses: list[Text] = []
    for each in binder.filled(fields.get("addresses"), "addresses"):
        text = binder.strict(each)
        if isinstance(text, Located) and not ADDRESS.search(text.value):
            binder.fits = False
        elif text is not None:
            addresses.append(text)
    dns_names = binder.texts(binder.filled(fields.get("dns_names"), "DNS names"))
    if not isinstance(name, Located):
        if name is not None:
            binder.not_checked("a host", name.reason, item)
        else:
            binder.fits = False
        return None
    return NamedHost(name, tuple(addresses), dns_names)
