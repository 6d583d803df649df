"""One file of a module, from its text to its declarations."""

import os
import re
from functools import cached_property

from grantlint.model import Credential, Declarations, Fault, NotChecked, Secrecy, ServerFacts
from grantlint.model.location import Located, Source, Span, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.other.containers import RELEASED
from grantlint.reader.formats.terraform.hcl.syntax import PATIENCE, Block
from grantlint.reader.formats.terraform.module.beside import OVERRIDES, changed_by, is_override
from grantlint.reader.formats.terraform.module.files import Parsed, parsed
from grantlint.reader.formats.terraform.module.instance import Instance
from grantlint.reader.formats.terraform.module.names import Module
from grantlint.reader.formats.terraform.resources import KINDS, Siblings, declare
from grantlint.reader.formats.terraform.servers.administrators import administrator
from grantlint.reader.formats.terraform.servers.charts import released
from grantlint.reader.formats.terraform.servers.platforms import is_of_mysql, maker_of
from grantlint.reader.formats.terraform.servers.started import STARTED, Started
from grantlint.reader.formats.terraform.values import Scalar, identity
from grantlint.reader.tree.surroundings import OUTSIDE, as_written, surroundings_of

FORMAT = "terraform"

_CHART = re.compile(r"(?:\A|[\"/])(?:mysql|mariadb)(?:-galera)?\"?\Z")
_OF_CLOUD_SQL = re.compile(r"google_sql_database_instance\.([\w-]+)[.\[]")
_CLOUD_VERSION = re.compile(r"MYSQL_(\d+)_(\d+)(?:_(\d+))?")
_NO_ESCAPE = re.compile(r"\\[^nrt\"\\uU\s]")
_LITERAL = re.compile(r'"(?:[^"\\$%]|[$%](?!\{)|\\.)+"\Z')
_TEMPLATE = re.compile(r"\{%|(?<!\$)\{\{")


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a Terraform file. One Declarations for each server that its resources go to.

    The other files of the folder are looked at for what this one refers to. Text that is no HCL is a fault, and the
    blocks around it are read; a template of such a file is not checked.
    """
    own = parsed(source)
    reading = _Reading(source, own)
    error = own.document.first_error()
    if own.document.given_up:
        source.leave_unread(0, 1, f"the text is so broken that {PATIENCE:.0f} seconds do not suffice")
    elif error is not None:
        reading.broken(own.document.span(error))
    for block in reading.module.blocks:
        reading.block(block)
    reading.module.forget()
    return reading.declarations()


class _Cloud(NamedTuple):
    """An instance of Cloud SQL: which it is of the module, what its resource is called, its known versions."""

    number: int
    label: str
    versions: list[Located[str]]


class _Reading:
    def __init__(self, source: Source, own: Parsed) -> None:
        self.source = source
        self.module = Module(source, own)
        self.siblings = Siblings(self.module.instances_of_kind)
        self.containers = Started(self.module)
        self.found: dict[str, Declarations] = {}
        self.logins: list[Credential] = []

    def block(self, block: Block) -> None:
        """Read the declarations of a block."""
        if block.kind == "removed":
            if "from" in block.attributes and block.attributes["from"].text.split(".")[0] in KINDS:
                self.of("").removals += 1
        elif block.kind == "provider" and block.labels[:1] == ("mysql",) and "password" in block.attributes:
            self.provided(block)
        elif block.kind == "module" and "source" in block.attributes:
            self.child(block)
        elif block.kind == "resource" and len(block.labels) > 1 and block.labels[0] in KINDS:
            if is_override(self.source.path):
                self.change(block)
                return
            changed = changed_by(self.source, block.labels[0], block.labels[1], OVERRIDES[2:])
            if changed:
                self.of("").not_checked.append(
                    NotChecked("resource", f"{as_written(changed)} may change it", block.header)
                )
                return
            for instance in self.module.instances(block):
                self.instance(instance)
        elif block.kind == "resource":
            self.made_elsewhere(block)

    def provided(self, block: Block) -> None:
        """Note a password that the provider logs in with."""
        written = block.attributes["password"]
        if _LITERAL.match(written.text):
            self.source.hide(*written.span[1:])
            self.logins.append(Credential(Secrecy.PLAIN, written.span))

    def made_elsewhere(self, block: Block) -> None:
        """Count what a chart or a platform makes accounts by."""
        written = {name: each.text for name, each in block.attributes.items()}
        kind = block.labels[0] if block.labels else ""
        maker = maker_of(kind, written)
        if kind in STARTED:
            self.started(block)
        elif kind == "helm_release" and _CHART.search(written.get("chart", "")):
            released_by = [found for one in self.module.instances(block) for found in released(one)]
            self.found |= {found.unit: found for found in released_by}
            if not released_by:
                self.of("").not_checked.append(NotChecked("accounts", RELEASED, block.header))
        elif maker and self.administered(block, written):
            pass
        elif maker:
            why = f"{maker} makes them, with the rights that it gives"
            self.of("").not_checked.append(NotChecked("accounts", why, block.header))

    def started(self, block: Block) -> None:
        """Read the containers of a resource that run a server."""
        for number, instance in enumerate(self.module.instances(block)):
            for at, starts in enumerate(self.containers.by(instance)):
                unit = f"container:{self.source.path}:{'.'.join(block.labels)}[{number}][{at}]"
                found = Declarations(FORMAT, self.source.path, unit=unit)
                found.includes = ()
                if starts(found):
                    self.found[unit] = found

    def administered(self, block: Block, written: dict[str, str]) -> bool:
        """Add the administrators whose password stands here, and return whether one does."""
        if not is_of_mysql(block.labels[0], written):
            return False
        found = [account for one in self.module.instances(block) if (account := administrator(one)) is not None]
        for number, account in enumerate(found):
            self.of(f"{'.'.join(block.labels)}[{number}]").accounts.append(account)
        return bool(found)

    def child(self, block: Block) -> None:
        """Count a module outside of the tree. One in it is read by itself, one of a registry declares no account."""
        written = block.attributes["source"]
        path = written.text.strip('"')
        around = surroundings_of(self.source)
        local = path.startswith(("./", "../", "/"))
        if local and around.roots and not around.holds(os.path.join(around.folder, path)):
            what = NotChecked("accounts", f"the module {as_written(path)} {OUTSIDE}", written.span)
            self.of("").not_checked.append(what)

    def change(self, block: Block) -> None:
        """Count an override of a resource that no file has. Other overrides are read where the resource is written."""
        if not self.module.has(block):
            why = "no other file of the module has the resource that it would change"
            self.of("").not_checked.append(NotChecked("resource", why, block.header))

    def instance(self, instance: Instance) -> None:
        """Read one instance of a resource."""
        if instance.kind == "google_sql_user":
            product = self.product(instance)
            if product is None:
                return
            if isinstance(product, Unresolved):
                what = "whether the account is one of MySQL"
                self.of("").not_checked.append(NotChecked(what, product.reason, product.span))
                return
            self.installed(product, self.of(self.server(instance)))
        declare(instance, self.siblings, self.of(self.server(instance)))

    def installed(self, product: Located[str], to: Declarations) -> None:
        """Note the MySQL version of a Cloud SQL instance."""
        found = _CLOUD_VERSION.fullmatch(product.value)
        if found and to.server is None:
            version = ".".join(part for part in found.groups() if part)
            to.server = ServerFacts(product.span, product=Located(f"cloudsql-mysql-{version}", *product.span))

    def server(self, instance: Instance) -> str:
        """Return the name of a resource's server within the module. A provider's alias, or an instance of Cloud SQL."""
        provider = instance.block.attributes.get("provider")
        if provider is not None and instance.kind.startswith("mysql_"):
            alias = provider.text.strip('"')
            return alias if "." in alias else ""
        if instance.kind == "google_sql_user" and len(self.cloud) > 1:
            value = instance.value("instance")
            return identity(value) if value is not None else ""
        return ""

    def product(self, instance: Instance) -> Located[str] | Unresolved | None:
        """Return the value that shows a Cloud SQL user to be MySQL's.

        None where it is none, unresolved where nobody says.

        The instance says it by its version. PostgreSQL and SQL Server know no host.
        """
        known = [version for one in self._on(instance) for version in one.versions]
        if known:
            return next((version for version in known if version.value.startswith("MYSQL")), None)
        if self.no_cloud_is_mysql:
            return None
        host = instance.value("host")
        if host is not None:
            return Located("MYSQL", *host.span)
        return Unresolved("the product of its instance is not written here", *instance.span)

    @cached_property
    def cloud(self) -> list["_Cloud"]:
        """The instances of Cloud SQL in the module, in order."""
        blocks = self.module.resources("google_sql_database_instance")
        return [_Cloud(number, block.labels[-1], self.versions(block)) for number, block in enumerate(blocks)]

    @cached_property
    def no_cloud_is_mysql(self) -> bool:
        """Whether all of their versions are known, and none is MySQL's."""
        others = [version for one in self.cloud for version in one.versions]
        is_known = bool(others) and len(others) == len(self.cloud)
        return is_known and not any(each.value.startswith("MYSQL") for each in others)

    @cached_property
    def _cloud_named(self) -> dict[str, list["_Cloud"]]:
        """The same by what its resource is called, behind a dot, and by the names that it has."""
        found: dict[str, list[_Cloud]] = {}
        blocks = self.module.resources("google_sql_database_instance")
        for one, block in zip(self.cloud, blocks, strict=True):
            names = [each.value("name") for each in self.module.instances(block)]
            for name in {f".{one.label}", *[identity(each) for each in names if each is not None]}:
                found.setdefault(name, []).append(one)
        return found

    def versions(self, block: Block) -> list[Located[str]]:
        """Return the known versions of a Cloud SQL instance, such as MYSQL_8_0."""
        values = [one.value("database_version") for one in self.module.instances(block)]
        return [Located(value.text, *value.span) for value in values if isinstance(value, Scalar)]

    def _on(self, instance: Instance) -> list["_Cloud"]:
        """Return the instances that a user is on, by its reference or their name."""
        written = instance.block.attributes.get("instance")
        text = written.text if written else ""
        labels = {*_OF_CLOUD_SQL.findall(text), *text.split(".")[1:][-1:]}
        own = instance.value("instance")
        names = [*[f".{label}" for label in labels], *([identity(own)] if own is not None and identity(own) else [])]
        return sorted({one.number: one for name in names for one in self._cloud_named.get(name, ())}.values())

    def broken(self, span: Span) -> None:
        """Add the fault that the text is no HCL.

        A template of HCL is not checked instead: it is none before it is filled in.
        """
        start = min(span.start, len(self.source.text))
        place = Span(self.source, start, max(start, min(span.end, start + 1)))
        if _TEMPLATE.search(self.source.text):
            what = NotChecked("parts of the file", "a template that is no HCL yet", place)
            self.of("").not_checked.append(what)
            return
        message, remedy = "not valid HCL from here on", "Close what is open; `terraform fmt` says more."
        if _NO_ESCAPE.match(self.source.text, start):
            message = f"not valid HCL: there is no escape {self.source.text[start : start + 2]} in double quotes"
            remedy = "Write the backslash twice, if the value is to have one."
        self.of("").faults.append(Fault("syntax-error", message, place, remedy))

    def of(self, server: str) -> Declarations:
        """Return a server's declarations, made on first use."""
        found = self.found.get(server)
        if found is None:
            folder = os.path.dirname(self.source.path) or "."
            unit = f"terraform:{folder} {server}".rstrip()
            found = self.found[server] = Declarations(FORMAT, self.source.path, unit=unit)
        return found

    def declarations(self) -> tuple[Declarations, ...]:
        """Return all that was found."""
        for name, why in self.module.unread.items():
            here = NotChecked("a file of the module", f"{as_written(name)} {why}", Span(self.source, 0, 0))
            self.of("").not_checked.append(here)
        first = next((one for one in self.found.values() if one.accounts or one.grants), None)
        if first is not None:
            first.logins += self.logins
        return tuple(self.found.values())
