"""Rules that a configuration makes without Python: a template, its parameters, a name and examples.

`template` says what a template is, `parameters` reads what a table of the configuration gives it, `catalogue` lists the
templates and makes rules of tables; the other modules hold the templates by what they look at.
"""
