"""What makes a run fail, and which findings it knows already: `threshold`, `baseline_file` and `remembered`."""
