"""Host values and clients: which client a host value matches, and what is wrong with one that matches none."""
