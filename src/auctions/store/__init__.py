"""Where the entries are kept; the only room that knows the database."""
