"""Settings to a plan (`planning`): which rules run, as what; and declarations to a report by it (`plan`)."""
