"""Routes of pages: one module a page or a few that belong together."""

from api.pages.routes import asset, files, language, sign_in, unsold

PAGES = (unsold, asset, sign_in, language, files)
from api.pages.routes import feed, files, language, sign_in, unsold

PAGES = (unsold, feed, sign_in, language, files)
from api.pages.routes import decline, files, language, sign_in, unsold
from api.pages.routes import decline, decline_vessels, files, language, sign_in, unsold
from api.pages.routes import calendar, decline, decline_vessels, files, language, sign_in, unsold
from api.pages.routes import (
    calendar,
    decline,
    decline_vessels,
    files,
    language,
    places,
    sign_in,
    tour,
    unsold,
)

PAGES = (unsold, decline, decline_vessels, calendar, places, tour, sign_in, language, files)
from api.pages.routes import (
    evidence,
    files,
    findings,
    history,
    language,
    late_entries,
    restatement,
    sign_in,
    unsold,
)

PAGES = (unsold, history, findings, late_entries, restatement, evidence, sign_in, language, files)
"""The modules of all pages, each with its `router`."""
