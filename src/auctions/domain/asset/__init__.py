"""The asset's file: what can happen, what is true now, what may happen."""
