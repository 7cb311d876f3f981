"""One asset's file as a route tells of it: as known then, waited for, or a problem."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from starlette.requests import Request

from api.database import connected, file, head
from api.problems import Problem
from api.questions import OneAsset
from api.times import Told, log_reaches, told_of
from auctions.domain.asset.state import Numbered
from auctions.domain.event import Recorded


class Known(NamedTuple):
    """The entries of a file up to a position of the log, and the times asked about."""

    told: Told
    recorded: Sequence[Recorded]
    position: int


async def known(request: Request, asset_id: UUID, asked: OneAsset) -> Known:
    """Return the entries known at the time asked about. Raises Problem where there are none."""
    told = await told_of(request.app, asked)
    await log_reaches(request.app, asked)
    async with connected(request.app) as connection:
        position = await head(connection) if told.known_at is None else told.known_at
        recorded = [line for line in await file(connection, asset_id) if line.position <= position]
    if not recorded:
        raise Problem("asset-not-found", f"no asset {asset_id} is known at position {position}")
    return Known(told, recorded, position)


def numbered(recorded: Iterable[Recorded]) -> list[Numbered]:
    """Return entries with their numbers."""
    return [(line.entry_no, line.entry) for line in recorded]  # type: ignore[misc]  # files of assets hold asset entries


def not_seized(told: Told) -> Problem:
    """Return what tells that no seizure stands on the day asked about."""
    return Problem("asset-not-seized", f"no seizure stands as of {told.day}")
