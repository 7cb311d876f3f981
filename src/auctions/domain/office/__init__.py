"""An office's file: which rulebook it judges by, and the limits it has set for itself."""
