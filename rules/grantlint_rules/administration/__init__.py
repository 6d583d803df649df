"""Rules about privileges that administer the server."""
