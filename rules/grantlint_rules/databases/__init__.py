"""Rules about what may be done in which databases."""
