"""Ways in beside the command line: `api` for Python programs, `pytest_plugin` for tests. Nothing is imported here."""
