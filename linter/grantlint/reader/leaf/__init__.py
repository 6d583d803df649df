"""Single values of any format: which are secrets, which may be shown, how one is written at its place."""
