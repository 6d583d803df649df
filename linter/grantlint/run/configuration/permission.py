"""What a configuration file asks for that only the caller may allow: to run the rule files that it names."""

from grantlint.model import Fault
from grantlint.reader.files.recognition import fault
from grantlint.run.settings import Settings

LEAVE = "GRANTLINT_ALLOW_RULES_DIR"  # in the environment, as --allow-rules-dir


def not_loaded(settings: Settings) -> list[Fault]:
    """Return a finding about rule folders that were not loaded.

    It stands at their key; none where there are no such.
    """
    if not settings.not_loaded:
        return []
    message = f"the rule files of {', '.join(settings.not_loaded)} are not loaded: nobody allowed it"
    remedy = f"Give --allow-rules-dir or set {LEAVE}=1 where their code may run as you, or take the key out."
    return [fault("rules-not-loaded", settings.file, message, remedy, settings.rules_dir_line, 1)]
