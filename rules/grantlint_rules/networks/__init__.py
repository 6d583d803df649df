"""Rules about networks and names that clients come from."""
