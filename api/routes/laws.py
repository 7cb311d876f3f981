"""The law that is judged by: rulebooks, and what offices have changed of theirs."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from api import answers
from api.database import connected, laws, office_file
from api.files import told_to
from api.models_of_laws import OfficeFile, Offices, Rules
from api.questions import KnownThen, RulesAsked, Word
from api.seen import as_public, sees_parties
from api.times import position_of
from api.who import PUBLIC_TOO, Asking
from auctions.rules.rulebook import rulebooks
from projections.views_of_laws import office_view, offices_view, rulebook_view

router = APIRouter(prefix="/v1", tags=["law"])


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
    seen = view if sees_parties(who, office) else as_public(view)
    return told_to(who, Response(orjson.dumps(seen), 200, {"Position": str(position)}, answers.JSON))
