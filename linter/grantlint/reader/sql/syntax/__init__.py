"""SQL to statements: tokens/, and the grammar of each server for account statements.

`parser` comes first: it gives the tokens of a statement to a module of statements/, which reads its parts by clauses/
and returns one of records/.
"""
