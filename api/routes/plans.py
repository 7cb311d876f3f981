"""The plan of an asset: the ladder ahead, and when the law opens what."""

from datetime import date
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api import answers
from api.database import connected, laws
from api.files import known, not_seized, numbered
from api.languages import Language, language
from api.models_of_steps import AssetPlan
from api.problems import Fault, Problem
from api.questions import OnePlan
from auctions.domain.asset.breaches import Unlawful, message
from auctions.domain.asset.plan import plan
from auctions.domain.errors import Refused
from auctions.rules.rulebook import rules_version
from projections.projection import Folded, folded
from projections.views import View, plan_view

router = APIRouter(prefix="/v1/assets", tags=["law"])


@router.get("/{asset_id}/plan", response_model=AssetPlan)
async def show_plan(request: Request, asset_id: UUID, asked: Annotated[OnePlan, Query()]) -> Response:
    """Tell the ladder ahead if round after round fails, each step on its first lawful day."""
    told, recorded, position = await known(request, asset_id, asked)
    etag = f'"p{position}-{told.day}-{rules_version()}"'
    if answers.kept(request.headers.get("if-none-match"), etag):
        return answers.unchanged(etag, position)
    async with connected(request.app) as connection:
        law_of = await laws(connection, position)
    found = folded(asset_id, numbered(recorded), law_of, until=told.day)
    if found.state.seized is None:
        raise not_seized(told)
    tongue = language(request.headers.get("accept-language", ""))
    view = await run_in_threadpool(_planned, found, told.day, asked, tongue)
    times = {"as_of": told.day, "known_at": position, "position": position}
    return answers.sent(orjson.dumps(times | view), etag, position)


def _planned(found: Folded, day: date, asked: OnePlan, tongue: Language) -> View:
    try:
        ahead = plan(found.state, found.law, cut=int(asked.cut * 100), rounds=asked.rounds, today=day)
    except Unlawful as error:
        told = "; ".join(f"{each.rule.id}: {message(each, tongue)}" for each in error.breaches)
        fault = Fault("cut", "unlawful", told)
        raise Problem("parameter-refused", "not as expected: cut", [fault]) from error
    except Refused as error:
        raise Problem("nothing-to-plan", error.message) from error
    ref = found.state.seized.asset_ref if found.state.seized else ""
    return {"asset_ref": ref, **plan_view(ahead)}
