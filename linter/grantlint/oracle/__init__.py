"""Files of recorded cases put to the model: `python -m grantlint.oracle why|parse`, for measurements and tests."""
