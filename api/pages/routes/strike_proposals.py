"""Strikes that wait for a second person: listed, what is proposed beside what stands, approved or dropped."""

from typing import Any, Literal
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.asking import sent, told, visitor
from api.pages.forms import fresh, posted
from api.pages.recording.striking import STRUCK, changes
from api.pages.recording.titles import TITLES
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.words import marked, tongue
from api.problems import Problem
from auctions.domain.roles import RECORDING, Role

router = pages()

_PATH = "/strike-proposals"
_LISTED = 25
_STATES = {
    "open": marked("Waiting"),
    "approved": marked("Approved"),
    "refused": marked("Refused by a supervisor"),
    "withdrawn": marked("Withdrawn"),
    "stale": marked("Overtaken"),
}
State = Literal["open", "approved", "refused", "withdrawn", "stale"]


@router.get(_PATH)
async def show_proposals(request: Request, state: State = "open", cursor: str = "") -> Response:
    """Show the proposals in a state: of the own office, to auditors of all."""
    found = await told(request, f"/v1{_PATH}", state=state, cursor=cursor, limit=_LISTED)
    items = [each | _in_short(each) for each in found["items"]]
    return await page(
        request, "strike_proposals.html", items=items, next=found["next"], state=state, states=_STATES
    )


@router.get(f"{_PATH}/{{proposal_id}}")
async def show_proposal(request: Request, proposal_id: UUID) -> Response:
    """Show what is proposed beside what stands, and who may decide."""
    return await _page(request, proposal_id, fresh(reason=request.query_params.get("reason", "")))


@router.post(f"{_PATH}/{{proposal_id}}/approval")
async def approve_strike(request: Request, proposal_id: UUID) -> Response:
    """Approve what another person proposed, which records it."""
    form = await posted(request)
    try:
        await sent(request, f"/v1{_PATH}/{proposal_id}/approval", form=form)
    except Problem as problem:
        return await _page(request, proposal_id, form, refusal(request, problem, ()))
    return RedirectResponse(f"{_PATH}/{proposal_id}", 303)


@router.post(f"{_PATH}/{{proposal_id}}")
async def drop_proposal(request: Request, proposal_id: UUID) -> Response:
    """Withdraw one's own proposal or refuse another's, with the reason."""
    form = await posted(request)
    try:
        path = f"/v1{_PATH}/{proposal_id}"
        await sent(request, path, form=form, method="DELETE", reason=form.get("reason", ""))
    except Problem as problem:
        return await _page(request, proposal_id, form, refusal(request, problem, ("reason",)))
    return RedirectResponse(f"{_PATH}/{proposal_id}", 303)


def _in_short(proposal: dict[str, Any]) -> dict[str, Any]:
    strikes = [each for each in proposal["entries"] if each["entry"] == STRUCK]
    return {
        "numbers": ", ".join(str(each["entry_no"]) for each in strikes),
        "why": strikes[0]["reason"],
        "anew": len(proposal["entries"]) - len(strikes),
    }


async def _page(
    request: Request, proposal_id: UUID, form: dict[str, str], refused: dict[str, Any] | None = None
) -> Response:
    looking = await visitor(request)
    if refused and not looking.who.role:
        return await page(
            request,
            "strike_proposal_kept.html",
            status=refused["status"],
            proposal_id=proposal_id,
            form=form,
            refused=refused,
        )
    proposal = await told(request, f"/v1{_PATH}/{proposal_id}")
    asset = await told(request, f"/v1/assets/{proposal['asset_id']}")
    file = (await told(request, f"/v1/assets/{proposal['asset_id']}/history"))["entries"]
    mine, open_ = looking.who.actor == proposal["proposed_by"], proposal["state"] == "open"
    supervises = looking.who.role == Role.SUPERVISOR
    return await page(
        request,
        "strike_proposal.html",
        status=refused["status"] if refused else 200,
        seen_by=looking,
        proposal=proposal,
        asset=asset,
        strikes=[each for each in proposal["entries"] if each["entry"] == STRUCK],
        changes=changes(proposal["entries"], file, tongue(request), asset["kind"]),
        titles=TITLES,
        states=_STATES,
        mine=mine,
        approves=open_ and supervises and not mine,
        drops=open_ and looking.who.role in RECORDING and (mine or supervises),
        form=form,
        refused=refused,
    )
