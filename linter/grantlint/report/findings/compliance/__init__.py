"""Evidence for an auditor: what declarations say of each control of an edition. `evidence` judges, the others print."""
