"""Settings of a run: which file counts (`config_search`), what there is to set (`keys`), whose word holds (`layers`).

`toml` knows where keys stand, `taking` holds values against what they may be, `reading` makes the
settings, `permission` says what only the caller may allow,
`base` reads the configuration of a revision, `shown` says what holds and what may be said.
"""
