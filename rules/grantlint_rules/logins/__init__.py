"""Rules about plugins, TLS and limits."""
