"""One Compose file from its text to its declarations: a server for each service that runs one."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from grantlint.model import Account, Credential, Declarations, Fault, NotChecked, ServerFacts
from grantlint.model.location import Implied, Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.reader.files.other.dockerfile import made_by_image
from grantlint.reader.formats.compose.building import Built, built_of
from grantlint.reader.formats.compose.command import runs_entry_point, scripts_of, settings_of, starts_by_mount
from grantlint.reader.formats.compose.containers import Development, container_of, development_of
from grantlint.reader.formats.compose.environment import environment_of, text_of
from grantlint.reader.formats.compose.layers import layers_of
from grantlint.reader.formats.compose.mounts import Folders, kept, mounted, targets
from grantlint.reader.formats.compose.override import Files, Layer, bases_of, files_of
from grantlint.reader.images.accounts import Accounts, given_passwords
from grantlint.reader.images.command import OWN_START
from grantlint.reader.images.environment import OF_A_SERVER, ROOT_PASSWORD, Environment
from grantlint.reader.images.references import READ_BY_IMAGES, Recognised, own_settings, recognised
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.tree.surroundings import OUTSIDE, Surroundings, as_written, surroundings_of
from grantlint.reader.yaml.blanking import readable_of
from grantlint.reader.yaml.faults import goes_beyond
from grantlint.reader.yaml.mapping import entries, word_of
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, documents, span_of

_NAMES_SERVER = Pattern(r"(?i)mysql|mariadb|percona|galera|database|(?<![a-z])db(?![a-z])")
_SECRET_IN_ADDRESS = Pattern(r"[@?#]")


def read(source: Source) -> tuple[Declarations, ...]:
    """Return one Declarations for each service of a well-known image. () where there is none.

    Templates are made blank first: what they fill in is unresolved. Broken YAML is a fault; with templates in it, it is
    not checked. Nor is a service whose image is not known and that has the variables of a server.
    """
    readable = readable_of(source)
    templates = readable is not source
    found: list[Declarations] = []
    files: Files | None = None  # looked for once, however many documents there are
    lower = source.text.lower()
    has_scripts = "grant " in lower or " user " in lower
    for root in documents(readable):
        if isinstance(root, Fault):
            hide_likely(source)
            found.append(_broken(root._replace(span=root.span._replace(source=source)), templates=templates))
        else:
            files = files or files_of(source)
            found += _Project(source, root, files).servers()
            found += _outside(source, root)
            found += _scripts(root, source, readable) if has_scripts else ()
    return tuple(found)


def _outside(source: Source, root: Node) -> Iterator[Declarations]:
    """Yield included or extended files out of the tree, as not checked."""
    around = surroundings_of(source)
    top = entries(root)
    including = [top["include"].value] if "include" in top else []
    for service in entries(top["services"].value).values() if "services" in top else ():
        extends = entries(service.value).get("extends")
        including += [file.value] if extends and (file := entries(extends.value).get("file")) else []
    out = [node for each in including for node in _files(each) if _leads_out(around, node.value)]
    if out:
        declarations = Declarations("compose", source.path)
        for node in out:
            # An address may hold a user's password or a token.
            named = "a file of another machine" if _SECRET_IN_ADDRESS.search(node.value) else as_written(node.value)
            what = NotChecked("accounts", f"{named} {OUTSIDE}", span_of(source, node))
            declarations.not_checked.append(what)
        yield declarations


def _leads_out(around: Surroundings, path: str) -> bool:
    if "://" in path or path.startswith("git@"):
        return True
    return bool(around.roots) and not around.holds(os.path.join(around.folder, path))


def _files(node: Node) -> Iterator[ScalarNode]:
    """Yield the names of files in an `include`: one, a list, or the `path` of each."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _files(item)
    elif path := entries(node).get("path"):
        yield from _files(path.value)


def _broken(fault: Fault, *, templates: bool) -> Declarations:
    broken = Declarations("compose", fault.span.source.path)
    if templates and not goes_beyond(fault):
        broken.not_checked.append(NotChecked("the rest of the file", "a template that is no YAML yet", fault.span))
    else:
        broken.faults.append(fault)
    return broken


def _scripts(root: Node, source: Source, readable: Source) -> Iterator[Declarations]:
    """Yield what the scripts in configs and commands leave behind, on whichever server that is."""
    from grantlint.reader.formats.shell.document import read_found  # noqa: PLC0415 - few files have scripts
    from grantlint.reader.formats.yaml_scripts.document import scripts_in  # noqa: PLC0415 - few files have scripts

    declarations = Declarations("compose", source.path)
    if read_found(source, scripts_in(root, source, readable), declarations):
        yield declarations


def _is_by_default(account: Account) -> bool:
    """Return whether a variable that is set elsewhere may give an account another name."""
    return any("$" in leaf.span.text for leaf in (account.user, account.host) if not isinstance(leaf, Implied))


def _health_checks(layers: Sequence[Layer]) -> Iterator[Credential]:
    """Yield the passwords with which a service is asked whether it is well."""
    for layer in layers:
        check = layer.service.get("healthcheck")
        test = entries(check.value).get("test") if check is not None and "-p" in layer.source.text else None
        if test is not None:
            from grantlint.reader.formats.shell.clients.probes import logins_of  # noqa: PLC0415 - few log in

            yield from logins_of(test.value, layer.source)


def _holds_data(layer: Layer) -> bool:
    """Whether a service has the data of a server, or what its image reads."""
    return kept(layer.service, layer.source) is not None or any(map(READ_BY_IMAGES.match, targets(layer.service)))


def _is_named_for_one(name: str, layer: Layer) -> bool:
    """Whether a service or what it is built of has the name of a server. Its clients may have its variables as well."""
    build = layer.service.get("build")
    context = entries(build.value).get("context") if build else None
    return (
        _NAMES_SERVER.search(f"{name} {word_of(build)} {word_of(context)} {word_of(layer.service.get('image'))}")
        is not None
    )


class _Project:
    """The services of one file."""

    def __init__(self, source: Source, root: Node, files: Files) -> None:
        self.source = source
        self.files = files
        top = entries(root)
        services = top.get("services")
        # Without `services:` a file is of the first version of the format: its services stand at the top.
        self.services = entries(services.value) if services else top
        known = {name: setting.value for name, setting in self.files.variables.items() if setting.literal}
        # The folder that Compose is called in: that of its file, as people write it in mounts.
        self.variables: Mapping[str, str] = {"PWD": ".", **known}
        self.folders = Folders()

    @cached_property
    def development(self) -> Development | None:
        """What says that the project is for development, None where nothing does."""
        return development_of(self.source, self.services, self.variables)

    def servers(self) -> Iterator[Declarations]:
        """Yield the declarations of the services, in their order."""
        for name, entry in self.services.items():
            if entries(entry.value) and not any(name in one.services for one in self.files.below):
                declarations = self._service(name, entry.key)
                if declarations:
                    yield declarations

    def _service(self, name: str, key: Node) -> Declarations | None:
        span = span_of(self.source, key)
        unit = f"compose:{self.source.path}:{name}"
        declarations = Declarations("compose", self.source.path, unit=unit)
        found = layers_of(name, self.source, self.services, self.files)
        layers, last = found.all, found.image
        built = built_of(last) if "build" in last.service else None
        ends = {target for layer in layers for target in targets(layer.service)}
        known = self._image(last, built)
        by_mount = known.image is not None and starts_by_mount(found.service, ends)
        image, product, why = known._replace(image=None, why=OWN_START) if by_mount else known
        environment = environment_of(layers, self.variables)
        if not runs_entry_point(found.service):
            return None
        if image is None:
            has_files = any(map(_holds_data, layers))
            of_server = any(map(ROOT_PASSWORD.match, environment.names()))
            if not why and of_server and has_files:
                why = "nothing is known of the image, and it has the files of a server"
            if not why:
                return None
            declarations.not_checked += found.not_checked
            if of_server and (has_files or _is_named_for_one(name, last)):
                declarations.accounts += given_passwords(environment, why, span)
                declarations.server = ServerFacts(
                    span, container=container_of(layers, self.variables, self.development)
                )
            if not declarations.accounts:
                declarations.not_checked += self._of_no_image(name, last, environment, why, span)
            return declarations if declarations.accounts or declarations.not_checked else None
        accounts = Accounts(image, environment, span)
        accounts.put_into(declarations)
        declarations.not_checked += found.not_checked
        copied = built.copied if built is not None else ()
        hidden = [*ends, *(inside for _, inside in copied)]
        at = built.image.span if built is not None else span_of(last.source, last.service["image"].value)
        settings = own_settings(image, hidden, at)
        commands = [layer for layer in layers if "command" in layer.service]
        for layer in commands[-1:]:  # a command replaces the one before
            settings |= settings_of(layer.service, layer.source, self.variables)
            declarations.not_checked += scripts_of(layer.service, layer.source, self.variables)
        declarations.logins += _health_checks(layers)
        volumes = [volume for layer in layers if (volume := kept(layer.service, layer.source)) is not None]
        container = container_of(layers, self.variables, self.development)
        kept_in = next(iter(volumes), None)
        mounts = mounted(layers, self.variables, self.folders)
        is_sure = image.stock and built is None and not any(map(_is_by_default, declarations.accounts))
        runs = mounts.scripts if is_sure else None
        declarations.server = ServerFacts(
            span, product=product, settings=settings, kept=kept_in, container=container, runs=runs
        )
        declarations.includes = tuple([path for path, _ in copied]) + mounts.paths
        declarations.not_checked += mounts.not_checked
        if self.files.unread:
            declarations.not_checked.append(NotChecked("variables of the service", self.files.unread, span))
        return declarations if declarations.accounts or declarations.not_checked or declarations.includes else None

    def _of_no_image(
        self, name: str, last: Layer, environment: Environment, why: str, span: Span
    ) -> Iterator[NotChecked]:
        """Yield what is not checked of a service whose image is not known."""
        build = last.service.get("build")
        inline = entries(build.value).get("dockerfile_inline") if build else None
        if inline and isinstance(inline.value, ScalarNode) and made_by_image(inline.value.value):
            yield NotChecked("accounts", why, span_of(last.source, inline.value))
        elif any(map(ROOT_PASSWORD.match, environment.names())):
            yield NotChecked("accounts", why, span)
        elif not {"build", "image"} & last.service.keys() and any(map(OF_A_SERVER.match, environment.names())):
            for base in bases_of(self.source, name):
                if self._image(base).image is not None:
                    lies = f"whether they are laid over {os.path.basename(base.source.path)}, a command line tells"
                    yield NotChecked("variables of the service", lies, span)
                    return

    def _image(self, layer: Layer, built: Built | None = None) -> Recognised:
        entry = layer.service.get("image")
        if "build" in layer.service:  # then `image` is the name that it is given
            known = recognised(built.image, built.image.value) if built is not None else None
            unknown = Recognised(None, None, "the image is built here")
            return known if known is not None and known.image is not None else unknown
        if entry is None:
            return Recognised(None, None, "the image is named elsewhere")
        written = entry.value.value if isinstance(entry.value, ScalarNode) else ""
        return recognised(text_of(entry.value, layer.source, self.variables), written)
