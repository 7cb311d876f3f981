"""Routes of pages: one module a page or a few that belong together."""

from api.pages.routes import files, language, sign_in, unsold

PAGES = (unsold, sign_in, language, files)
"""The modules of all pages, each with its `router`."""
