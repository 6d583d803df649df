"""The server's decision, pure: who gets in, as whom, and what they may do."""
