"""Rules about which account a client gets."""
