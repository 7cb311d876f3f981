"""A search as a feed: the news of each asset in it, and of each that has left it.

A search is kept by nobody but the reader, whose program asks for it now and then. An entry is what is new of
an asset: its id is made of the asset, the number of the last entry of its file, and whether it is in the
search; so it stays while nothing is recorded, and what is recorded next is news again. It is updated when
that last entry was recorded. What has left is told of those that were in the search at the end of one of a
few past days, as it was known then.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from starlette.requests import Request

from api.pages.asking import told
from api.pages.searching import TIMES
from auctions.application.recording import today

FEED = "/assets.atom"
"""The address of the feed."""
MOST = 100
"""How many assets of a search a feed tells of, and of how many that have left it."""
BACK = (1, 2, 4, 8, 16, 30)
"""Days before today at whose ends it is looked what was in a search."""


class News(NamedTuple):
    """What is new of an asset."""

    id: UUID
    item: Mapping[str, Any]
    """The asset as it is listed; what has left, as it was when it was last in the search."""
    last: Mapping[str, Any]
    """The last entry of its file."""
    left: bool


class Feed(NamedTuple):
    """The news of a search, the latest first; cut where the search finds more than a feed tells of."""

    news: list[News]
    cut: bool


def feed_search(asked: Mapping[str, str]) -> dict[str, str]:
    """Return what of a search a feed keeps: it is of the present, and in the order of the news."""
    return {name: value for name, value in asked.items() if name not in TIMES | {"sort"}}


async def feed(request: Request, asked: Mapping[str, str]) -> Feed:
    """Return the news of a search. Raises Problem."""
    listed = await told(request, "/v1/assets", **asked, limit=MOST)
    present = {item["asset_id"]: item for item in listed["items"]}
    gone = {} if listed["next"] else await _before(request, asked)
    wanted = [(item, False) for item in present.values()]
    left = [item for asset_id, item in gone.items() if asset_id not in present]
    wanted += [(item, True) for item in left[-MOST:]]
    news = [await _news(request, item, left=left) for item, left in wanted]
    return Feed(sorted(news, key=lambda one: one.last["position"], reverse=True), bool(listed["next"]))


async def _before(request: Request, asked: Mapping[str, str]) -> dict[str, Mapping[str, Any]]:
    """Return what was in a search at the end of one of the past days, as it was listed last."""
    before: dict[str, Mapping[str, Any]] = {}
    for day in _days():
        listed = await told(request, "/v1/assets", **asked, as_of=day, known_at=day, limit=MOST)
        before = {item["asset_id"]: item for item in listed["items"]} | before
    return before


def _days() -> Iterator[str]:
    now = today()
    return ((now - timedelta(days)).isoformat() for days in BACK)


async def _news(request: Request, item: Mapping[str, Any], *, left: bool) -> News:
    asset_id = item["asset_id"]
    entries = (await told(request, f"/v1/assets/{asset_id}/history"))["entries"]
    last = entries[-1]
    what = f"{'left' if left else 'in'} {last['entry_no']}"
    return News(uuid5(UUID(asset_id), what), item, last, left)
