"""The use cases: load, decide, save; the only place that mints ids and reads the clock."""
