"""A vessel to which nearly everything happened, and a field that was divided."""

from typing import NamedTuple
from uuid import UUID

from starlette.testclient import TestClient

from auctions.domain.asset.events import AssetEntry
from tests.unit.given import entry, struck

REF, DIVIDED, PART = "TAU-9", "RUONG-1", "RUONG-1/1"
VALUE = 1_000_000_000


class Register(NamedTuple):
    """A client, the database's URL, the ids of the vessel, of the divided field and of its part on file."""

    web: TestClient
    url: str
    vessel: UUID
    divided: UUID
    part: UUID


def vessel() -> list[AssetEntry]:
    """A round won and not paid, two failed, two cuts, one beyond the law, a survey struck, a cost late."""
    return [
        entry(
            *("seized", 1),
            asset_ref=REF,
            kind="vessel",
            debtor_ref="NPTHA-7",
            province="Bình Định",
            description="Tàu <vỏ thép>",
            loan_value=4 * VALUE,
        ),
        entry("surveyed", 2, condition="rỉ nặng", missing=("máy phụ", "lưới")),
        entry("appraised", 3, value=VALUE),
        entry("round_announced", 5, round_no=1, starting_price=VALUE, notice_refs=("TB-1", "TB-2")),
        entry("round_postponed", 6, round_no=1),
        entry("round_won", 20, round_no=1, price=VALUE + 1, registrants=3, bidders=2),
        entry("winner_defaulted", 55, round_no=1),
        entry("round_announced", 56, round_no=2, starting_price=VALUE),
        entry("round_failed", 70, round_no=2, registrants=4, bidders=0, reason="no_bid"),
        entry("price_reduced", 90, to_price=900_000_000, decided_by="agreement"),
        entry("round_announced", 91, round_no=3, starting_price=900_000_000),
        entry("round_failed", 110, round_no=3),
        entry("price_reduced", 130, to_price=700_000_000),
        entry("cost_accrued", 20, amount=5_000_000, what="trông giữ"),
        entry("cost_accrued", 131, amount=7_000_000, what="trông giữ"),
        entry("surveyed", 132, condition="tàu khác"),
        struck(16, 133),
        entry("document_filed", 134, size=2048),
        entry("identified", 135),
    ]


def divided() -> list[AssetEntry]:
    """A field of which one part has a file."""
    return [entry("seized", 1, asset_ref=DIVIDED), entry("split", 2, into=(PART, "RUONG-1/2"))]


def part() -> list[AssetEntry]:
    """The part that has a file."""
    return [entry("seized", 2, asset_ref=PART)]
