"""The native format: one YAML document for each server, with its hosts, users and roles."""
