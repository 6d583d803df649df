"""Statements that stand in a script where a shell takes them for commands: nobody runs them, and none is silent."""

from grantlint.model.location import Source
from grantlint.reader.formats.shell.document import read

PASTED = (
    "#!/bin/sh\nkubectl run -it client --image=mysql -- mysql -h db -p\ncreate database shop;\n"
    "create user 'shop' identified by 'geheim';\ngrant all on shop.* to 'shop'@'%';\n"
)


def test_the_lines_of_a_pasted_session_are_counted() -> None:
    (part,) = read(Source("db.sh", PASTED))
    assert not part.accounts
    assert [one.what for one in part.not_checked] == ["statement", "statement"]


def test_prose_is_none() -> None:
    assert read(Source("db.sh", "#!/bin/sh\n# grant all on shop.* to 'shop'@'%';\nmysql shop < schema.sql\n")) == ()
