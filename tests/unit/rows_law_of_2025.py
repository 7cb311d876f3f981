"""Rows of Law 106/2025/QH15 and Decree 152/2026, from 1 July 2026.

6 July 2026 is a Monday, 109 weeks after 3 June 2024.
"""

from datetime import timedelta

from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import ACCEPTED as ACCEPTED_IN_MAY
from tests.unit.rows_law_of_2008 import (
    CREDITOR_ASKED,
    CUT_TWICE,
    REFUSED,
    announced_again,
    called_off,
    failed,
    failed_again,
    reduced,
)
from tests.unit.rules_table import Life, Row, at, by_days, moved, row


def since_july(life: Life) -> Life:
    """The same file under the new law."""
    return moved(life, life[-1].on + timedelta(weeks=109))


LAND = at("2026-07-01", "seized", kind="land", co_owned=True)
VALUED = at("2026-07-01", "appraised")
APPRAISED = at("2026-07-06", "appraised")
CONTRACTED = at("2026-07-06", "appraisal_contracted")
OFFERED = at("2026-07-06", "in_lieu_offered")
ACCEPTED = at("2026-07-06", "in_lieu_answered", accepted=True)
ACCEPTED_BEFORE = at("2026-07-03", "in_lieu_answered", accepted=True)
TOLD_OF_IN_LIEU = at("2026-07-06", "parties_notified", of="in_lieu")
ANNOUNCED = at("2026-07-06", "round_announced", round_no=1, starting_price=PRICE)
WON = at("2026-07-06", "round_won", round_no=1)
PAID = at("2026-07-06", "sale_paid")


def valued_by(method: str) -> Life:
    return (LAND, CONTRACTED, at("2026-07-06", "appraised", method=method))


def co_owners_asked(price: int) -> Life:
    return (LAND, VALUED, at("2026-07-06", "preemption_offered", price=price))


ROWS: tuple[Row, ...] = (
    row(
        "N-VAL-01",
        (LAND, at("2026-07-06", "appraised", method="agreed")),
        valued_by("council"),
        valued_by("agreed"),
        ("agreed", "appraiser; officer; council"),
    ),
    by_days(
        "N-VAL-03",
        (LAND, APPRAISED),
        ("parties_notified", "on", ""),
        "2026-07-08 2026-07-09 2026-07-10 2026-10-19",
        of="appraisal",
    ),
    by_days(
        "N-CO-01.notice",
        (LAND, APPRAISED),
        ("preemption_offered", "on", ""),
        "2026-07-10 2026-07-13 2026-07-14 2026-10-19",
    ),
    row(
        "N-CO-01.price",
        co_owners_asked(PRICE - 1),
        co_owners_asked(PRICE),
        co_owners_asked(PRICE + 1),
        (PRICE + 1, PRICE),
    ),
    by_days(
        "N-FAIL-01",
        since_july(failed(1, "2024-06-03")),
        ("parties_notified", "on", ""),
        "2026-07-07 2026-07-08 2026-07-09 2026-10-19",
        of="failure",
    ),
    row(
        "N-FAIL-01.in_lieu",
        (*since_july(failed(4)), OFFERED),
        (*since_july(failed(3)), OFFERED),
        (*since_july(failed(2)), OFFERED),
        (1, 2),
    ),
    row(
        "N-FAIL-01.in_lieu_after",
        (*since_july(failed(3)), OFFERED),
        (*since_july((*failed(3), *failed_again(4, CUT_TWICE))), OFFERED),
        (*since_july((*failed(3), *called_off(4, CUT_TWICE))), OFFERED),
        ("cancelled", "failed"),
    ),
    by_days(
        "N-FAIL-02.notice",
        (*since_july(failed(3)), OFFERED, ACCEPTED),
        ("parties_notified", "on", ""),
        "2026-07-08 2026-07-09 2026-07-10 2026-10-19",
        of="in_lieu",
    ),
    by_days(
        "N-FAIL-02.window",
        (*since_july((*failed(3), CREDITOR_ASKED)), ACCEPTED_BEFORE, TOLD_OF_IN_LIEU),
        ("taken_in_lieu", "on", ""),
        "2026-07-15 2026-07-14 2026-07-13 2026-07-06",
    ),
    row(
        "N-FAIL-02.accepted",
        since_july((*failed(3), CREDITOR_ASKED, REFUSED, *reduced(850_000_000))),
        since_july((*failed(3), CREDITOR_ASKED, *reduced(850_000_000))),
        since_july((*failed(3), CREDITOR_ASKED, ACCEPTED_IN_MAY, *reduced(850_000_000))),
        ("accepted", "offered; refused"),
    ),
    row(
        "N-FAIL-02.accepted",
        since_july((*failed(3), CREDITOR_ASKED, REFUSED, *announced_again(4, CUT_TWICE))),
        since_july((*failed(3), CREDITOR_ASKED, *announced_again(4, CUT_TWICE))),
        since_july((*failed(3), CREDITOR_ASKED, ACCEPTED_IN_MAY, *announced_again(4, CUT_TWICE))),
        ("accepted", "offered; refused"),
    ),
    row(
        "N-FAIL-03",
        since_july((*failed(3), CREDITOR_ASKED, REFUSED, *reduced(812_250_001))),
        since_july((*failed(3), CREDITOR_ASKED, REFUSED, *reduced(812_250_000))),
        since_july((*failed(3), CREDITOR_ASKED, REFUSED, *reduced(812_249_998))),
        (812_249_998, 812_250_000),
    ),
    row(
        "N-FAIL-10",
        since_july((*failed(1), *reduced(950_000_000, "officer"))),
        since_july((*failed(1), *failed_again(2), *reduced(900_000_000))),
        since_july((*failed(1), *called_off(2), *reduced(950_000_000))),
        ("cancelled", "failed"),
    ),
    by_days(
        "N-PAY-01",
        (LAND, VALUED, ANNOUNCED, WON),
        ("sale_paid", "on", ""),
        "2026-09-03 2026-09-04 2026-09-05 2026-10-19",
    ),
    by_days(
        "N-DEL-01",
        (LAND, VALUED, ANNOUNCED, WON, PAID),
        ("delivered", "on", ""),
        "2026-09-03 2026-09-04 2026-09-05 2026-10-19",
    ),
)
