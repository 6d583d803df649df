import subprocess
import sys

import pytest

pytestmark = pytest.mark.e2e


def test_the_model_is_cheap_to_load() -> None:
    """Each of these costs milliseconds at every start; the model does without or loads it where it is needed."""
    heavy = {"ipaddress", "difflib", "json", "subprocess", "socket", "yaml", "importlib.metadata"}
    script = f"import sys, grantlint.access; print(*sorted({heavy!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert loaded.split() == []
