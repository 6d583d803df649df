"""TOML: a configuration file (`file`), where keys stand in it (`lines`), and values written down (`text`)."""

FILE = "grantlint.toml"
PROJECT_FILE = "pyproject.toml"

__all__ = ["FILE", "PROJECT_FILE"]
