"""The answers of `why`: for people (`text`, with `session` and `steps`) and for machines (`json`)."""
