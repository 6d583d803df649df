import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "access.md"


def test_the_page_on_the_access_model_says_what_is_so() -> None:
    done = doctest.testfile(str(PAGE), module_relative=False)
    assert done.attempted > 5
    assert done.failed == 0
