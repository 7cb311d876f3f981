"""The evidence: the signed log by the layout of C2SP tlog-tiles, and the proofs of one asset."""

import re
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.answers import FOR_EVER, JSON, REVALIDATED
from api.evidence import file_of, proofs_of, stated
from api.exports import disposition
from api.files import form_for, known
from api.models_of_evidence import Proofs
from api.problems import Problem
from api.proofs_zip import proofs_zip
from api.questions import Nothing, OneAsset
from api.who import FRESH, Auditor, Insider, Who

router = APIRouter(tags=["evidence"])

_BYTES, _ZIP = "application/octet-stream", "application/zip"
_PLACE = re.compile(r"(x\d{3}/)*\d{3}(\.p/\d{1,3})?")
_OWN = "private, max-age=31536000, immutable"

Place = Annotated[
    str, Path(description="The tile's index in groups of three digits, and the width of a partial one.")
]
Level = Annotated[int, Path(ge=0, le=7, description="Hashes of entries are of level 0.")]


def _answers(media_type: str, words: str, form: str = "") -> dict[int | str, dict[str, Any]]:
    schema = {"type": "string", "format": form} if form else {"type": "string"}
    return {200: {"description": words, "content": {media_type: {"schema": schema}}}}


@router.get(
    "/evidence/checkpoint",
    response_class=Response,
    responses=_answers("text/plain; charset=utf-8", "A signed note (C2SP tlog-checkpoint)"),
)
async def show_checkpoint(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Give the signed checkpoint of the log: keep it, and nobody changes what came before it unseen."""
    content = await run_in_threadpool(file_of, request.app, "checkpoint")
    return Response(content, 200, {"Cache-Control": REVALIDATED}, "text/plain; charset=utf-8")


@router.get(
    "/evidence/tile/entries/{place:path}",
    response_class=Response,
    responses=_answers(_BYTES, "Entries, each behind its length"),
)
async def show_entries(
    request: Request, place: Place, _: Annotated[Nothing, Query()], _auditor: Auditor
) -> Response:
    """Give up to 256 entries of the log, to auditors."""
    return await _tile(request, "entries", place, _OWN)


@router.get(
    "/evidence/tile/{level}/{place:path}",
    response_class=Response,
    responses=_answers(_BYTES, "Hashes of 32 bytes"),
)
async def show_tile(request: Request, level: Level, place: Place, _: Annotated[Nothing, Query()]) -> Response:
    """Give up to 256 hashes of a level of the log."""
    return await _tile(request, str(level), place, FOR_EVER)


async def _tile(request: Request, level: str, place: str, kept: str) -> Response:
    if not _PLACE.fullmatch(place):
        raise Problem("path-not-found", f"GET {request.scope['path']}")
    content = await run_in_threadpool(file_of, request.app, f"tile/{level}/{place}")
    caching = REVALIDATED if ".p/" in place else kept
    return Response(content, 200, {"Cache-Control": caching, "Vary": "Authorization, Cookie"}, _BYTES)


@router.get("/v1/assets/{asset_id}/proofs", response_model=Proofs)
async def show_proofs(
    request: Request, asset_id: UUID, _: Annotated[Nothing, Query()], who: Insider
) -> Response:
    """Give an asset's entries as they were signed, with proofs and state, to auditors and its office."""
    found = await _proofs(request, asset_id, who)
    return Response(orjson.dumps(found), 200, FRESH, JSON)


@router.get(
    "/v1/assets/{asset_id}/proofs.zip",
    response_class=Response,
    responses=_answers(_ZIP, "README.txt, checkpoint, proofs.json, entries with their proofs", "binary"),
)
async def take_proofs(
    request: Request, asset_id: UUID, _: Annotated[Nothing, Query()], who: Insider
) -> Response:
    """Give the same as one archive, with the commands by which it is verified without a network."""
    found = await _proofs(request, asset_id, who)
    archive = await run_in_threadpool(proofs_zip, found, orjson.dumps(found))
    return Response(archive, 200, FRESH | disposition(f"{asset_id}-proofs.zip"), _ZIP)


async def _proofs(request: Request, asset_id: UUID, who: Who) -> dict[str, Any]:
    file = await known(request, asset_id, OneAsset())
    if form_for(who, file.recorded):
        raise Problem("not-allowed", "only auditors and the office that has the file are given its entries")
    places = [(line.entry_no, line.position) for line in file.recorded]
    found = await run_in_threadpool(proofs_of, request.app, asset_id, places)
    return found | {"stated": stated(file)}
