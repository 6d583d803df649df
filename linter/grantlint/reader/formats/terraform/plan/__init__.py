"""Accounts in what `terraform show -json` prints of a plan or a state."""
