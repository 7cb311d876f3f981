"""A vessel whose price somebody cut deeper than the law allows."""

from contextlib import closing
from uuid import UUID

from auctions.application.recording import Actor, record
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.browser.site import OFFICE
from tests.unit.given import entry

REF, WHO = "BDI-0901", "COORDINATOR-7"
VESSEL: UUID = asset_id(OFFICE, REF)
_FILE = [
    entry("seized", 1, asset_ref=REF, office=OFFICE, kind="vessel", province="Bình Định"),
    entry("appraised", 2, value=4_000_000_000),
    entry("round_announced", 3, round_no=1, starting_price=4_000_000_000),
    entry("round_failed", 10, round_no=1),
    entry("price_reduced", 25, to_price=3_000_000_000),
]


def cut_below_cap(url: str) -> None:
    """Record the file as found, by the one who cut the price by a quarter at once."""
    with closing(PostgresStore(url)) as store:
        for each in _FILE:
            record(store, stream_id=VESSEL, entries=[each], by=Actor(WHO, OFFICE), as_found=True)
    Runner(url).catch_up()
