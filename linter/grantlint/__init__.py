"""grantlint: the vocabulary in which rules are written."""
