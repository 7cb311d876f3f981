"""Strikes proposed by one person of an office and approved by a second one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, TypeAdapter

from api import command_forms, cursor, strike_proposals
from api.answers import JSON
from api.bodies import json_body
from api.examples import PROPOSAL
from api.files import told_to
from api.idempotency import KEY
from api.lists import page
from api.models_of_recording import Recorded
from api.models_of_strikes import State, StrikeProposal, StrikeProposalPage
from api.questions import Cursor, Limit, Nothing, Word
from api.recorded import recorded_answer
from api.routes.commands import HEADERS, IF_MATCH, Commanded, Version, described
from api.strike_proposals import Approver
from api.who import Insider, Recorder

router = APIRouter(prefix="/v1", tags=["strikes"])

_PATH = "/strike-proposals"
_BEFORE = TypeAdapter(tuple[AwareDatetime, UUID])
_LISTED = command_forms.proposed_schema()
_LOCATION = {"Location": {"description": "The proposal", "schema": {"type": "string"}}}


class Proposals(Nothing):
    """Proposals in which state to list, and which page of them."""

    state: State = "open"
    cursor: Cursor | None = None
    limit: Limit = 50


class Dropping(Nothing):
    """Why a proposal is withdrawn or refused."""

    reason: Word


@router.post(
    f"/assets/{{asset_id}}{_PATH}",
    name="propose_strike",
    **described(_LISTED, PROPOSAL, StrikeProposal, [KEY, IF_MATCH])
    | {"responses": {201: {"headers": _LOCATION}}},
)
async def propose_strike(
    request: Request, asset_id: UUID, commanded: Commanded, expected: Version
) -> Response:
    """Propose a strike and what is entered anew: what could not be recorded now is refused at once.

    `approved_by` is left out: it is who approves.
    """
    entries = command_forms.proposed(await json_body(request))
    proposal = await strike_proposals.propose(request, commanded, asset_id, expected, entries)
    headers = {"Location": f"/v1{_PATH}/{commanded.command_id}"}
    return told_to(commanded.by, Response(strike_proposals.dumped(proposal), 201, headers, JSON))


@router.get(_PATH, response_model=StrikeProposalPage)
async def list_strike_proposals(
    request: Request, asked: Annotated[Proposals, Query()], who: Insider
) -> Response:
    """List the proposals of the own office, the newest first; auditors see those of all offices."""
    before = cursor.decoded(asked.cursor, _BEFORE)
    rows = await strike_proposals.listed(request, who, asked.state, before, asked.limit + 1)
    return told_to(who, Response(page({}, rows, asked.limit), media_type=JSON))


@router.get(f"{_PATH}/{{proposal_id}}", response_model=StrikeProposal)
async def show_strike_proposal(
    request: Request, proposal_id: UUID, _: Annotated[Nothing, Query()], who: Insider
) -> Response:
    """Tell what is proposed, by whom, and what has become of it."""
    proposal = await strike_proposals.found(request, proposal_id, who)
    return told_to(who, Response(strike_proposals.dumped(proposal), media_type=JSON))


@router.post(
    f"{_PATH}/{{proposal_id}}/approval",
    status_code=201,
    response_model=Recorded,
    responses={201: {"headers": HEADERS}},
)
async def approve_strike(
    request: Request, proposal_id: UUID, _: Annotated[Nothing, Query()], by: Approver
) -> Response:
    """Approve what another person of the office proposed, which records it. Approved again it is the same."""
    proposal = await strike_proposals.found(request, proposal_id, by)
    outcome = await strike_proposals.approve(request, proposal, by)
    return recorded_answer(proposal.proposed.asset_id, outcome)


@router.delete(f"{_PATH}/{{proposal_id}}", response_model=StrikeProposal)
async def drop_strike_proposal(
    request: Request, proposal_id: UUID, asked: Annotated[Dropping, Query()], by: Recorder
) -> Response:
    """Withdraw a proposal of one's own, or refuse another's as a supervisor of the office."""
    proposal = await strike_proposals.found(request, proposal_id, by)
    dropped = await strike_proposals.drop(request, proposal, by, asked.reason)
    return told_to(by, Response(strike_proposals.dumped(dropped), media_type=JSON))
