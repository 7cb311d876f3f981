"""Auction rounds: announced, disturbed, failed, and the price reduced for the next one."""

from datetime import date

from auctions.journal.sample.draw import Draw
from auctions.journal.sample.offices import ORGANISATIONS
from auctions.journal.sample.opening import reappraise
from auctions.journal.sample.page import Page
from auctions.journal.sample.upkeep import upkeep
from auctions.journal.sample.workdays import ONE_DAY, auction_day, workday

_RATES = ((35, "tenth"), (18, "eight"), (18, "five"), (5, "tiny"), (24, "between"))
_FORMS = (
    (55, "direct_ballot"),
    (25, "indirect_ballot"),
    (15, "oral"),
    (5, "online"),
)
_DEPOSITS = ((5, 20), (3, 10), (2, 15))
_REASONS = (
    (88, "no_registrant"),
    (4, "no_bid"),
    (3, "bid_withdrawn"),
    (3, "result_refused"),
    (2, "minutes_refused"),
)
_ALL_ABSENT_SINCE = 2025
_NOTICES_FROM = 737_577  # the national portal counted from about this day, some 240 notices a day


def announce(page: Page) -> date:
    """Enter the next round at the price in force, with its two public notices; return the day it is held."""
    page.wait(3, 14)
    draw, movable = page.draw, page.asset.kind in {"vessel", "other"}
    page.round_no += 1
    posted = workday(page.day + ONE_DAY)
    held = auction_day(page.day + ONE_DAY * (draw.between(15, 20) if movable else draw.between(22, 29)))
    notice = (page.day.toordinal() - _NOTICES_FROM) * 240 + draw.between(0, 200)
    page.enter(
        "round_announced",
        round_no=str(page.round_no),
        starting_price=str(page.price),
        step_price=str(page.price * draw.between(1, 3) // 100_000_000 * 1_000_000 or 500_000),
        deposit=str(page.price * draw.weighted(_DEPOSITS) // 100),
        organisation=draw.one_of(ORGANISATIONS),
        contract_no=f"{draw.between(1, 400)}/{page.day.year}/HĐDVĐG",
        form=draw.weighted(_FORMS),
        auction_at=f"{held}T{draw.one_of(('08:30', '09:00', '14:00'))}:00+07:00",
        registration_from=f"{posted}T08:00:00+07:00",
        registration_to=f"{held - ONE_DAY * 3}T17:00:00+07:00",
        posted_on=posted.isoformat(),
        notice_refs=f"{notice};{notice + draw.between(750, 1700)}",
    )
    return held


def fail(page: Page) -> None:
    """Enter a round that ends without a buyer, and what the wait after it brings."""
    page.go_to(announce(page))
    if page.draw.chance(0.03):
        _disturb(page)
    page.enter("round_failed", round_no=str(page.round_no), **_failure(page))
    upkeep(page)


def reduce(page: Page) -> None:
    """Enter a reduction after a failed round; a reappraisal or a refused offer in lieu may come before it."""
    page.wait(12, 22)
    if page.draw.chance(0.015):
        reappraise(page, 60 if page.asset.kind == "vessel" else 80, 95, "giá thị trường biến động trên 20 %")
        return
    decided_by = page.draw.weighted(((20, "agreement"), (78, "officer"), (2, "court")))
    page.price = reduced(page, _rate(page))
    page.reductions += 1
    basis = f"QĐ {page.draw.between(10, 900)}/QĐ-THADS"
    page.enter("price_reduced", to_price=str(page.price), decided_by=decided_by, basis=basis)


def reduced(page: Page, rate: int) -> int:
    """Return the price in force less `rate` hundredths of a per cent, rounded as the office does."""
    left = page.price * (10_000 - rate)
    if page.rounding == "thousand":
        return -(-left // 10_000_000) * 1000
    return -(-left // 10_000) if page.rounding == "up" else (left + 5000) // 10_000


def cancel(page: Page, reason: str) -> None:
    """Call the open round off, a week or two before it would have been held."""
    page.wait(3, 8)
    page.enter("round_cancelled", round_no=str(page.round_no), reason=reason)


def _failure(page: Page) -> dict[str, str]:
    reason = page.draw.weighted(_REASONS)
    if reason == "no_bid" and page.day.year >= _ALL_ABSENT_SINCE and page.draw.chance(0.5):
        reason = "all_absent"
    number = 0 if reason == "no_registrant" else page.draw.between(2, 4)
    bidders = 0 if reason in {"no_registrant", "no_bid", "all_absent"} else number
    return {"reason": reason, "registrants": str(number), "bidders": str(bidders)}


def _rate(page: Page) -> int:
    """Return a reduction in hundredths of a per cent; an office mostly keeps to its last one."""
    if not page.rate or page.draw.chance(0.35):
        page.rate = _fresh_rate(page.draw)
    return page.rate


def _fresh_rate(draw: Draw) -> int:
    match draw.weighted(_RATES):
        case "tenth":
            return 1000
        case "eight":
            return 800
        case "five":
            return 500
        case "tiny":
            return draw.between(10, 50)
        case _:
            return draw.between(15, 98) * 10


def _disturb(page: Page) -> None:
    if page.draw.chance(0.6):
        held = auction_day(page.day + ONE_DAY * 10)
        reason = page.draw.one_of(("bão, không thể tổ chức", "niêm yết chưa đủ thời gian"))
        moved = f"{held}T09:00:00+07:00"
        page.enter("round_postponed", round_no=str(page.round_no), auction_at=moved, reason=reason)
        page.go_to(held)
    else:
        page.enter("round_cancelled", round_no=str(page.round_no), reason="hồ sơ mời tham gia có sai sót")
        page.go_to(announce(page))
