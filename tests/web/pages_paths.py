"""The pages that are looked at in a browser, each with the role of who looks at it, "" for the public."""

PATHS: dict[str, str] = {
    "/assets/{asset_id}": "",
    "/assets/{asset_id}?cut=5": "auditor",
    "/assets/{asset_id}/entries": "",
}
