"""What a value of Ansible is: nodes with their files, variables, templates, loops and conditions.

`nodes` comes first; `resolution` turns a value as written into its text, or says why nobody knows it.
"""
