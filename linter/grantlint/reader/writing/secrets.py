"""How a format refers to a secret that is kept elsewhere, for the help where one stands in a file."""

from grantlint.model.location import Source
from grantlint.reader.files.formats import is_makefile

_WAYS = {
    "policy": "Write `secret:` with where it is kept, such as `secret: vault:db/app` or `secret: env:APP_PASSWORD`",
    "ansible": 'Write a variable that Ansible Vault or a lookup fills, such as `"{{ vault_app_password }}"`',
    "sql": "Let a script or template put it in from a vault or its environment, or write a hash (AS '...')",
    "shell": 'Take it from the environment, such as "${APP_PASSWORD:?}", or from a file that is in no repository',
    "make": "Take it from the environment, as `$(APP_PASSWORD)` is that no line sets, or from a file in no repository",
    "compose": "Write the variable with `_FILE` and a secret's path, or `${APP_PASSWORD:?}`",
    "env": "Take the file out of git (`git rm --cached`), and let whoever runs this write it",
    "terraform": "Write a variable with `sensitive = true`, such as `var.app_password`, or a data source",
    "puppet": "Write a look-up in Hiera, where eyaml encrypts it, such as `lookup('app::password')`",
    "salt": "Write an encrypted pillar or a vault, such as `{{ pillar['app_password'] }}`",
    "kubernetes": "Refer to a Secret that no repository holds, or seal it (SealedSecret, External Secrets, SOPS)",
    "yaml": "Refer to a variable or a Secret that no repository holds, such as a chart's `existingSecret`",
    "other": "Leave it out of the image, whose layers keep it, and give the variable to the container that runs it",
    "mycnf": "Leave it out, and let whoever runs this give it (mysql_config_editor, a file for that user alone)",
}
_ANYWHERE = "Take it from a store of secrets"


def kept_elsewhere(source: Source) -> str:
    """Return a sentence that says how to keep a secret elsewhere. In the words of the file's format."""
    way = "make" if source.format == "shell" and is_makefile(source.path) else source.format
    return f"{_WAYS.get(way, _ANYWHERE)}; and change this password: it is known now."
