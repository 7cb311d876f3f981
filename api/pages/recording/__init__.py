"""Recording by pages: the fields of an entry, what the law sets for them, what is possible now."""
