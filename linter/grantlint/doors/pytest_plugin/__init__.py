"""`pytest --grantlint policies/`: each server and rule a test beside the others.

pytest imports this module at every start, so it imports nothing of grantlint's own; `items` does, where it is asked.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --grantlint."""
    parser.getgroup("grantlint").addoption(
        "--grantlint",
        metavar="PATH",
        action="append",
        default=[],
        help="check the accounts in a file or folder: a test for each server and rule; repeatable",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each server and rule.

    It comes ahead of what chooses among tests, such as -k.
    """
    paths: list[str] = config.getoption("--grantlint") or []
    if paths:
        from grantlint.doors.pytest_plugin.items import items_of  # noqa: PLC0415 - for who asks for it alone

        items.extend(items_of(session, paths))
