"""Facts and decisions: no clock, no input or output, no framework."""
