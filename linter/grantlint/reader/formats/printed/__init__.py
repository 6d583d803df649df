r"""What client programs print of a server: results in boxes, by tabs and by `\G`, SHOW GRANTS, whole sessions.

`blocks` finds results and statements in a text, whatever prompts and prose stand around them; `document` makes
declarations of them: rows of the grant tables are what the server holds, and so is whoever SHOW GRANTS tells of.
"""
