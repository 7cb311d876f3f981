"""The register that is asked over HTTP: five assets, one of a kind each."""

from contextlib import closing
from datetime import datetime
from uuid import UUID

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, Seized, asset_id
from auctions.domain.days import VIETNAM
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry, struck

OFFICE, OTHER = "KV-3", "KV-5"
LAND, HOUSE, VESSEL, BARE, FIELD = "TS-1", "TS-2", "TS-3", "TS-4", "TS-5"
NEWEST = [FIELD, BARE, LAND, HOUSE, VESSEL]
"""The order of their seizures, the last first; three of one day by id."""
UNSOLD = [FIELD, BARE, LAND]
OFFICER = "CB-7"
AUCTION = datetime(2025, 1, 31, 9, tzinfo=VIETNAM)
VALUE = 1_000_000_000
Id = dict[str, UUID]

_LAND = [
    entry(
        "seized", 1, asset_ref=LAND, province="Bình Định", description="Thửa 7, tờ 12", loan_value=2 * VALUE
    ),
    entry("appraised", 2, value=VALUE),
    entry("round_announced", 3, round_no=1, starting_price=VALUE),
    entry("round_failed", 10, round_no=1),
    entry("price_reduced", 11, to_price=900_000_000),
    entry("round_announced", 12, round_no=2, starting_price=900_000_000),
    entry("round_failed", 20, round_no=2),
    entry("price_reduced", 21, to_price=855_000_000),
    entry("round_announced", 22, round_no=3, starting_price=855_000_000, auction_at=AUCTION),
]
_HOUSE = [
    entry(
        "seized",
        1,
        asset_ref=HOUSE,
        kind="house",
        province="Hà Nội",
        description="Nhà phố Huế",
        officer=OFFICER,
    ),
    entry("appraised", 2, value=VALUE),
    entry("round_announced", 3, round_no=1, starting_price=VALUE),
    entry("round_won", 10, round_no=1, price=1_100_000_000),
]
_VESSEL = [
    entry("seized", 1, asset_ref=VESSEL, kind="vessel", attributes={"vessel_no": "BĐ-91234-TS"}),
    entry("appraised", 2, value=VALUE),
    entry("round_announced", 3, round_no=1, starting_price=VALUE),
    entry("round_won", 10, round_no=1, price=VALUE + 1),
    entry("sale_paid", 12, amount=VALUE + 1),
    entry("delivered", 15),
]
_BARE = [
    entry("seized", 4, asset_ref=BARE, kind="vessel", attributes={"vessel_no": "tàu không số"}),
    entry("suspended", 6),
]
_FIELD = [
    entry("seized", 5, asset_ref=FIELD, office=OTHER, province="Bình Định", description="Ruộng lúa"),
    entry("cost_accrued", 6),
    entry("cost_accrued", 7, amount=40_000),
    struck(2),
]


def recorded(url: str) -> Id:
    """Record the register and bring the read models up to date; the assets' ids by reference."""
    ids = filed(url)
    Runner(url).catch_up()
    return ids


def filed(url: str) -> Id:
    """Record the register alone."""
    with closing(PostgresStore(url)) as store:
        return dict(_recorded(store, entries) for entries in (_LAND, _HOUSE, _VESSEL, _BARE, _FIELD))


def _recorded(store: PostgresStore, entries: list[AssetEntry]) -> tuple[str, UUID]:
    seized = entries[0]
    assert isinstance(seized, Seized)
    stream_id = asset_id(seized.office, seized.asset_ref)
    for line in entries:
        record(store, stream_id=stream_id, entries=[line], by=Actor("clerk", seized.office), as_found=True)
    return seized.asset_ref, stream_id
