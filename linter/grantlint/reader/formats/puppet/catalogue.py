"""What the resources of one file declare, kept apart where one server cannot hold it all."""

from grantlint.model import Account, Declarations, Fault, GrantTo, NotChecked, ServerFacts
from grantlint.model.location import Located, Source, Span, Text
from grantlint.reader.formats.puppet import accounts, properties
from grantlint.reader.formats.puppet.classes import made_by
from grantlint.reader.formats.puppet.credentials import NO_PASSWORD, hide_secrets
from grantlint.reader.formats.puppet.language.resources import CLASS, CLASSES, OTHERS, Resource, each_of, members_of
from grantlint.reader.formats.puppet.language.values import Members, String, Unknown, Value
from grantlint.reader.formats.puppet.titles import mismatch

FORMAT = "puppet"
_UNMANAGED = "Puppet manages a resource with a property: add ensure => present."


class Catalogues:
    """The declarations of a file, for each node that it keeps apart.

    A catalogue holds a resource once. A second one of the same name stands in another branch of a condition or in
    another class, so it is for another server.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.not_checked: list[NotChecked] = []
        self._found: dict[str, list[Declarations]] = {}
        self._times: dict[tuple[str, ...], int] = {}
        self._settings: dict[str, dict[str, Text]] = {}
        self._failing: set[tuple[str, ...]] = set()

    def add(self, resource: Resource) -> None:
        """Add the declarations of a resource."""
        for name, value in resource.attributes.items():
            hide_secrets(name, value)
        if resource.kind == CLASS:
            self.server(resource)
            return
        if resource.kind in CLASSES:
            self._class(resource)
            return
        state = accounts.state_of(resource)
        if state == "absent":
            self._of(resource.node)[0].removals += 1
        elif state is None and "ensure" in resource.attributes:
            place = resource.attributes["ensure"].span
            self.not_checked.append(NotChecked("account", "a state that only a run knows", place))
        elif resource.title is None:
            what = "grants" if resource.kind == "mysql_grant" else "accounts"
            self.not_checked.append(NotChecked(what, "a hash that only a run knows", resource.span))
        elif resource.kind in OTHERS:
            self.not_checked.append(NotChecked(*OTHERS[resource.kind], resource.span))
        elif resource.kind == "mysql_user":
            self._user(resource)
        elif resource.kind == "mysql_grant":
            self.faults += [fault for fault in (mismatch(resource), accounts.lacking(resource)) if fault is not None]
            self.faults += properties.unheeded(
                resource.attributes.get("privileges"), resource.attributes.get("options")
            )
            self._grant(accounts.grant(resource), resource.node, resource.title)
        else:
            self._database(resource)

    def _user(self, resource: Resource) -> None:
        made = accounts.account(resource)
        unfit = properties.hash_fault(resource)
        if unfit is not None and isinstance(made, Account):
            self.faults.append(unfit)
            self._fails(resource.node, made)
        elif isinstance(made, Fault) or properties.is_managed(resource):
            self._account(made, resource.node)
            self._over_tls(resource, made)
        else:
            message = f"this mysql_user makes no account, {made} is not looked after"
            self.faults.append(Fault("schema-error", message, made.span, _UNMANAGED))

    def _over_tls(self, resource: Resource, made: Account | Fault) -> None:
        """Note what is wrong with TLS options. Grants depend on their account, and are skipped if it fails."""
        fault = properties.require_fault(resource.attributes.get("tls_options"))
        if fault is not None:
            self.faults.append(fault)
        if isinstance(made, Account) and properties.is_refused(resource):
            self._fails(resource.node, made)

    def _fails(self, node: str, made: Account) -> None:
        if made.known_name is not None:
            self._failing.add((node, *made.known_name))

    def _class(self, resource: Resource) -> None:
        if accounts.state_of(resource) == "present" and (made := made_by(resource)) is not None:
            self._account(made[0], resource.node, once=True)
            self._grant(made[1], resource.node)

    def _database(self, resource: Resource) -> None:
        other = accounts.parameter_of_others(resource)
        if other:
            why = f"its parameter {other} is of another module than puppetlabs-mysql"
            self.not_checked.append(NotChecked("account", why, resource.span))
            return
        lacking = accounts.lacking(resource)
        if lacking is not None:
            self.faults.append(lacking)
        if "user" in resource.attributes or resource.rest is not None:
            made, granted = accounts.database(resource)
            self.faults += properties.unheeded(
                resource.attributes.get("grant"), resource.attributes.get("grant_options")
            )
            self._account(made, resource.node, once=True)
            self._over_tls(resource, made)
            self._grant(granted, resource.node)

    def server(self, resource: Resource) -> None:
        """Add the attributes of the class `mysql::server`."""
        attributes, node = resource.attributes, resource.node
        for kind, name in (("mysql_user", "users"), ("mysql_grant", "grants")):
            if name in attributes:
                for each in each_of(kind, attributes[name], None, attributes[name].span, node):
                    self.add(each)
        for name in ("override_options", "options"):
            options = attributes.get(name)
            if isinstance(options, Members):
                self._set(options, node)
        config = attributes.get("config_hash")  # before 2.0.0
        password = attributes.get("root_password") or members_of(config).get("root_password")
        if password is not None and not _is(attributes.get("create_root_user"), "false"):
            self.root(password, node)

    def root(self, password: Value, node: str = "") -> None:
        """Add `root@localhost`, which a root password ensures."""
        if not _is(password, NO_PASSWORD):
            self._account(accounts.root(password, password.span), node, once=True)

    def _set(self, options: Members, node: str) -> None:
        for section, inside in options.pairs:
            if section.value in {"mysqld", "server", "mariadb"} and isinstance(inside, Members):
                for key, value in inside.pairs:
                    text = accounts.setting(value)
                    if text is not None and key.is_known:
                        self._facts(node, options.span)[key.value.lower().replace("-", "_")] = text

    def _facts(self, node: str, span: Span) -> dict[str, Text]:
        settings = self._settings.setdefault(node, {})
        first = self._of(node)[0]
        if first.server is None:
            first.server = ServerFacts(span, settings=settings)
        return settings

    def _account(self, made: Account | Fault, node: str, *, once: bool = False) -> None:
        if isinstance(made, Fault):
            self.faults.append(made)
        elif made.known_name is not None:
            name = (node, "user", *made.known_name)
            if not (once and name in self._times):
                self._free(name).accounts.append(made)
        else:
            self._of(node)[0].accounts.append(made)

    def _grant(self, made: GrantTo | Fault | None, node: str, title: String | Unknown | None = None) -> None:
        """Add a grant; `title` is its resource's, or that which `mysql::db` gives it.

        Resources of other titles are in one catalogue: modules before 3.0.0 take them, and each grants without
        revoking what the other does.
        """
        if isinstance(made, Fault):
            self.faults.append(made)
        elif made is not None:
            leaves = (made.user, made.host, made.grant.target)
            named = [str(leaf.value) for leaf in leaves if isinstance(leaf, Located)]
            if isinstance(title, String) and title.is_known:
                named = [title.value.replace("'", "")]
            elif len(named) == len(leaves):
                named = [f"{named[0]}@{named[1]}/{named[2].replace('`', '')}"]
            part = self._free((node, "grant", *named)) if len(named) == 1 else self._of(node)[0]
            part.grants.append(made)

    def _free(self, name: tuple[str, ...]) -> Declarations:
        """Return the first part of a node without this resource, and note it there."""
        parts = self._of(name[0])
        times = self._times.get(name, 0)
        self._times[name] = times + 1
        if times == len(parts):
            parts.append(Declarations(FORMAT, self.source.path))
        return parts[times]

    def _of(self, node: str) -> list[Declarations]:
        return self._found.setdefault(node, [Declarations(FORMAT, self.source.path)])

    def declarations(self) -> tuple[Declarations, ...]:
        """Return the declarations of all nodes. () if there is nothing to check and nothing to say."""
        for node, parts in self._found.items() if self._failing else ():
            for part in parts:
                part.grants[:] = [made for made in part.grants if (node, *_name_of(made)) not in self._failing]
        found = [part for parts in self._found.values() for part in parts if _says_something(part)]
        if self.faults or self.not_checked:
            found = found or [Declarations(FORMAT, self.source.path)]
            found[0].faults[:0] = self.faults
            found[0].not_checked[:0] = self.not_checked
        return tuple(found)


def _name_of(made: GrantTo) -> tuple[str, ...]:
    return tuple([str(leaf.value) for leaf in (made.user, made.host) if isinstance(leaf, Located)])


def _is(value: Value | None, text: str) -> bool:
    return isinstance(value, String) and value.value == text


def _says_something(part: Declarations) -> bool:
    return bool(part.accounts or part.grants or part.server or part.removals)
