"""Which recorded steps broke which rule, by whom."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.languages import Language
from api.pages.as_known import PART
from api.pages.asking import told
from api.pages.finding_counts import Told, caps, counted, rules_by_id
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem

router = pages()

_PAGE = 25


@router.get("/findings")
async def show_findings(
    request: Request, rule: str = "", office: str = "", year: str = "", cursor: str = ""
) -> Response:
    """Show findings counted by rule or office, and listed with what the rule says."""
    asked = {"rule": rule, "office": office, "year": year}
    counts = (await told(request, "/v1/findings/counts"))["items"]
    rules = (await told(request, "/v1/rules"))["items"]
    refused, found = None, None
    try:
        found = await told(request, "/v1/findings", **asked, cursor=cursor, limit=_PAGE)
    except Problem as problem:
        refused = refusal(request, problem, asked)
    language = tongue(request)
    shown: Told = {
        "asked": asked,
        "refused": refused,
        "found": found,
        "cursor": cursor,
        "entries_a_part": PART,
    }
    return await page(
        request,
        "findings.html",
        status=refused["status"] if refused else 200,
        **shown | _counted(counts, asked) | _law(rules, counts) | _choices(counts, rules, language),
    )


def _counted(counts: Sequence[Told], asked: dict[str, str]) -> dict[str, Any]:
    by, other = ("office", "rule") if asked["rule"] else ("rule", "office")
    rows = counted(counts, by, other, rule=asked["rule"], office=asked["office"])
    return {"by": by, "rows": rows, "years": sorted({year for row in rows for year in row.years})}


def _law(rules: Sequence[Told], counts: Sequence[Told]) -> dict[str, Any]:
    many = {row.name: row.n for row in counted(counts, "rule", "office")}
    return {
        "rules": rules_by_id(rules),
        "caps": [cap | {"n": many.get(cap["id"], 0)} for cap in caps(rules)],
    }


def _choices(counts: Sequence[Told], rules: Sequence[Told], language: Language) -> dict[str, Any]:
    """Return what may be chosen: what there are findings of."""
    says = {name: parts[0][language] for name, parts in rules_by_id(rules).items()}
    broken = sorted({item["rule"] for item in counts})
    offices = sorted({item["office"] for item in counts})
    years = sorted({each["year"] for item in counts for each in item["years"]}, reverse=True)
    return {
        "rules_to_choose": [(name, f"{name}: {says.get(name, '')}") for name in broken],
        "offices_to_choose": [(name, name) for name in offices],
        "years_to_choose": [(year, year) for year in years],
    }
