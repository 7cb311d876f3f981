"""The evidence: the log as a signed tree, its proofs, and the checkpoint that is kept elsewhere."""
