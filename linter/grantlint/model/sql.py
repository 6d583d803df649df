"""Names as SQL has them: identifiers in backticks, texts in quotes, accounts as `'user'@'host'`."""


def identifier(name: str) -> str:
    """Return a name in backticks.

    >>> identifier("a`b")
    '`a``b`'
    """
    return "`" + name.replace("`", "``") + "`"


def string(text: str) -> str:
    r"""Return a text in single quotes.

    Backslashes stay: those of host values and patterns are meant to.

    >>> print(string("o'neil"))
    'o''neil'
    """
    return "'" + text.replace("'", "''") + "'"


def account(user: str, host: str) -> str:
    """Return an account.

    >>> print(account("app", "10.%"))
    'app'@'10.%'
    """
    return f"{string(user)}@{string(host)}"
