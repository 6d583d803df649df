"""The command line: argv to typed values (`options`), one command (`commands/`), its pages printed (`terminal`).

`main` comes first. Nothing else in grantlint reads argv, prints a report or exits.
"""
