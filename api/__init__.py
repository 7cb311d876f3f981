"""The door: HTTP for programs and people."""
