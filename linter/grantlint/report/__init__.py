"""From findings to pages: one function a format. Empty, for `--version` prints a page and imports nothing else."""
