"""Account statements in shell scripts: here-documents, `mysql -e "..."`, what is echoed to a client, strings.

No script is run: conditions, loops and functions are read once, in the order in which they stand in the file, and
branches that exclude each other are told apart.
"""
