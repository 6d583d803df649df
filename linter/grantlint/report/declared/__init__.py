"""`convert --to json`: everything that was read, an object a line, and what each product makes of it.

In: the parts that readers yield and the judged servers. Out: a page. `lines` puts it together, `shown` says what of a
value may be shown, `fates` what became of it; declarations.schema.json describes each line. `VERSION` grows when a key
changes its meaning or goes.
"""
