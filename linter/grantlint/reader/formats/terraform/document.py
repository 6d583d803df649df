"""A configuration of Terraform: as HCL, or as JSON."""

from collections.abc import Iterator

from grantlint.model import Declarations, Fault
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern

FORMAT = "terraform"
_JSON = Pattern(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")  # as nothing in HCL begins, nor a template of it
PARSER = frozenset({"tree_sitter", "tree_sitter_hcl"})


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a configuration file. See configuration.read, and in_json."""
    if _JSON.match(source.text):
        from grantlint.reader.formats.terraform.in_json.configuration import read as read_json  # noqa: PLC0415 - as below

        return read_json(source)
    try:
        from grantlint.reader.formats.terraform import configuration  # noqa: PLC0415 - loads the parser
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in PARSER:
            raise
        return (_unread(source),)
    return (*configuration.read(source), *_scripts(source))


def _scripts(source: Source) -> Iterator[Declarations]:
    """Yield what scripts in heredocs leave behind, each on a server of its own."""
    if not any(client in source.text for client in ("mysql", "mariadb", "docker", "podman", "nerdctl")):
        return
    from grantlint.reader.formats.terraform.hcl.heredocs import scripts_in  # noqa: PLC0415 - few have a script

    for script in scripts_in(source.text):
        from grantlint.reader.formats.shell.document import read_part  # noqa: PLC0415 - as above

        yield from read_part(source, script, FORMAT)


def _unread(source: Source) -> Declarations:
    """Say what to install. Nobody knows what in the text is a secret, so none of it is shown."""
    source.hide(0, len(source.text))
    declarations = Declarations(FORMAT, source.path)
    declarations.faults.append(
        Fault(
            "unreadable-file",
            "the parser of Terraform is not installed, so nothing in this file was looked at",
            Span(source, 0, 0),
            "pip install 'grantlint[terraform]', or lint what `terraform show -json` prints of a plan.",
        )
    )
    return declarations
