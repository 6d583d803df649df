"""The road from paths to servers, findings and the end of a run; every command and `grantlint.testing` take it.

Settings and a Request come in (`settings`, `loading`); declarations, then servers as products (`servers`), then a
Report (`judging`) and an Ending (`checking`) come out. Nothing is printed, but signs of life (`progress`).
"""
