"""The verifier: what an auditor runs, on the standard library and `cryptography` alone."""
