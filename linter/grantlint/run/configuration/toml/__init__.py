"""TOML: a configuration file (`file`), where keys stand in it (`lines`), and values written down (`text`)."""
