"""Which configuration file counts (`config_search`), and what in it only the caller may allow (`permission`)."""
