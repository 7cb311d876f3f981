"""The answering side: one file, one read model, one question; the machinery is projection, folding and runner."""
