"""Whole lives of assets, from the seizure to the exit or to the sample's last day."""

from collections.abc import Iterator

from auctions.journal.sample import endings
from auctions.journal.sample.assets import seize
from auctions.journal.sample.draw import Draw
from auctions.journal.sample.offices import OFFICES
from auctions.journal.sample.opening import open_file
from auctions.journal.sample.page import Page, Row
from auctions.journal.sample.plans import Plan, plan
from auctions.journal.sample.rounds import fail, reduce
from auctions.journal.sample.workdays import END, ONE_DAY

_CORRECTED_IN = 3


def lives(assets: int, seed: int = 2026) -> Iterator[Row]:
    """Yield the rows of `assets` lives in the journal form, asset by asset; absent fields are left out.

    One seed gives the same rows every time; money is whole dong, days are up to `END`.
    """
    draw = Draw(seed)
    last = END.isoformat()
    for number in range(1, assets + 1):
        for row in _life(draw, number):
            if row["on"] > last:
                break
            yield row


def _life(draw: Draw, number: int) -> list[Row]:
    planned = plan(draw, number)
    page = Page(draw, number, seize(draw, number), END - ONE_DAY * planned.days)
    open_file(page)
    for _ in range(planned.failures):
        if page.over:
            return page.rows
        _round(page, planned)
    planned.ending(page)
    return page.rows


def _round(page: Page, planned: Plan) -> None:
    fail(page)
    if page.round_no == _CORRECTED_IN and planned.correction:
        planned.correction(page)
    elif page.reductions > 1 and page.draw.chance(0.05):
        page.wait(2, 5)
        endings.offer_in_lieu(page, accepted="false")
    if page.rows[-1]["entry"] != "price_reduced":
        reduce(page)
    if page.draw.chance(0.015):
        endings.pause(page)
    elif page.draw.chance(0.004):
        _entrust(page)


def _entrust(page: Page) -> None:
    page.wait(2, 6)
    other = page.draw.one_of([office.code for office in OFFICES if office != page.asset.office])
    page.enter("transferred", to_office=other, reason="entrusted")
