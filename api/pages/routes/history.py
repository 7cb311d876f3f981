"""An asset's file as of any day, as known then."""

import re
from datetime import datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.pages.as_known import PART, Told, as_they_stood, part_of, stops
from api.pages.asking import told
from api.pages.charts.price_lines import price_lines
from api.pages.refusals import refusal
from api.pages.rendering import page
from api.pages.routing import router as pages
from api.pages.state_words import in_words
from api.pages.words import tongue
from api.problems import Problem
from auctions.domain.days import legal_day

router = pages()


@router.get("/assets/{asset_id}/history")
async def show_history(
    request: Request, asset_id: UUID, as_of: str = "", known_at: str = "", part: int | None = None
) -> Response:
    """Show a file as of a day, as it was known on a day or right after a recording, and what came since."""
    file = await _grown(request, asset_id)
    shown: Told = {
        "file": file,
        "asset_id": asset_id,
        "asked": {"as_of": as_of, "known_at": known_at},
        "form": {"as_of": as_of, "known_at": _day_of(known_at, file["entries"])},
        "refused": None,
        "since": None,
    }
    now = file["position"]
    try:
        since = await told(
            request, f"/v1/assets/{asset_id}/diff", as_of=as_of, known_at=[known_at or now, now]
        )
    except Problem as problem:
        shown["refused"] = refusal(request, problem, shown["form"])
        return await page(request, "history.html", status=shown["refused"]["status"], **shown)
    lines = price_lines(
        await _levels(request, asset_id, since, since["known_at"][0]),
        await _levels(request, asset_id, since, now),
        since["as_of"],
    )
    words = in_words(tongue(request)) | {"lines": lines}
    return await page(request, "history.html", **shown | words | _then(file["entries"], since, part))


def _then(entries: list[Told], since: Told, asked_part: int | None) -> Told:
    as_of, position = since["as_of"], since["known_at"][0]
    positions = {entry["entry_no"]: entry["position"] for entry in entries}
    part, parts = part_of(entries, asked_part, position)
    shown = entries[(part - 1) * PART : part * PART]
    return {
        "since": since,
        "stops": stops(entries, as_of, position),
        "entries": as_they_stood(shown, positions, as_of, position),
        "unknown": sum(entry["position"] > position for entry in entries),
        "part": part,
        "parts": parts,
    }


async def _grown(request: Request, asset_id: UUID) -> Told:
    """Return all entries of a file as known now."""
    file: Told = await told(request, f"/v1/assets/{asset_id}/replay")
    following = file["next"]
    while following:
        more = await told(
            request, f"/v1/assets/{asset_id}/replay", known_at=file["position"], cursor=following
        )
        file["entries"] += more["entries"]
        following = more["next"]
    return file


async def _levels(request: Request, asset_id: UUID, since: Told, position: int) -> list[Told]:
    """Return the price levels of the day as known at a position, none where no file was known."""
    try:
        ladder = await told(request, f"/v1/assets/{asset_id}/ladder", as_of=since["as_of"], known_at=position)
    except Problem:
        return []
    levels: list[Told] = ladder["steps"]
    return levels


def _day_of(known_at: str, entries: list[Told]) -> str:
    """Return what stands in the field of a day: for a position the day on which it was recorded."""
    if not re.fullmatch("[0-9]{1,18}", known_at):
        return known_at
    known = [entry["recorded_at"] for entry in entries if entry["position"] <= int(known_at)]
    return legal_day(datetime.fromisoformat(known[-1])).isoformat() if known else ""
