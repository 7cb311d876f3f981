"""The signed log as a whole, and the evidence of one asset."""

from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.pages.asking import answer, told
from api.pages.checkpoint import noted
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.problems import Problem

router = pages()

_ENTRIES = 200


@router.get("/evidence")
async def show_log(request: Request, office: str = "") -> Response:
    """Show the signed log's latest checkpoint, how it is verified, and the closes of an office's book."""
    note, refused = None, None
    try:
        note = (await answer(request, "/evidence/checkpoint")).body.decode()
    except Problem as problem:
        refused = refusal(request, problem)
    closes = (await told(request, f"/v1/offices/{office}/closes"))["items"] if office else None
    return await page(
        request,
        "evidence.html",
        note=note,
        signed=noted(note) if note else None,
        refused=refused,
        form={"office": office},
        closes=closes,
    )


@router.get("/assets/{asset_id}/evidence")
async def show_evidence(request: Request, asset_id: UUID) -> Response:
    """Show an asset's entries with their places in the signed log, to be verified here or offline."""
    file = await told(request, f"/v1/assets/{asset_id}/replay", limit=_ENTRIES)
    proofs, refused = None, None
    try:
        proofs = await told(request, f"/v1/assets/{asset_id}/proofs")
    except Problem as problem:
        refused = refusal(request, problem)
    return await page(
        request,
        "asset_evidence.html",
        file=file,
        asset_id=asset_id,
        refused=refused,
        proofs=proofs,
        signed=noted(proofs["checkpoint"]) if proofs else None,
        entries=_with_places(file["entries"], proofs) if proofs else [],
    )


def _with_places(entries: list[dict[str, Any]], proofs: dict[str, Any]) -> list[dict[str, Any]]:
    places = {item["entry_no"]: item["index"] for item in proofs["items"]}
    return [entry | {"index": places.get(entry["entry_no"])} for entry in entries]
