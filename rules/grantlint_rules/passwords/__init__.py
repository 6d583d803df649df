"""Rules about passwords."""
