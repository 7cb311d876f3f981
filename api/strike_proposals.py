"""Strikes that wait for a second person as the routes ask for them: proposed, approved, dropped; by whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends
from starlette.requests import Request

from api.command_forms import together
from api.database import connected
from api.models_of_strikes import State, Strike
from api.problems import REQUEST_ID, Problem
from api.recording import Given, Recording
from api.who import Recorder, Who
from auctions.application.recording import Outcome
from auctions.domain.asset.events import AssetEntry, EntryStruck
from auctions.domain.roles import Role
from auctions.store import strike_proposals as stored
from auctions.store.strike_proposals import Proposal, Proposed
from projections.timeline import Row

_SOMEBODY = "somebody else"
"""Stands for who approves while a proposal is judged."""
_PASSING = {"command-under-way", "too-busy"}
"""Problems after which it may be that an approval is recorded all the same."""


async def approver(by: Recorder) -> Who:
    """Return who approves strikes: supervisors, those of their own office."""
    if by.role != Role.SUPERVISOR:
        raise Problem("not-allowed", "only supervisors approve strikes")
    return by


Approver = Annotated[Who, Depends(approver)]


def refuse_unapproved(given: Given, entries: Iterable[AssetEntry]) -> None:
    """Refuse a strike that nobody here has approved. Raises Problem `approval-needed`."""
    if not given.as_found and any(isinstance(entry, EntryStruck) for entry in entries):
        raise Problem("approval-needed", "a strike is proposed, and recorded when a supervisor approves it")


async def found(request: Request, proposal_id: UUID, who: Who) -> Proposal:
    """Return a proposal. Raises Problem where there is none that `who` sees."""
    row = await _row(request, stored.FIND, {"proposal_id": proposal_id, "office": _office_of(who)})
    if row is None:
        raise Problem("proposal-not-found", f"there is no proposal {proposal_id}")
    return stored.proposal(row)


async def listed(
    request: Request, who: Who, state: State, before: tuple[datetime, UUID] | None, limit: int
) -> list[tuple[datetime, UUID, str]]:
    """Return proposals in a state that `who` sees, the newest first: the key of each and its JSON."""
    proposed_at, proposal_id = before or (None, None)
    asked = {"office": _office_of(who), "state": state, "limit": limit}
    key = {"proposed_at": proposed_at, "proposal_id": proposal_id}
    async with connected(request.app) as own:
        rows = await (await own.execute(stored.LIST.encode(), asked | key)).fetchall()
    found = [stored.proposal(row) for row in rows]
    return [(each.become["proposed_at"], each.proposed.proposal_id, dumped(each).decode()) for each in found]


async def propose(
    request: Request, given: Given, asset_id: UUID, version: int, strikes: Sequence[AssetEntry | Strike]
) -> Proposal:
    """Keep what is proposed, once for the command's id. Raises Problem for what could not be recorded now."""
    by, proposal_id, as_found = given
    entries = [_kept(entry) for entry in strikes]
    proposed = Proposed(proposal_id, asset_id, by.office, version, as_found, entries, by.actor, by.role)
    asked = {"proposal_id": proposal_id, "office": None}
    row = await _row(request, stored.FIND, asked)
    if row is None:
        recording: Recording = request.app.state.recording
        await recording.judged(given, asset_id, _approved(proposed, _SOMEBODY), version)
        async with connected(request.app) as own:
            await own.execute(stored.KEEP.encode(), stored.kept(proposed))
        row = await _row(request, stored.FIND, asked)
    proposal = stored.proposal(row or ())
    if proposal.proposed != proposed:
        raise Problem(
            "command-id-reused", "the Idempotency-Key was used for another proposal: send a new one"
        )
    return proposal


async def approve(request: Request, proposal: Proposal, by: Who) -> Outcome:
    """Record what was proposed, in the name of who proposed it. Raises Problem for what is not recorded.

    That it is approved stands fast before: approved again after a crash it is the same command.
    """
    proposed, own = proposal.proposed, {"proposal_id": proposal.proposed.proposal_id, "by": by.actor}
    row = await _row(request, stored.APPROVE, own)
    if row is None:
        raise Problem("proposal-ended", "it was withdrawn or refused: propose it anew")
    recording: Recording = request.app.state.recording
    proposer = Who(proposed.proposed_by, proposed.office, proposed.role)
    given = Given(proposer, proposal.command_id, proposed.as_found)
    try:
        entries, request_id = _approved(proposed, row[0]), request.scope[REQUEST_ID]
        outcome = await recording.recorded(given, proposed.asset_id, entries, proposed.version, request_id)
    except Problem as problem:
        if problem.code not in _PASSING:
            await _row(request, stored.UNAPPROVE, own)
        raise
    if row[0] != by.actor:
        raise Problem("proposal-ended", f"{row[0]} has approved it")
    return outcome


async def drop(request: Request, proposal: Proposal, by: Who, reason: str) -> Proposal:
    """Withdraw a proposal of one's own, or refuse another's. Raises Problem where that is not for `by`."""
    proposed = proposal.proposed
    if by.actor != proposed.proposed_by and by.role != Role.SUPERVISOR:
        told = "who proposed a strike withdraws it, supervisors refuse it, and nobody else does"
        raise Problem("not-allowed", told)
    asked = {"proposal_id": proposed.proposal_id, "by": by.actor, "reason": reason}
    await _row(request, stored.DROP, asked)
    dropped = await found(request, proposed.proposal_id, by)
    if dropped.become["dropped_by"] != by.actor:
        approved_by = dropped.become["approved_by"]
        told = f"{approved_by} has approved it" if approved_by else f"it is {dropped.become['state']} already"
        raise Problem("proposal-ended", told)
    return dropped


def dumped(proposal: Proposal) -> bytes:
    """Return the JSON of a proposal."""
    return orjson.dumps(proposal.told(), option=orjson.OPT_UTC_Z)


def _kept(entry: AssetEntry | Strike) -> dict[str, Any]:
    return {"entry": entry.entry_name(), "on": entry.on.isoformat(), **entry.data()}


def _approved(proposed: Proposed, by: str) -> list[AssetEntry]:
    """Return the entries as `by` approves them."""
    struck = EntryStruck.entry_name()
    told = [each | {"approved_by": by} if each["entry"] == struck else each for each in proposed.entries]
    return together(orjson.dumps({"entries": told}))


def _office_of(who: Who) -> str | None:
    return None if who.role == Role.AUDITOR else who.office


async def _row(request: Request, statement: str, asked: dict[str, Any]) -> Row | None:
    async with connected(request.app) as own:
        told = await own.execute(statement.encode(), asked)
        return await told.fetchone() if told.description else None
