"""From what a run knows to pages; a room for each subject, in it a module for each output.

findings/ (check), answers/ (why), tables/ (table), files/ (files), policy/ and declared/ (convert). secrecy/ decides
what of a file may be shown. Whatever is printed is a Page, made by `page`.

Nothing is imported here: `--version` prints one.
"""
