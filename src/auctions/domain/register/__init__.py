"""The register as a whole: sealed day by day."""
