"""The dossier of an asset: all that is recorded of it, for print and for programs."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.answers import JSON
from api.dossiers.making import made
from api.dossiers.written import dossier_json, written
from api.exports import disposition
from api.languages import language
from api.models_of_dossiers import Dossier
from api.questions import OneAsset
from api.who import FRESH, Insider

router = APIRouter(prefix="/v1/assets", tags=["evidence"])

_PDF = "application/pdf"
_PRINT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Pages for print (PDF/A-2b)",
        "content": {_PDF: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/{asset_id}/dossier.pdf", response_class=Response, responses=_PRINT)
async def print_dossier(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()], who: Insider
) -> Response:
    """Print all that is recorded of an asset in the reader's language, for auditors and the own office.

    It names the SHA-256 of `dossier.json` of the same day, known at the same position: ask for both by
    `as_of` and `known_at`.
    """
    tongue = language(request.headers.get("accept-language", ""))
    pdf = await made(request, asset_id, asked, who, lambda view: written(view, tongue).pdf)
    headers = {"Content-Language": tongue, **FRESH, "Vary": "Accept-Language, Authorization, Cookie"}
    return Response(pdf, 200, headers | disposition(f"dossier-{asset_id}.pdf"), _PDF)


@router.get("/{asset_id}/dossier.json", response_model=Dossier)
async def show_dossier(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()], who: Insider
) -> Response:
    """Tell all that is recorded of an asset, with the proofs, to auditors and the own office."""
    return Response(await made(request, asset_id, asked, who, dossier_json), 200, FRESH, JSON)
