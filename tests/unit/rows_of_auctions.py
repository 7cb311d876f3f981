"""Rows of the Law on Property Auction 01/2016/QH14, and as amended from 1 January 2025.

3 June 2024 and 2 June 2025 are Mondays, and no day off lies in the weeks after them.
"""

from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import LAND, VALUED, VESSEL, failed
from tests.unit.rules_table import Life, Row, at, by_days, row

SMALL = 49_999_999
CHEAP = at("2024-01-02", "appraised", value=SMALL)
AGAIN = PRICE * 95 // 100
ON_MONDAY = at("2024-05-06", "round_announced", round_no=1, starting_price=PRICE, auction_at="2024-06-03")
RESULT = "2024-06-03 2024-06-04 2024-06-05 2024-09-16"
FAILURES_2016 = "no_registrant; no_bid; below_reserve; minutes_refused; bid_withdrawn; result_refused"


def announced(of: Life, number: int = 1, **fields: object) -> Life:
    told = {"round_no": number, "starting_price": PRICE} | fields
    return (*of, at("2024-06-03", "round_announced", **told))


def noticed(of: Life, *notices: str) -> Life:
    return announced(of, notice_refs=notices)


def deposited(deposit: int) -> Life:
    return announced((LAND, VALUED), deposit=deposit)


def posted(key: str, of: Life, days: str, number: int = 1, price: int = PRICE) -> Row:
    """A row of an auction that was posted on 3 June and announced on the day after."""
    judged = ("round_announced", "auction_at", "2024-06-04")
    return by_days(key, of, judged, days, round_no=number, starting_price=price, posted_on="2024-06-03")


def closing(key: str, of: Life, number: int, price: int) -> Row:
    """A row of the end of registration for an auction on 26 June, by the short procedure."""
    judged = ("round_announced", "registration_to", "2024-06-03")
    days = "2024-06-24 2024-06-25 2024-06-26 2024-06-26"
    return by_days(key, of, judged, days, round_no=number, starting_price=price, auction_at="2024-06-26")


def won_by_one(attempt: int) -> Life:
    price = PRICE if attempt == 1 else AGAIN
    if attempt == 3:
        price = price * 95 // 100
    before = failed(attempt - 1) if attempt > 1 else (LAND, VALUED)
    cut = (at("2024-06-03", "price_reduced", to_price=price, decided_by="agreement"),) if attempt > 1 else ()
    round_of = at("2024-06-03", "round_announced", round_no=attempt, starting_price=price)
    return (*before, *cut, round_of, at("2024-06-03", "round_won", round_no=attempt, bidders=1))


def failed_for(reason: str, on: str) -> Life:
    announced_ = at(on, "round_announced", round_no=1, starting_price=PRICE)
    return (LAND, VALUED, announced_, at(on, "round_failed", round_no=1, reason=reason))


LAND_TWICE, VESSEL_TWICE = failed(2), failed(2, of=(VESSEL, VALUED))

ROWS: tuple[Row, ...] = (
    posted("LDG-01.movable", (VESSEL, VALUED), "2024-06-13 2024-06-12 2024-06-11 2024-06-04"),
    posted("LDG-01.real_estate", (LAND, VALUED), "2024-06-19 2024-06-18 2024-06-17 2024-06-04"),
    row(
        "LDG-02.movable",
        noticed((VESSEL, VALUED), "N1", "N2", "N3"),
        noticed((VESSEL, VALUED), "N1", "N2"),
        noticed((VESSEL, VALUED), "N1"),
        (1, 2),
    ),
    row(
        "LDG-02.real_estate",
        noticed((LAND, VALUED), "N1", "N2", "N3"),
        noticed((LAND, VALUED), "N1", "N2"),
        noticed((LAND, VALUED), "N1"),
        (1, 2),
    ),
    by_days(
        "LDG-03",
        (LAND, VALUED),
        ("round_announced", "registration_to", "2024-06-03"),
        "2024-06-23 2024-06-24 2024-06-25 2024-06-26",
        round_no=1,
        starting_price=PRICE,
        auction_at="2024-06-26",
    ),
    by_days(
        "LDG-03",
        (LAND, VALUED),
        ("round_announced", "registration_to", "2025-06-02"),
        "2025-06-25 2025-06-26 2025-06-27 2025-06-30",
        round_no=1,
        starting_price=PRICE,
        auction_at="2025-06-30",
    ),
    row(
        "LDG-04.least",
        deposited(50_000_001),
        deposited(50_000_000),
        deposited(49_999_999),
        (49_999_999, 50_000_000),
    ),
    row(
        "LDG-04.most",
        deposited(199_999_999),
        deposited(200_000_000),
        deposited(200_000_001),
        (200_000_001, 200_000_000),
    ),
    row("LDG-07", won_by_one(3), won_by_one(2), won_by_one(1), (0, 1)),
    row(
        "LDG-08",
        failed_for("all_absent", "2025-06-02"),
        failed_for("no_bid", "2025-06-02"),
        failed_for("single_registrant", "2025-06-02"),
        ("single_registrant", FAILURES_2016.replace("; ", "; all_absent; ", 1)),
    ),
    row(
        "LDG-09",
        failed_for("single_registrant", "2024-06-03"),
        failed_for("no_bid", "2024-06-03"),
        failed_for("all_absent", "2024-06-03"),
        ("all_absent", FAILURES_2016 + "; single_registrant"),
    ),
    by_days("LDG-12", (LAND, VALUED, ON_MONDAY), ("round_failed", "on", ""), RESULT, round_no=1),
    by_days("LDG-12", (LAND, VALUED, ON_MONDAY), ("round_won", "on", ""), RESULT, round_no=1),
    posted("LDG-13.movable", (VESSEL, CHEAP), "2024-06-07 2024-06-06 2024-06-05 2024-06-04", price=SMALL),
    posted("LDG-13.real_estate", (LAND, CHEAP), "2024-06-11 2024-06-10 2024-06-07 2024-06-04", price=SMALL),
    posted("LDG-13.movable_again", VESSEL_TWICE, "2024-06-07 2024-06-06 2024-06-05 2024-06-04", 3, AGAIN),
    posted("LDG-13.real_estate_again", LAND_TWICE, "2024-06-11 2024-06-10 2024-06-07 2024-06-04", 3, AGAIN),
    closing("LDG-13.registration", (LAND, CHEAP), 1, SMALL),
    closing("LDG-13.registration_again", LAND_TWICE, 3, AGAIN),
)
