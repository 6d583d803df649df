"""Whom a host value lets in."""
