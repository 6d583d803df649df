"""Rules about privileges."""
