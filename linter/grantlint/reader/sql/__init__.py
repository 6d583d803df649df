"""SQL account statements of MySQL and MariaDB, parsed as the server at hand would parse them.

`document` reads a file: script/ cuts it into statements, syntax/ parses each, steps/ says what it does to a server.

>>> from grantlint.access.product.grammar import grammar_for
>>> from grantlint.reader.sql.syntax.parser import parse_statement
>>> parse_statement("GRANT ALL ON *.* TO app IDENTIFIED BY 'x'", grammar_for("mysql", (8, 4, 6)))
SyntaxFault(offset=27, errno=1064, message="...")
"""
