import copy
import re

import pytest

from grantlint.platform import regex
from grantlint.platform.pattern import LateCompiled, compiled_late


def test_expressions_are_made_late_while_a_library_is_imported_and_at_once_afterwards() -> None:
    with compiled_late():
        late = re.compile("a(b)", re.IGNORECASE)
    assert isinstance(late, LateCompiled)
    assert isinstance(re.compile("a"), re.Pattern)


def test_a_method_that_a_library_takes_at_once_is_one_of_the_expression() -> None:
    with compiled_late():
        search = re.compile("a(b)").search
    assert search("cab") is not None  # type: ignore[operator]  # as above


def test_a_late_expression_does_all_that_an_expression_does() -> None:
    late = LateCompiled("a(b)", re.IGNORECASE)
    assert late.groups == 1
    assert late.pattern == "a(b)"
    assert late.sub("x", "cAB") == "cx"  # type: ignore[operator]  # passed on to the pattern
    assert copy.deepcopy(late).fullmatch("ab") is not None  # type: ignore[operator]  # passed on to the pattern


def test_the_pythons_of_debian_12_compile_late_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "_FIRST_SOUND", (99,))  # each expression is written anew first, which takes expressions
    with compiled_late():
        late = re.compile("(?:a|b)*+c")
        assert late.match("abac")
