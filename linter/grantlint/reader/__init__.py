"""From bytes to declarations: which files could hold accounts, and one reader a format.

files/ comes first: it finds the files and asks the `sign` of each format in formats/ (and sql/) whose a file is; the
`document` beside that reads it. yaml/, leaf/, tree/ and images/ are what several formats need.
"""
