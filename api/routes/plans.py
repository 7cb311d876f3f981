"""The plan of an asset: the ladder ahead, and when the law opens what."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api import answers
from api.database import connected, file, head, laws
from api.models_of_steps import AssetPlan
from api.problems import Fault, Problem
from api.questions import OnePlan
from auctions.application.recording import today
from auctions.domain.asset.breaches import Unlawful
from auctions.domain.asset.plan import plan
from auctions.domain.asset.state import Numbered
from auctions.domain.errors import Refused
from auctions.rules.rulebook import rules_version
from projections.projection import Folded, folded
from projections.views import View, plan_view

router = APIRouter(prefix="/v1/assets", tags=["law"])


@router.get("/{asset_id}/plan", response_model=AssetPlan)
async def show_plan(request: Request, asset_id: UUID, asked: Annotated[OnePlan, Query()]) -> Response:
    """Tell the ladder ahead if round after round fails, each step on its first lawful day."""
    day = asked.as_of or today()
    async with connected(request.app) as connection:
        recorded = await file(connection, asset_id)
        position = await head(connection)
        law_of = await laws(connection, position)
    if not recorded:
        raise Problem("asset-not-found", f"there is no asset {asset_id}")
    lines: list[Numbered] = [(line.entry_no, line.entry) for line in recorded]  # type: ignore[misc]  # files of assets hold asset entries
    found = folded(asset_id, lines, law_of, until=day)
    if found.state.seized is None:
        raise Problem("asset-not-seized", f"no seizure stands as of {day}")
    etag = f'"v{recorded[-1].entry_no}-{day}-{found.law.version}-{rules_version()}"'
    if answers.kept(request, etag):
        return answers.unchanged(etag, position)
    told = await run_in_threadpool(_planned, found, asked)
    return answers.sent(orjson.dumps(told), etag, position)


def _planned(found: Folded, asked: OnePlan) -> View:
    day = asked.as_of or today()
    try:
        ahead = plan(found.state, found.law, cut=int(asked.cut * 100), rounds=asked.rounds, today=day)
    except Unlawful as error:
        fault = Fault("cut", "unlawful", error.message)
        raise Problem("parameter-refused", "not as expected: cut", [fault]) from error
    except Refused as error:
        raise Problem("nothing-to-plan", error.message) from error
    ref = found.state.seized.asset_ref if found.state.seized else ""
    return {"asset_ref": ref, **plan_view(ahead)}
