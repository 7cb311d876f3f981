"""A rule governs what its conditions say and nothing else: in another file the same step breaks none."""

from datetime import date

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.law import law
from tests.unit.given import PRICE
from tests.unit.rows_law_of_2008 import (
    ACCEPTED,
    ANNOUNCED,
    AUCTION,
    CREDITOR_ASKED,
    CUT_TWICE,
    LAND,
    REFUSED,
    RETURNED,
    SEIZED,
    VALUED,
    VESSEL,
    called_off,
    failed,
)
from tests.unit.rows_law_of_2025 import since_july
from tests.unit.rules_table import Life, at, broken, moved

VN = law("vn")
TAKEN = (*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-06-03", "taken_in_lieu"))
PASSED_OVER = at("2024-06-03", "preemption_answered", accepted=False)
REDEEMED = at("2024-06-26", "redeemed")
DELIVERED_LATE = at("2024-08-05", "delivered")


def offered(of: Life, until: str) -> Life:
    return (*of, at("2024-06-03", "preemption_offered", until=until))


def announced(of: Life, price: int, **fields: object) -> Life:
    """A round after those of `of`, posted on 3 June for an auction three working days later."""
    posted = {"posted_on": "2024-06-03", "auction_at": "2024-06-06"} | fields
    return (*of, at("2024-06-03", "round_announced", round_no=9, starting_price=price, **posted))


def noticed_once(of: Life, price: int) -> Life:
    return announced(of, price, notice_refs=("N1",), auction_at="2024-07-15")


def worth(price: int, kind: str) -> Life:
    return (at("2024-01-02", "seized", kind=kind), at("2024-01-02", "appraised", value=price))


def won(**known: int) -> Life:
    return (LAND, VALUED, ANNOUNCED, at("2024-06-03", "round_won", round_no=1, **known))


def told(of: Life, what: str) -> Life:
    return (*of, at("2024-09-16", "parties_notified", of=what))


def failed_twice(price: int) -> Life:
    """A file of a lower price whose first two rounds failed without a reduction."""
    life = worth(price, "land")
    for number in (1, 2):
        life += (at("2024-03-01", "round_announced", round_no=number, starting_price=price),)
        life += (at("2024-03-01", "round_failed", round_no=number),)
    return life


def sold_beside(until: str | None, *answer: AssetEntry) -> Life:
    """Won on 3 June when co-owners were offered the asset in March, until a day or without one."""
    told = {"until": until} if until else {}
    offer = at("2024-03-01", "preemption_offered", **told)
    return (LAND, VALUED, offer, *answer, ANNOUNCED, at("2024-06-03", "round_won", round_no=1))


def cut_again(on: str) -> AssetEntry:
    return at(on, "price_reduced", to_price=850_000_000)


def closing(of: Life, price: int, on: str) -> Life:
    """A round with an auction on Wednesday 26 June whose registration closes on a day."""
    return announced(of, price, auction_at="2024-06-26", registration_to=on)


def cut(of: Life, on: str, decided_by: str) -> Life:
    return (*of, at(on, "price_reduced", to_price=PRICE * 86 // 100, decided_by=decided_by))


GOVERNED: dict[str, tuple[Life, list[str]]] = {
    "a contract for a second appraisal": (
        (SEIZED, at("2024-06-03", "appraised"), at("2024-09-16", "appraisal_contracted")),
        [],
    ),
    "co-owners of a movable have a month": (offered((VESSEL, VALUED), "2024-07-03"), []),
    "co-owners of real estate have more": (
        offered((LAND, VALUED), "2024-07-03"),
        ["CO-01.real_estate"],
    ),
    "co-owners after a failure": (offered(failed(1), "2024-06-18"), []),
    "co-owners of a movable after a failure": (
        offered(failed(1, of=(VESSEL, VALUED)), "2024-06-17"),
        ["CO-01.later"],
    ),
    "co-owners without a last day": ((LAND, VALUED, at("2024-06-03", "preemption_offered")), []),
    "a contract for the auction after a round was called off": (
        (LAND, VALUED, *called_off(1), at("2024-06-03", "auction_contracted")),
        [],
    ),
    "a contract for the first auction too late": (
        (LAND, VALUED, at("2024-06-03", "auction_contracted")),
        ["AUC-01"],
    ),
    "an auction without a contract": (announced((LAND, VALUED), PRICE, auction_at="2025-06-03"), []),
    "an auction without a day": ((LAND, VALUED, ANNOUNCED), []),
    "redeemed while a round without a day is announced": (
        (LAND, VALUED, ANNOUNCED, at("2024-06-03", "redeemed")),
        [],
    ),
    "redeemed without a round": ((LAND, VALUED, at("2024-06-03", "redeemed")), []),
    "a notice of the first failure": (told(failed(1), "failure"), ["FAIL-01"]),
    "a notice of a later failure": (told(failed(2), "failure"), []),
    "a notice of an appraisal under the old law": (told(failed(1), "appraisal"), []),
    "a notice of an appraisal under the new law": (since_july(told(failed(2), "appraisal")), ["N-VAL-03"]),
    "a notice of a later failure under the new law": (since_july(told(failed(2), "failure")), ["N-FAIL-01"]),
    "a notice of in lieu under the old law": (told((*failed(3), CREDITOR_ASKED, ACCEPTED), "in_lieu"), []),
    "the parties agree on the first reduction": (cut(failed(1), "2024-05-31", "agreement"), ["FAIL-03"]),
    "the officer decides the first reduction": (
        cut(failed(1), "2024-05-31", "officer"),
        ["FAIL-02", "FAIL-03"],
    ),
    "the court decides the first reduction": (cut(failed(1), "2024-05-31", "court"), ["FAIL-03"]),
    "the officer decides the second reduction": (cut(failed(2), "2024-05-31", "officer"), []),
    "the officer decides under the new law": (
        since_july(cut(failed(1), "2024-05-31", "officer")),
        ["N-FAIL-03"],
    ),
    "a refusal of the creditor": (
        (*failed(3), CREDITOR_ASKED, at("2024-09-16", "in_lieu_answered", accepted=False)),
        [],
    ),
    "taken too early, counted from the answer": (
        (*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-07-01", "taken_in_lieu")),
        ["FAIL-05"],
    ),
    "taken in time, counted from the answer": (
        (*failed(3), CREDITOR_ASKED, ACCEPTED, at("2024-07-02", "taken_in_lieu")),
        [],
    ),
    "returned without costs": ((*failed(1), at("2024-06-03", "returned_to_debtor")), []),
    "returned without a price": (
        (SEIZED, at("2024-06-03", "cost_accrued"), at("2024-06-03", "returned_to_debtor")),
        [],
    ),
    "returned when the costs are one dong": (
        (*failed(1), at("2024-06-03", "cost_accrued", amount=1), at("2024-06-03", "returned_to_debtor")),
        ["FAIL-07"],
    ),
    "returned when the creditor has agreed to take it": (
        (*failed(3), CREDITOR_ASKED, ACCEPTED, RETURNED),
        ["FAIL-07.refused"],
    ),
    "returned while the creditor may answer, under the new law": (
        since_july((*failed(3), CREDITOR_ASKED, RETURNED)),
        [],
    ),
    "won while the co-owners may buy": (sold_beside("2024-09-03"), ["CO-01.window"]),
    "won when the co-owners refused": (sold_beside("2024-09-03", PASSED_OVER), []),
    "won when the co-owners were given no day": (sold_beside(None), []),
    "won while the co-owners may buy under the new law": (since_july(sold_beside("2024-09-03")), []),
    "reduced while the creditor may answer": (
        (*failed(3), CREDITOR_ASKED, cut_again("2024-06-10")),
        ["FAIL-04.window"],
    ),
    "reduced when the creditor was silent": ((*failed(3), CREDITOR_ASKED, cut_again("2024-06-11")), []),
    "reduced when the creditor refused": ((*failed(3), CREDITOR_ASKED, REFUSED, cut_again("2024-06-03")), []),
    "announced anew while the creditor may answer": (
        announced((*failed(3), CREDITOR_ASKED), CUT_TWICE, auction_at="2024-07-15"),
        [],
    ),
    "redeemed on the day of the auction": ((LAND, VALUED, AUCTION, REDEEMED), ["RED-01"]),
    "redeemed on the day of an auction while suspended": (
        (LAND, VALUED, AUCTION, at("2024-06-03", "suspended"), REDEEMED),
        [],
    ),
    "co-owners are told late after a round": (
        since_july((LAND, VALUED, *called_off(1), at("2024-09-16", "preemption_offered"))),
        [],
    ),
    "co-owners are told late before a round": (
        since_july((LAND, VALUED, at("2024-09-16", "preemption_offered"))),
        ["N-CO-01.notice"],
    ),
    "delivered late to the creditor under the old law": ((*TAKEN, DELIVERED_LATE), []),
    "delivered late to the creditor under the new law": (since_july((*TAKEN, DELIVERED_LATE)), ["N-DEL-01"]),
    "movable of fifty million": (announced(worth(50_000_000, "vessel"), 50_000_000), ["LDG-01.movable"]),
    "movable of less": (announced(worth(49_999_999, "vessel"), 49_999_999), []),
    "real estate of fifty million": (
        announced(worth(50_000_000, "land"), 50_000_000, auction_at="2024-06-10"),
        ["LDG-01.real_estate"],
    ),
    "real estate of less": (
        announced(worth(49_999_999, "house"), 49_999_999, auction_at="2024-06-10"),
        [],
    ),
    "movable of less, too short": (
        announced(worth(49_999_999, "other"), 49_999_999, auction_at="2024-06-05"),
        ["LDG-13.movable"],
    ),
    "movable after one failure": (
        announced(failed(1, of=(VESSEL, VALUED)), PRICE),
        ["LDG-01.movable"],
    ),
    "movable after two failures": (announced(failed(2, of=(VESSEL, VALUED)), PRICE * 95 // 100), []),
    "real estate after one failure": (
        announced(failed(1), PRICE, auction_at="2024-06-10"),
        ["LDG-01.real_estate"],
    ),
    "real estate after two failures": (
        announced(failed(2), PRICE * 95 // 100, auction_at="2024-06-10"),
        [],
    ),
    "one notice of a movable of fifty million": (
        noticed_once(worth(50_000_000, "vessel"), 50_000_000),
        ["LDG-02.movable"],
    ),
    "one notice of a movable of less": (noticed_once(worth(49_999_999, "vessel"), 49_999_999), []),
    "one notice of real estate of less": (
        noticed_once(worth(49_999_999, "land"), 49_999_999),
        [],
    ),
    "one notice of a movable after one failure": (
        noticed_once(failed(1, of=(VESSEL, VALUED)), PRICE),
        ["LDG-02.movable"],
    ),
    "one notice of a movable after two failures": (
        noticed_once(failed(2, of=(VESSEL, VALUED)), PRICE * 95 // 100),
        [],
    ),
    "one notice of real estate after one failure": (noticed_once(failed(1), PRICE), ["LDG-02.real_estate"]),
    "one notice of real estate after two failures": (noticed_once(failed(2), PRICE * 95 // 100), []),
    "registration of fifty million closes two days before": (
        closing(worth(50_000_000, "land"), 50_000_000, "2024-06-25"),
        ["LDG-03"],
    ),
    "registration of less closes one day before": (
        closing(worth(49_999_999, "land"), 49_999_999, "2024-06-25"),
        [],
    ),
    "registration of a movable of less closes on the day": (
        closing(worth(49_999_999, "vessel"), 49_999_999, "2024-06-26"),
        ["LDG-13.registration"],
    ),
    "registration of less closes on the day after two failures": (
        closing(failed_twice(49_999_999), 49_999_999, "2024-06-26"),
        ["LDG-13.registration"],
    ),
    "registration after one failure": (closing(failed(1), PRICE, "2024-06-25"), ["LDG-03"]),
    "registration after two failures": (closing(failed(2), PRICE * 95 // 100, "2024-06-25"), []),
    "registration of a movable closes on the day after two failures": (
        closing(failed(2, of=(VESSEL, VALUED)), PRICE * 95 // 100, "2024-06-26"),
        ["LDG-13.registration_again"],
    ),
    "registration after one failure since 2025": (
        moved(closing(failed(1), PRICE, "2024-06-25"), date(2025, 6, 2)),
        ["LDG-03"],
    ),
    "registration after two failures since 2025": (
        moved(closing(failed(2), PRICE * 95 // 100, "2024-06-25"), date(2025, 6, 2)),
        [],
    ),
    "registration of less closes one day before since 2025": (
        moved(closing(worth(49_999_999, "land"), 49_999_999, "2024-06-25"), date(2025, 6, 2)),
        [],
    ),
    "notices that are not in the file": (
        announced((LAND, VALUED), PRICE, auction_at="2024-07-15"),
        [],
    ),
    "a posting without a day of its own": (
        announced((VESSEL, VALUED), PRICE, posted_on="2024-06-04", auction_at="2024-06-12"),
        ["LDG-01.movable"],
    ),
    "won by one of several registrants": (won(registrants=5, bidders=1), ["LDG-07"]),
    "won by the single registrant": (won(registrants=1), ["LDG-07"]),
    "won by one of two": (won(registrants=2, bidders=2), []),
    "won by nobody knows how many": (won(), []),
    "a result of an auction without a day": (
        (LAND, VALUED, ANNOUNCED, at("2024-09-16", "round_failed", round_no=1)),
        [],
    ),
}


@pytest.mark.parametrize(("life", "rules"), GOVERNED.values(), ids=GOVERNED)
def test_a_rule_governs_what_its_conditions_say(life: Life, rules: list[str]) -> None:
    assert broken(VN, life) == rules


@pytest.mark.parametrize("on", ["2024-06-11", "2024-06-12"])
def test_an_auction_without_a_posting_was_posted_on_the_day_of_its_announcement(on: str) -> None:
    posted = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE, auction_at=on)
    assert broken(VN, (VESSEL, VALUED, posted)) == (["LDG-01.movable"] if on < "2024-06-12" else [])


def test_the_auctions_day_is_the_one_it_was_postponed_to() -> None:
    posted = at("2024-06-03", "round_announced", round_no=1, starting_price=PRICE, auction_at="2024-06-26")
    moved = at("2024-06-05", "round_postponed", round_no=1, auction_at="2024-07-10")
    life = (LAND, VALUED, posted, moved)
    assert broken(VN, (*life, at("2024-07-09", "redeemed"))) == []
    assert broken(VN, (*life, at("2024-07-10", "redeemed"))) == ["RED-01"]
    assert broken(VN, (*life, at("2024-07-11", "round_failed", round_no=1))) == []
    assert broken(VN, (*life, at("2024-07-12", "round_failed", round_no=1))) == ["LDG-12"]
