"""Routes of pages: one module a page or a few that belong together."""

from api.pages.routes import (
    accounts,
    asset,
    board,
    calendar,
    decline,
    decline_vessels,
    evidence,
    feed,
    file,
    files,
    findings,
    history,
    imports,
    keys,
    language,
    late_entries,
    lots,
    offices,
    places,
    quarantine,
    read_models,
    recording,
    restatement,
    seizure,
    sign_in,
    strike,
    strike_proposals,
    tour,
    unsold,
)

PAGES = (
    *(unsold, feed, asset, decline, decline_vessels, calendar, places, tour),
    *(board, file, recording, seizure, lots, strike, strike_proposals, imports, quarantine),
    *(history, findings, late_entries, restatement, evidence),
    *(offices, accounts, keys, read_models, sign_in, language, files),
)
"""The modules of all pages, each with its `router`."""
