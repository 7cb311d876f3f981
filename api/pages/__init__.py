"""Pages for people: HTML in two languages, forms that need no JavaScript, all told by the routes of /v1."""
