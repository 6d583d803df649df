"""Reports that other programs read: formats of others, and grantlint's own JSON."""
