"""What becomes of findings: known by a key and a baseline, one for each mistake, milder or silent by their path."""
