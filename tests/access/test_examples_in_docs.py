import doctest
import importlib
import pkgutil

import pytest

import grantlint.access

MODULES = ["grantlint.access", *(f"grantlint.access.{m.name}" for m in pkgutil.iter_modules(grantlint.access.__path__))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_public_functions_have_examples() -> None:
    assert sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES) > 10
