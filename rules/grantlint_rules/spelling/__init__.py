"""Host values that are written in a way that no server takes as it was meant."""
