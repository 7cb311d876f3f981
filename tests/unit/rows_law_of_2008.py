"""Rows of the Law on Civil Judgment Enforcement 26/2008/QH12 and Decree 62/2015, to 30 June 2026.

3 June 2024 is a Monday, and no day off lies in the weeks after it.
"""

from tests.unit.given import PRICE
from tests.unit.rules_table import Life, Row, at, by_days, row

LAND = at("2024-01-02", "seized", kind="land", co_owned=True)
VESSEL = at("2024-01-02", "seized", kind="vessel", co_owned=True)
VALUED = at("2024-01-02", "appraised")
ROUNDS = ("2024-02-01", "2024-03-01", "2024-04-01", "2024-05-02")


def failed(attempts: int, last: str = "2024-05-31", of: Life = (LAND, VALUED)) -> Life:
    """A file whose first rounds failed, each followed by a reduction of 5 %, save the last."""
    life, price = of, PRICE
    for number, day in enumerate(ROUNDS[:attempts], 1):
        if number > 1:
            price = price * 95 // 100
            life += (at(day, "price_reduced", to_price=price, decided_by="agreement"),)
        life += (at(day, "round_announced", round_no=number, starting_price=price),)
        life += (at(last if number == attempts else day, "round_failed", round_no=number),)
    return life


def reduced(to_price: int, decided_by: str = "agreement") -> Life:
    return (at("2024-06-03", "price_reduced", to_price=to_price, decided_by=decided_by),)


def valued_by(method: str) -> Life:
    return (LAND, at("2024-06-03", "appraised", method=method))


def announced_again(number: int, price: int = PRICE) -> Life:
    return (at("2024-06-03", "round_announced", round_no=number, starting_price=price),)


def called_off(number: int, price: int = PRICE) -> Life:
    return (*announced_again(number, price), at("2024-06-03", "round_cancelled", round_no=number))


def failed_again(number: int, price: int = PRICE) -> Life:
    return (*announced_again(number, price), at("2024-06-03", "round_failed", round_no=number))


def won_again(number: int, price: int = PRICE) -> Life:
    return (*announced_again(number, price), at("2024-06-03", "round_won", round_no=number))


def defaulted(number: int, price: int = PRICE) -> Life:
    return (*won_again(number, price), at("2024-06-03", "winner_defaulted", round_no=number))


def returned(costs: int) -> Life:
    accrued = at("2024-06-03", "cost_accrued", amount=costs)
    return (*failed(1), accrued, at("2024-06-03", "returned_to_debtor"))


CUT_TWICE = 902_500_000
"""The price in force after two reductions of 5 %."""
SEIZED = at("2024-06-03", "seized")
APPRAISED = at("2024-06-03", "appraised")
ASKED = at("2024-06-03", "reappraisal_requested")
ANNOUNCED = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE)
AUCTION = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE, auction_at="2024-06-26")
TOLD = at("2024-06-03", "parties_notified", of="appraisal")
TOLD_OF_FAILURE = at("2024-06-03", "parties_notified", of="failure")
TOLD_OF_IN_LIEU = at("2024-06-03", "parties_notified", of="in_lieu")
CONTRACTED = at("2024-06-03", "auction_contracted")
OFFERED = at("2024-06-03", "in_lieu_offered")
CREDITOR_ASKED = at("2024-05-31", "in_lieu_offered")
ACCEPTED = at("2024-05-31", "in_lieu_answered", accepted=True)
REFUSED = at("2024-05-31", "in_lieu_answered", accepted=False)
WON = at("2024-06-03", "round_won", round_no=1)
PAID = at("2024-06-03", "sale_paid")
DELIVERED = at("2024-06-03", "delivered")
RETURNED = at("2024-06-03", "returned_to_debtor")
OPEN_TO_CO_OWNERS = at("2024-01-03", "preemption_offered", until="2024-06-10")

ROWS: tuple[Row, ...] = (
    by_days(
        "VAL-01",
        (SEIZED,),
        ("appraisal_contracted", "on", ""),
        "2024-06-07 2024-06-10 2024-06-11 2024-09-16",
    ),
    row(
        "VAL-03",
        valued_by("agreed"),
        valued_by("officer"),
        valued_by("council"),
        ("council", "agreed; appraiser; officer"),
    ),
    row(
        "REV-01.once",
        (LAND, VALUED, ASKED),
        (LAND, VALUED, at("2024-06-03", "surveyed"), ASKED),
        (LAND, VALUED, ASKED, ASKED),
        (2, 1),
    ),
    row(
        "REV-01.before_notice",
        (LAND, VALUED, ASKED),
        (LAND, VALUED, CONTRACTED, ASKED),
        (LAND, VALUED, ANNOUNCED, ASKED),
        (1, 0),
    ),
    by_days(
        "REV-01.term",
        (LAND, VALUED, TOLD),
        ("reappraisal_requested", "on", ""),
        "2024-06-07 2024-06-10 2024-06-11 2024-09-16",
    ),
    by_days(
        "CO-01.real_estate",
        (LAND, VALUED),
        ("preemption_offered", "until", "2024-06-03"),
        "2024-09-04 2024-09-03 2024-09-02 2024-06-03",
    ),
    by_days(
        "CO-01.movable",
        (VESSEL, VALUED),
        ("preemption_offered", "until", "2024-06-03"),
        "2024-07-04 2024-07-03 2024-07-02 2024-06-03",
    ),
    by_days(
        "CO-01.later",
        failed(1),
        ("preemption_offered", "until", "2024-06-03"),
        "2024-06-19 2024-06-18 2024-06-17 2024-06-03",
    ),
    by_days(
        "CO-01.window",
        (LAND, VALUED, OPEN_TO_CO_OWNERS, ANNOUNCED),
        ("round_won", "on", ""),
        "2024-06-11 2024-06-10 2024-06-09 2024-06-03",
        round_no=1,
    ),
    by_days(
        "AUC-01",
        (LAND, APPRAISED),
        ("auction_contracted", "on", ""),
        "2024-06-12 2024-06-13 2024-06-14 2024-09-16",
    ),
    by_days(
        "AUC-02.movable",
        (VESSEL, VALUED, CONTRACTED),
        ("round_announced", "auction_at", "2024-06-04"),
        "2024-07-02 2024-07-03 2024-07-04 2024-09-16",
        round_no=1,
        starting_price=PRICE,
    ),
    by_days(
        "AUC-02.real_estate",
        (LAND, VALUED, CONTRACTED),
        ("round_announced", "auction_at", "2024-06-04"),
        "2024-07-17 2024-07-18 2024-07-19 2024-09-16",
        round_no=1,
        starting_price=PRICE,
    ),
    by_days(
        "RED-01",
        (LAND, VALUED, AUCTION),
        ("redeemed", "on", ""),
        "2024-06-24 2024-06-25 2024-06-26 2024-06-26",
    ),
    by_days(
        "FAIL-01",
        failed(1, "2024-06-03"),
        ("parties_notified", "on", ""),
        "2024-06-07 2024-06-10 2024-06-11 2024-09-16",
        of="failure",
    ),
    by_days(
        "FAIL-02",
        (*failed(1), TOLD_OF_FAILURE),
        ("price_reduced", "on", ""),
        "2024-06-15 2024-06-14 2024-06-13 2024-06-03",
        to_price=PRICE * 95 // 100,
    ),
    row(
        "FAIL-03",
        (*failed(1), *reduced(900_000_001)),
        (*failed(1), *reduced(900_000_000)),
        (*failed(1), *reduced(899_999_998)),
        (899_999_998, 900_000_000),
    ),
    row("FAIL-04", (*failed(4), OFFERED), (*failed(3), OFFERED), (*failed(2), OFFERED), (1, 2)),
    row(
        "FAIL-04.after",
        (*failed(3), OFFERED),
        (*failed(3), *failed_again(4, CUT_TWICE), OFFERED),
        (*failed(3), *defaulted(4, CUT_TWICE), OFFERED),
        ("defaulted", "failed"),
    ),
    by_days(
        "FAIL-04.answer",
        (*failed(3), OFFERED),
        ("in_lieu_answered", "on", ""),
        "2024-06-12 2024-06-13 2024-06-14 2024-09-16",
    ),
    by_days(
        "FAIL-04.window",
        (*failed(3), OFFERED),
        ("price_reduced", "on", ""),
        "2024-06-15 2024-06-14 2024-06-13 2024-06-03",
        to_price=850_000_000,
    ),
    by_days(
        "FAIL-05",
        (*failed(3), CREDITOR_ASKED, ACCEPTED, TOLD_OF_IN_LIEU),
        ("taken_in_lieu", "on", ""),
        "2024-07-05 2024-07-04 2024-07-03 2024-06-03",
    ),
    row(
        "FAIL-06",
        (*failed(3), CREDITOR_ASKED, REFUSED, *reduced(850_000_000, "officer")),
        (*failed(3), *reduced(850_000_000)),
        (*failed(3), CREDITOR_ASKED, REFUSED, *reduced(850_000_000)),
        ("agreement", "officer"),
    ),
    row(
        "FAIL-06.accepted",
        (*failed(3), CREDITOR_ASKED, REFUSED, *reduced(850_000_000, "officer")),
        (*failed(3), CREDITOR_ASKED, at("2024-06-11", "price_reduced", to_price=850_000_000)),
        (*failed(3), CREDITOR_ASKED, ACCEPTED, *reduced(850_000_000)),
        ("accepted", "offered; refused"),
    ),
    row(
        "FAIL-06.accepted",
        (*failed(3), CREDITOR_ASKED, REFUSED, *announced_again(4, CUT_TWICE)),
        (*failed(3), CREDITOR_ASKED, *announced_again(4, CUT_TWICE)),
        (*failed(3), CREDITOR_ASKED, ACCEPTED, *announced_again(4, CUT_TWICE)),
        ("accepted", "offered; refused"),
    ),
    row("FAIL-07", returned(PRICE + 1), returned(PRICE), returned(PRICE - 1), (PRICE, PRICE - 1)),
    row(
        "FAIL-07.refused",
        (*failed(3), CREDITOR_ASKED, REFUSED, RETURNED),
        (*failed(3), RETURNED),
        (*failed(3), CREDITOR_ASKED, RETURNED),
        ("offered", "refused"),
    ),
    row(
        "FAIL-10",
        (*failed(1), *reduced(950_000_000)),
        (*failed(1), *failed_again(2), *reduced(900_000_000)),
        (*failed(1), *called_off(2), *reduced(950_000_000)),
        ("cancelled", "failed"),
    ),
    by_days(
        "PAY-01",
        (LAND, VALUED, ANNOUNCED, WON),
        ("sale_paid", "on", ""),
        "2024-07-02 2024-07-03 2024-07-04 2024-09-16",
    ),
    by_days(
        "DEL-01",
        (LAND, VALUED, ANNOUNCED, WON, PAID),
        ("delivered", "on", ""),
        "2024-08-01 2024-08-02 2024-08-03 2024-09-16",
    ),
    by_days(
        "DIST-01",
        (LAND, VALUED, ANNOUNCED, WON, PAID, DELIVERED),
        ("proceeds_distributed", "on", ""),
        "2024-06-12 2024-06-13 2024-06-14 2024-09-16",
    ),
)
