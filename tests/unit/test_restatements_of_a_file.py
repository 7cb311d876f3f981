"""What two knowledges of one file tell of a day: before, after, and the entries that bear on it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from auctions.domain.asset.events import AssetEntry
from auctions.domain.days import VIETNAM
from auctions.domain.event import Envelope, Recorded
from projections.restatement import _restated
from tests.unit.given import PRICE, day, entry, struck

ASSET, COMMAND = UUID(int=17), UUID(int=1)
CUT = entry("price_reduced", 9, to_price=900_000_000, basis="QĐ 17")
FAILED = (
    entry("seized", 1),
    entry("appraised", 2),
    entry("round_announced", 3, round_no=1, starting_price=PRICE),
    entry("round_failed", 6, round_no=1),
)


def recorded(*entries: AssetEntry, late: int = 0) -> list[Recorded]:
    """A file whose entry n is at position 10 n, recorded so many days after its legal day at nine."""
    envelope = Envelope("CB-7", "KV-3", "officer", COMMAND)
    return [
        Recorded(
            ASSET,
            number,
            each,
            10 * number,
            datetime(each.on.year, each.on.month, each.on.day, 9, tzinfo=VIETNAM) + timedelta(late),
            envelope,
        )
        for number, each in enumerate(entries, 1)
    ]


def restated(file: list[Recorded], as_of: int, earlier: int) -> dict[str, Any]:
    found = _restated(file, day(as_of), earlier)
    assert found
    return found


def test_a_late_entry_changes_what_is_told_of_every_day_from_its_own_on() -> None:
    file = recorded(*FAILED, CUT, late=4)
    found = restated(file, 9, 40)
    assert (found["asset_id"], found["asset_ref"]) == (ASSET, "TS-17")
    assert found["before"] == {
        "office": "KV-3",
        "stage": "awaiting_reduction",
        "unsold": True,
        "price": PRICE,
        "failed_rounds": 1,
        "reductions": 0,
        "costs": 0,
        "sold_for": None,
    }
    changed = {"stage": "awaiting_round", "price": 900_000_000, "reductions": 1}
    assert found["after"] == found["before"] | changed
    (told,) = found["entries"]
    assert told == {
        "entry_no": 5,
        "entry": "price_reduced",
        "on": day(9),
        "recorded_at": file[-1].recorded_at,
        "days_late": 4,
        "position": 50,
        "actor": "CB-7",
        "role": "officer",
        "basis": "QĐ 17",
        "reason": None,
        "struck": None,
        "data": CUT.data(),
    }


def test_an_entry_of_a_later_day_bears_on_no_day_before_it() -> None:
    assert _restated(recorded(*FAILED, CUT), day(8), 40) is None


def test_what_was_known_already_is_not_told_again() -> None:
    file = recorded(*FAILED, CUT)
    assert _restated(file, day(9), 50) is None
    assert [each["entry_no"] for each in restated(file, 9, 20)["entries"]] == [3, 4, 5]


def test_an_asset_that_was_not_known_to_be_seized_has_no_before() -> None:
    found = restated(recorded(*FAILED), 3, 0)
    assert found["before"] is None
    assert found["after"]["stage"] == "announced"
    assert [each["entry_no"] for each in found["entries"]] == [1, 2, 3]


def test_a_strike_bears_on_the_day_of_the_entry_it_strikes() -> None:
    file = recorded(*FAILED, CUT, struck(5, on=60))
    assert _restated(file, day(8), 50) is None
    found = restated(file, 9, 50)
    assert (found["before"]["price"], found["after"]["price"]) == (900_000_000, PRICE)
    (told,) = found["entries"]
    assert (told["entry"], told["struck"], told["basis"]) == ("entry_struck", 5, "BB-9")
    assert told["reason"] == "another asset's page"


def test_a_strike_and_what_is_entered_anew_are_told_together() -> None:
    anew = entry("price_reduced", 20, to_price=950_000_000)
    file = recorded(*FAILED, CUT, struck(5, on=60), anew)
    found = restated(file, 9, 50)
    assert (found["before"]["price"], found["after"]["price"]) == (900_000_000, PRICE)
    assert [each["entry_no"] for each in found["entries"]] == [6]
    found = restated(file, 20, 50)
    assert (found["before"]["price"], found["after"]["price"]) == (900_000_000, 950_000_000)
    assert [each["entry_no"] for each in found["entries"]] == [6, 7]


def test_an_asset_whose_seizure_is_struck_has_no_after() -> None:
    found = restated(recorded(FAILED[0], struck(1, on=60)), 5, 10)
    assert found["before"]["stage"] == "awaiting_appraisal"
    assert found["after"] is None


def test_days_late_are_reckoned_in_legal_days_of_vietnam() -> None:
    (line,) = recorded(FAILED[0])
    evening = datetime(2025, 1, 2, 17, 30, tzinfo=VIETNAM) + timedelta(hours=6.6)
    assert restated([line._replace(recorded_at=evening)], 5, 0)["entries"][0]["days_late"] == 1
