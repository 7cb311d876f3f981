"""The answering side: one file, one read model, one question."""
