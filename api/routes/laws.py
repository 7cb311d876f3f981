"""The law that is judged by: rulebooks, and what offices have changed of theirs."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from api import administering, answers
from api.bodies import json_body
from api.command_forms import parsed, schema
from api.database import connected, laws, office_file
from api.files import told_to
from api.idempotency import KEY, IdempotencyKey
from api.models_of_administration import LimitSet, NewLimit
from api.models_of_laws import OfficeFile, Offices, Rules
from api.questions import AsFound, KnownThen, Nothing, RulesAsked, Word
from api.routes.commands import described, given
from api.seen import as_public, sees_parties
from api.times import position_of
from api.who import FRESH, PUBLIC_TOO, Administrator, Asking
from auctions.domain.event import Reference
from auctions.domain.roles import Role
from auctions.rules.rulebook import rulebooks
from projections.views_of_laws import office_view, offices_view, rulebook_view

router = APIRouter(prefix="/v1", tags=["law"])

_LIMIT = {
    "rule": "N-FAIL-03",
    "limit": 8,
    "effective_on": "2026-01-01",
    "reason": "agreed with the creditors",
}
_POSITION = {"Position": {"description": "Its place in the log", "schema": {"type": "integer"}}}


@router.get("/rules", response_model=Rules, response_model_exclude_unset=True)
async def list_rules(request: Request, asked: Annotated[RulesAsked, Query()]) -> Response:
    """List a rulebook: each rule with limit, article, dates and confidence; then what no file can decide."""
    book = rulebooks()[asked.book]
    etag = f'"{book.version}-{asked.on or ""}"'
    headers = {"ETag": etag, "Cache-Control": answers.REVALIDATED}
    if answers.kept(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(orjson.dumps(rulebook_view(book, asked.on)), 200, headers, answers.JSON)


@router.get("/offices", response_model=Offices)
async def list_offices(request: Request, asked: Annotated[KnownThen, Query()]) -> Response:
    """List the offices that have changed their rules; all others judge by rulebook vn as it stands."""
    position = await position_of(request.app, asked.known_at)
    async with connected(request.app) as connection:
        found = await laws(connection, position)
    told = {"known_at": position} | offices_view(found.offices)
    return answers.sent(orjson.dumps(told), f'"p{position}"', position)


@router.get("/offices/{office}", response_model=OfficeFile, openapi_extra=PUBLIC_TOO)
async def show_office(
    request: Request, office: Annotated[Word, Path()], asked: Annotated[KnownThen, Query()], who: Asking
) -> Response:
    """Show an office's file, empty where it has changed nothing: who set what, when and why."""
    position = await position_of(request.app, asked.known_at)
    async with connected(request.app) as connection:
        recorded = [line for line in await office_file(connection, office) if line.position <= position]
    view = {"known_at": position} | office_view(office, recorded)
    knows = sees_parties(who, office) or who.role == Role.ADMINISTRATOR
    seen = view if knows else as_public(view)
    return told_to(who, Response(orjson.dumps(seen), 200, {"Position": str(position)}, answers.JSON))


@router.post(
    "/offices/{office}/limits",
    **described(schema(NewLimit), _LIMIT, LimitSet, [KEY]) | {"responses": {201: {"headers": _POSITION}}},
)
async def set_limit(
    request: Request,
    office: Annotated[Reference, Path()],
    _: Annotated[Nothing, Query()],
    by: Administrator,
    key: IdempotencyKey,
) -> Response:
    """Set another number for a rule of an office, from a day on; what is sure in the law only stricter."""
    asked = parsed(NewLimit, await json_body(request))
    command_id = (await given(by, AsFound(), key)).command_id
    position = await administering.set_limit(request, office, asked, by, command_id)
    told = orjson.dumps({"office": office, "position": position})
    return Response(told, 201, {"Position": str(position), **FRESH}, answers.JSON)
