"""The dossier of one asset: printed as PDF/A, and the same as JSON with the proofs of what was signed."""
