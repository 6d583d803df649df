"""What becomes of findings: known by a key and a baseline, one a mistake, milder by their path; what they pass."""
