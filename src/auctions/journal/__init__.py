"""Registers in and out: the journal form as CSV, XLSX and JSON lines."""
