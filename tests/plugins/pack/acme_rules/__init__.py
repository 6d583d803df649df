"""The house rules of a company: what a third party ships, whole."""

from acme_rules import shared_user_name

RULES = (shared_user_name.RULE,)
