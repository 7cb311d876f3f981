"""Lists written out whole: tables for spreadsheets, lines for programs, features for maps."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api import answers
from api.decline_csv import ladder_csv
from api.exports import Export, disposition, exported
from api.files import form_for, history, known, seen, seized, sent, told_to
from api.history_csv import history_csv
from api.list_files import CSV, GEOJSON, JSON_LINES
from api.list_xlsx import XLSX
from api.models import Item
from api.models_of_steps import Finding
from api.questions import TIMES, AssetFilter, FindingFilter, OneAsset
from api.times import told_of
from api.who import PUBLIC_TOO, Asking
from projections import asset_list, findings
from projections.times import NOW
from projections.views import ladder_view

router = APIRouter(prefix="/v1", tags=["exports"])

_ITEM, _FINDING = answers.form(Item), answers.form(Finding)
_SCHEMAS: dict[str, dict[str, Any]] = {
    XLSX: {"type": "string", "format": "binary"},
    GEOJSON: {
        "type": "object",
        "required": ["type", "as_of", "known_at", "position", "features", "without_coordinates"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "as_of": {"type": "string", "format": "date"},
            "known_at": {"type": "integer"},
            "position": {"type": "integer"},
            "features": {"type": "array", "items": {"type": "object"}},
            "without_coordinates": {"type": "integer"},
        },
    },
}
"""What is sent, by media type, where it is not just text."""


def _described(what: str, media_type: str) -> dict[str, Any]:
    content = {media_type: {"schema": _SCHEMAS.get(media_type, {"type": "string"})}}
    return {"response_class": Response, "responses": {200: {"description": what, "content": content}}}


@router.get("/assets.csv", **_described("CSV, a row an asset", CSV))
async def write_assets_as_csv(request: Request, asked: Annotated[AssetFilter, Query()]) -> Response:
    """Write all assets that a list would show as CSV; a text that a sheet would run is made harmless."""
    return await _assets(request, asked, CSV)


@router.get("/assets.xlsx", **_described("XLSX, a row an asset", XLSX))
async def write_assets_as_xlsx(request: Request, asked: Annotated[AssetFilter, Query()]) -> Response:
    """Write all assets that a list would show as XLSX, at most 1,048,575."""
    return await _assets(request, asked, XLSX)


@router.get("/assets.jsonl", **_described("JSON lines, an asset a line", JSON_LINES))
async def write_assets_as_json_lines(request: Request, asked: Annotated[AssetFilter, Query()]) -> Response:
    """Write all assets that a list would show as JSON lines, each as the list's pages have it."""
    return await _assets(request, asked, JSON_LINES)


@router.get("/assets.geojson", **_described("GeoJSON (RFC 7946), a point an asset", GEOJSON))
async def write_assets_as_geojson(request: Request, asked: Annotated[AssetFilter, Query()]) -> Response:
    """Write the assets that a list would show and that have coordinates, and how many have none."""
    return await _assets(request, asked, GEOJSON)


@router.get("/findings.csv", **_described("CSV, a row a finding", CSV))
async def write_findings_as_csv(request: Request, asked: Annotated[FindingFilter, Query()]) -> Response:
    """Write all findings that a list would show as CSV."""
    return await _findings(request, asked, CSV)


@router.get("/findings.xlsx", **_described("XLSX, a row a finding", XLSX))
async def write_findings_as_xlsx(request: Request, asked: Annotated[FindingFilter, Query()]) -> Response:
    """Write all findings that a list would show as XLSX, at most 1,048,575."""
    return await _findings(request, asked, XLSX)


@router.get(
    "/assets/{asset_id}/history.csv", **_described("CSV, a row an entry", CSV), openapi_extra=PUBLIC_TOO
)
async def write_history_as_csv(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()], who: Asking
) -> Response:
    """Write every entry of a file as CSV; the parties as in the asset's history."""
    told, recorded, _ = await known(request, asset_id, asked)
    view = history(recorded, told)
    shown = seen(who, recorded, view)
    form = form_for(who, recorded)
    answer = sent(request, told, recorded, lambda: history_csv(shown).encode(), CSV, form=form)
    answer.headers.update(disposition(f"{view['asset_ref']}-history.csv"))
    return told_to(who, answer)


@router.get("/assets/{asset_id}/ladder.csv", **_described("CSV, a row a price level", CSV))
async def write_ladder_as_csv(
    request: Request, asset_id: UUID, asked: Annotated[OneAsset, Query()]
) -> Response:
    """Write how an asset's value declined as CSV, a row a price level."""
    told, recorded, _ = await known(request, asset_id, asked)
    view = ladder_view(asset_id, seized(recorded, told))
    answer = sent(request, told, recorded, lambda: ladder_csv(view).encode(), CSV)
    answer.headers.update(disposition(f"{view['asset_ref']}-ladder.csv"))
    return answer


async def _assets(request: Request, asked: AssetFilter, media_type: str) -> Response:
    told = await told_of(request.app, asked)
    wanted = asset_list.Filter(told.day, **asked.model_dump(exclude=TIMES), times=told.times)
    read = ["assets"] if told.times == NOW else ["asset_listings", "asset_periods"]
    export = Export("assets", read, asset_list.whole_query(wanted), list(Item.model_fields), _ITEM)
    return await exported(request, asked, told, export, media_type)


async def _findings(request: Request, asked: FindingFilter, media_type: str) -> Response:
    told = await told_of(request.app, asked)
    wanted = findings.Filter(**asked.model_dump(exclude=TIMES), times=told.times)
    query, columns = findings.whole_query(wanted), list(Finding.model_fields)
    export = Export("findings", [findings.PROJECTION.name], query, columns, _FINDING)
    return await exported(request, asked, told, export, media_type)
