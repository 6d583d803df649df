"""From bytes to declarations: which files could hold accounts, and one reader a format."""
