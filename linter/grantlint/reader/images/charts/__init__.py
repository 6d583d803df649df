"""Helm charts that run a server: which chart a file's values are for, and the accounts that its image makes of them.

`values` walks a file, `variables` says which value is which variable of the image, `folder` reads Chart.yaml.
"""
