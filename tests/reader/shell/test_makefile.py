"""Makefiles: what their recipes hand to clients and containers, with the values that they give their variables."""

import pytest

from grantlint.model.location import Located, Source
from grantlint.reader.files.recognition import NO_WORDS, Candidate, Recognition
from grantlint.reader.formats.shell.document import read
from grantlint.reader.formats.shell.makefile import recipes
from told import account_told


def accounts(text: str, path: str = "Makefile") -> list[str]:
    source = Source(path, text)
    found = read(source)
    assert source.text == text
    return [account_told(account).partition(":")[0] for part in found for account in part.accounts]


def test_a_recipe_goes_on_in_lines_that_end_as_those_of_windows() -> None:
    assert recipes("a:\r\n\tb \\\r\n  c\r\nd\r\n") == "   \n\tb \\\r\n  c\r\n  \n"


@pytest.mark.parametrize(
    ("recipe", "shell"),
    [
        ("\t@echo a", "  echo a"),
        ("\t@-+ echo a", "     echo a"),
        ("\tmysql -u$(USER) $${HOME} $$1 $$(id) $(A:.c=.o)", " mysql -u${USER} ${_HOME} $_1 $( id) ${A:.c=.o}"),
        ("A = $(B)\nall: a\n\ta \\\n  b\n# c", f"{' ' * 8}\n{' ' * 6}\n a \\\n  b\n{' ' * 3}"),
    ],
)
def test_a_recipe_is_what_the_shell_gets_at_the_same_places(recipe: str, shell: str) -> None:
    assert recipes(recipe).replace("\t", " ") == shell


@pytest.mark.parametrize(
    ("variables", "made"),
    [
        ("U = app", "app@(%)"),
        ("export U := app  # the shop's", "app@(%)"),
        ('override U ::= "app"', "app@(%)"),
        ("-include .env\nU = app", "app@(%)"),
        ("U = app\nU = shop", "?@(%)"),
        ("U = app\nU += shop", "?@(%)"),
        ("U != whoami", "?@(%)"),
        ("U = $(V)", "?@(%)"),
        ("U =", "?@(%)"),
        ("ifdef CI\nU = app\nendif", "?@(%)"),
        ("db: U = app", "?@(%)"),
        ("U = app\ninclude .env", "?@(%)"),
    ],
)
@pytest.mark.parametrize("command", ["mysql -e \"CREATE USER '$(U)'\"", "docker run -e MYSQL_USER=$(U) {0} mysql:8"])
def test_a_variable_counts_that_nobody_else_sets(variables: str, made: str, command: str) -> None:
    root = "-e MYSQL_ROOT_PASSWORD=x -e MYSQL_ROOT_HOST=localhost -e MYSQL_PASSWORD=x"
    assert accounts(f"{variables}\ndb:\n\t@{command.format(root)}\n")[-1] == made


def test_variables_of_the_shell_are_others_than_those_of_make() -> None:
    assert accounts("U = app\ndb:\n\tmysql -e \"CREATE USER '$$U'@localhost\"\n") == ["?@localhost"]


def test_a_default_is_no_name_in_a_statement() -> None:
    assert accounts("U ?= app\ndb:\n\tmysql -e \"CREATE USER '$(U)'@localhost\"\n") == ["?@localhost"]


def test_a_default_is_a_password_all_the_same() -> None:
    text = "PW ?= geheim\ndb:\n\tdocker run -e MYSQL_ROOT_PASSWORD=$(PW) mysql:8\n"
    source = Source("db.mk", text)
    (found,) = read(source)
    credential = found.accounts[0].authentication and found.accounts[0].authentication.credential
    assert credential is not None
    assert text[credential.span.start : credential.span.end] == "geheim"
    assert (text.index("geheim"), text.index("geheim") + len("geheim")) in source.secrets


def test_a_secret_that_no_recipe_uses_is_hidden() -> None:
    text = "DB_PASSWORD := geheim\ndb:\n\tmysql -e 'CREATE USER a@localhost'\n"
    source = Source("Makefile", text)
    read(source)
    assert any(text[start:end] == "geheim" for start, end in source.secrets)


def test_places_are_those_of_the_file() -> None:
    text = "db:\n\t-@mysql -p$(PW) -e \"GRANT ALL ON *.* TO 'a'@'10.%'\"\n"
    (found,) = read(Source("GNUmakefile", text))
    (grant,) = found.grants
    assert isinstance(grant.host, Located)
    assert text[grant.host.start : grant.host.end].strip("'") == "10.%"


@pytest.mark.parametrize("path", ["Makefile", "makefile", "a/GNUmakefile", "db.mk"])
def test_names_of_makefiles(path: str) -> None:
    text = "db:\n\tmysql -e \"GRANT ALL ON *.* TO 'a'@'%'\"\n"
    found = Recognition().judge(path, text.encode(), strict=False, asked=True)
    assert isinstance(found, Candidate)
    assert found.format.name == "shell"


@pytest.mark.parametrize(
    "text",
    [
        "CC = gcc\nall: a.o\n\t$(CC) -o a a.o\n",
        "test:\n\tgo test ./...\n\n.PHONY: test\n",
    ],
)
def test_a_makefile_without_a_word_is_never_decoded(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grantlint.reader.files.recognition.decode", None)
    assert Recognition().judge("Makefile", text.encode(), strict=False, asked=True) == NO_WORDS


def test_statements_outside_of_recipes_are_none() -> None:
    assert (
        Recognition().judge(
            "Makefile", b"# mysql -e 'GRANT ALL ON *.* TO a@b'\nall:\n\tmysql -e 'SELECT 1'\n", strict=False, asked=True
        )
        == "account words, but no declarations"
    )
