"""The pages that are looked at in a browser, each with the role of who looks at it, "" for the public."""

PATHS: dict[str, str] = {
    "/assets/{asset_id}": "",
    "/assets/{asset_id}?cut=5": "auditor",
    "/assets/{asset_id}/entries": "",
"""The pages, and who looks at each: "" for the public, else a role."""

PATHS: dict[str, str] = {
    "/": "",
    "/?kind=vessel&of_loan_max=0.1": "",
    "/?price_min=much&kind=vessel": "",
    "/assets?sort=price&rounds_min=1": "",
    "/decline?by=kind": "",
    "/decline/vessels": "",
    "/calendar": "",
    "/calendar?month=2025-01": "",
    "/places": "",
    "/places?province=B%C3%ACnh+%C4%90%E1%BB%8Bnh": "",
    "/tour": "",
"""The pages there are, and in which role each is looked at; "" is the public."""

PATHS: dict[str, str] = {
    "/assets/{asset_id}/history": "",
    "/assets/{asset_id}/evidence": "auditor",
    "/evidence": "",
    "/findings": "",
    "/findings?rule=FAIL-03": "",
    "/late-entries": "auditor",
    "/restatement": "auditor",
    "/restatement?as_of=2026-06-30&known_from=2026-06-30": "auditor",
}
