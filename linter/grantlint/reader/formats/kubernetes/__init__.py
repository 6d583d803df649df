"""Accounts in Kubernetes: the objects of the operators that make them, and SQL in ConfigMaps and Secrets."""
