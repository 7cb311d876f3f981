"""One asset: its whole story in plain words, and every entry of its file."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.dossiers.sheet import details
from api.dossiers.telling import Teller
from api.pages.action_words import action, doer
from api.pages.asking import told, visitor
from api.pages.asset_entries import costs, levels, marked_late, of, rounds, standing
from api.pages.asset_story import story
from api.pages.charts.ladder import HEIGHT, chart
from api.pages.figures import Figures
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import tongue
from api.problems import Problem
from api.seen import sees_parties
from auctions.domain.asset.events import asset_id as id_of
from auctions.domain.asset.words import choice

router = pages()

_FACTS = (
    *("kind", "commune", "province", "office", "seizing_office", "officer", "case_ref", "seized_on", "basis"),
    *("debtor_ref", "mortgagee_ref", "co_owned", "secured_debt", "loan_value", "loan_valued_on"),
    *("attributes", "aliases", "note"),
)
_LATEST, _A_PAGE = 50, 200
"""How many entries the story shows, and how many a page of the whole file."""
_FINDINGS, _ROUNDS_AHEAD, _SUCCESSORS = 20, 6, 20


@router.get("/assets/{asset_id}")
async def show_story(
    request: Request,
    asset_id: UUID,
    *,
    as_of: str = "",
    known_at: str = "",
    cut: str = "",
    recorded: str = "",
) -> Response:
    """Tell an asset's whole story, with the ladder ahead at a cut in per cent."""
    about, language, looking = f"/v1/assets/{asset_id}", tongue(request), await visitor(request)
    times = {"as_of": as_of, "known_at": known_at}
    waited = times | {"min_position": recorded}
    asset = await told(request, about, **waited)
    then = times | {"known_at": known_at or asset["known_at"]}
    ladder = await told(request, f"{about}/ladder", **then)
    entries = (await told(request, f"{about}/history", **then))["entries"]
    coming = await told(request, "/v1/next-actions", asset_id=asset_id, **waited)
    stand = standing(entries)
    steps = levels(ladder["steps"], stand)
    teller = Teller(language, asset["kind"])
    ahead = await _ahead(request, f"{about}/plan", cut, times)
    return await page(
        request,
        "asset.html",
        status=ahead["refused"]["status"] if ahead["refused"] else 200,
        seen_by=looking,
        asset=asset,
        times=times,
        facts=list(teller.fields({name: asset[name] for name in _FACTS})),
        told_in=teller,
        story=story(asset, steps, Figures(language)),
        of_loan=_of_loan(asset),
        coming=coming,
        steps=steps,
        chart=chart(steps, asset["loan_value"], asset["exited_on"] or coming["as_of"], language),
        chart_height=HEIGHT,
        rounds=rounds(asset["rounds"], stand),
        findings=await told(request, "/v1/findings", asset_id=asset_id, limit=_FINDINGS, **waited),
        surveys=of("surveyed", stand),
        costs=costs(stand),
        documents=of("document_filed", stand),
        successors=await _successors(request, asset, stand),
        entries=marked_late(entries[-_LATEST:], entries),
        earlier=max(0, len(entries) - _LATEST),
        whole_file=sees_parties(looking.who, asset["office"]),
        **ahead,
        **_words(teller),
    )


@router.get("/assets/{asset_id}/entries")
async def show_entries(
    request: Request, asset_id: UUID, as_of: str = "", known_at: str = "", after: int = 0
) -> Response:
    """Tell every entry of a file in the order of recording, 200 a page."""
    times = {"as_of": as_of, "known_at": known_at}
    asset = await told(request, f"/v1/assets/{asset_id}", **times)
    entries = (await told(request, f"/v1/assets/{asset_id}/history", **times))["entries"]
    rest = [entry for entry in entries if entry["entry_no"] > after]
    shown = rest[:_A_PAGE]
    return await page(
        request,
        "asset_all_entries.html",
        asset=asset,
        times=times,
        entries=marked_late(shown, entries),
        following=shown[-1]["entry_no"] if len(rest) > len(shown) else None,
        **_words(Teller(tongue(request), asset["kind"])),
    )


def _words(teller: Teller) -> dict[str, Any]:
    """Return what templates say of values that have no filter."""
    language = teller.language
    return {
        "details": partial(details, tell=teller),
        "choice": partial(choice, language=language),
        "action": partial(action, language=language),
        "doer": partial(doer, language=language),
    }


def _of_loan(asset: Mapping[str, Any]) -> float | None:
    price, loan = asset["price"], asset["loan_value"]
    return price / loan if price and loan else None


async def _ahead(request: Request, path: str, cut: str, times: Mapping[str, str]) -> dict[str, Any]:
    """Return the ladder ahead at a cut, none where nothing is to be planned, and its form."""
    form = {"cut": cut.replace(",", ".").removesuffix("%").strip()}
    plan, refused, planned = None, None, True
    try:
        plan = await told(request, path, rounds=_ROUNDS_AHEAD, **form, **times)
    except Problem as problem:
        planned = problem.code == "parameter-refused"
        refused = refusal(request, problem) if planned else None
    return {"plan": plan, "planned": planned, "refused": refused, "form": form | {"cut": cut or "10"}}


async def _successors(
    request: Request, asset: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]
) -> list[tuple[str, UUID | None]]:
    """Return the references of the assets that one became, each with its id where its file is found."""
    into: list[str] = []
    for entry in of("split", entries):
        into += entry["data"]["into"]
    into += [entry["data"]["into"] for entry in of("merged", entries)]
    return [(ref, await _found(request, id_of(asset["office"], ref))) for ref in into[:_SUCCESSORS]]


async def _found(request: Request, asset_id: UUID) -> UUID | None:
    try:
        await told(request, f"/v1/assets/{asset_id}")
    except Problem:
        return None
    return asset_id
