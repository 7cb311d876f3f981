"""Decisions are held to the law of their day; facts as found stand, and what they broke is found."""

from datetime import date

import pytest

from auctions.domain.asset.breaches import Breach, Unlawful
from auctions.domain.asset.decisions import File
from auctions.domain.asset.events import AssetEntry
from auctions.domain.asset.law import Finding, law
from auctions.domain.errors import Refused
from auctions.rules.kinds import asset_kinds
from tests.unit.given import PRICE, refusal
from tests.unit.rows_law_of_2008 import (
    CREDITOR_ASKED,
    CUT_TWICE,
    LAND,
    OFFERED,
    REFUSED,
    VALUED,
    announced_again,
    called_off,
    defaulted,
    failed,
    failed_again,
    reduced,
    won_again,
)
from tests.unit.rows_law_of_2025 import since_july
from tests.unit.rules_table import LATER, Life, at, entered, findings, lived, rule_named

VN = law("vn")
REGIMES = pytest.mark.parametrize("regime", ["old", "new"])


def annulled(number: int, price: int = PRICE) -> Life:
    return (*won_again(number, price), at("2024-06-03", "result_annulled", round_no=number))


UNDONE = {"cancelled": called_off, "defaulted": defaulted, "annulled": annulled}
"""A round that neither sells the asset nor fails, by its outcome."""


def under(regime: str, life: Life) -> Life:
    """The file as it is under the old law, or 109 weeks later under the new one."""
    return since_july(life) if regime == "new" else life


def decided(*life: AssetEntry) -> list[Breach]:
    """The notes on the last entry, decided in the file of those before it."""
    return entered(lived(life[:-1]), life[-1], VN).notes


def refused(*life: AssetEntry) -> Unlawful:
    """The refusal of the last entry, which leaves the file as it was."""
    file = lived(life[:-1])
    before = list(file.lines)
    with pytest.raises(Unlawful) as caught:
        entered(file, life[-1], VN)
    assert file.lines == before
    assert file.state == File(before).state
    return caught.value


def found(*life: AssetEntry) -> list[tuple[int, str]]:
    """The numbers of the entries that broke a rule, and which, all of them entered as found."""
    return [(finding.entry_no, finding.breach.rule.key) for finding in findings(lived(life))]


@REGIMES
def test_a_cut_of_ten_per_cent_and_two_dong_is_refused_with_the_lowest_lawful_price(regime: str) -> None:
    unlawful = refused(*under(regime, (*failed(1), *reduced(899_999_998))))
    rule = rule_named("FAIL-03" if regime == "old" else "N-FAIL-03")
    assert unlawful.code == "unlawful"
    assert unlawful.breaches == [Breach(rule, 899_999_998, 900_000_000)]
    told = {"rule": rule.id, "article": rule.article, "asked": 899_999_998, "allowed": 900_000_000}
    assert unlawful.details == {**told, "breaches": [told]}
    assert unlawful.message == (
        f"{rule.id}: a price is reduced by at most 10 % of the starting price of the auction"
        f" immediately before ({rule.article}); asked 899,999,998, allowed at least 900,000,000"
    )


@REGIMES
def test_a_cut_of_ten_per_cent_and_one_dong_passes_with_a_note_and_is_no_finding(regime: str) -> None:
    life = under(regime, (*failed(1), *reduced(899_999_999)))
    rule = rule_named("FAIL-03" if regime == "old" else "N-FAIL-03")
    assert decided(*life) == [Breach(rule, 899_999_999, 900_000_000, tolerated=True)]
    assert found(*life) == []


@pytest.mark.parametrize(
    ("before", "after", "lowest", "tolerated"),
    [
        (510_116_558, 459_104_902, 459_104_903, True),
        (510_116_558, 459_104_901, 459_104_903, False),
        (1_000_000_005, 900_000_004, 900_000_005, True),
        (1_000_000_005, 900_000_003, 900_000_005, False),
    ],
)
def test_the_lowest_lawful_price_is_a_whole_dong(
    before: int, after: int, lowest: int, *, tolerated: bool
) -> None:
    first = at("2024-05-31", "round_announced", round_no=1, starting_price=before)
    life = (
        LAND,
        at("2024-01-02", "appraised", value=before),
        first,
        at("2024-05-31", "round_failed", round_no=1),
    )
    cut = at("2024-06-03", "price_reduced", to_price=after, decided_by="agreement")
    assert VN.judge(lived(life).state, cut) == [Breach(rule_named("FAIL-03"), after, lowest, tolerated)]
    lawful = at("2024-06-03", "price_reduced", to_price=lowest, decided_by="agreement")
    assert VN.judge(lived(life).state, lawful) == []


@pytest.mark.parametrize(
    ("deposit", "key", "allowed"),
    [(50_000_000, "LDG-04.least", 50_000_001), (200_000_001, "LDG-04.most", 200_000_000)],
)
def test_a_deposit_is_lawful_to_the_whole_dong_without_tolerance(
    deposit: int, key: str, allowed: int
) -> None:
    state = lived((LAND, at("2024-01-02", "appraised", value=1_000_000_001))).state
    fields = {"round_no": 1, "starting_price": 1_000_000_001}
    announced = at("2024-06-03", "round_announced", deposit=deposit, **fields)
    assert VN.judge(state, announced) == [Breach(rule_named(key), deposit, allowed)]
    assert VN.judge(state, at("2024-06-03", "round_announced", deposit=allowed, **fields)) == []
    assert VN.judge(state, at("2024-06-03", "round_announced", **fields)) == []


def test_a_cut_counts_from_the_last_auctions_starting_price_not_from_the_first() -> None:
    assert decided(*failed(2), *reduced(855_000_000)) == []
    assert refused(*failed(2), *reduced(854_999_998)).details["allowed"] == 855_000_000


def test_what_a_decision_may_not_do_is_recorded_as_found_and_yields_a_finding() -> None:
    file = lived((*failed(1), *reduced(899_999_998)))
    assert file.state.price == 899_999_998
    on = file.lines[-1][1].on
    assert findings(file) == [Finding(5, on, Breach(rule_named("FAIL-03"), 899_999_998, 900_000_000))]


def test_a_refusal_names_every_rule_that_refuses_and_none_that_only_finds() -> None:
    officer = at("2024-06-03", "price_reduced", to_price=850_000_000, decided_by="officer")
    unlawful = refused(*failed(1), officer)
    told = [(breach.rule.id, breach.asked, breach.allowed) for breach in unlawful.breaches]
    assert told == [("FAIL-02", "2024-06-03", "2024-06-11"), ("FAIL-03", 850_000_000, 900_000_000)]
    assert unlawful.details["rule"] == "FAIL-02"
    assert unlawful.message.startswith("FAIL-02: the officer decides")
    assert "allowed from 2024-06-11; FAIL-03: a price is reduced" in unlawful.message
    by_agreement = (*failed(3), CREDITOR_ASKED, REFUSED, *reduced(800_000_000))
    assert [breach.rule.key for breach in refused(*by_agreement).breaches] == ["FAIL-03"]
    assert found(*by_agreement)[-2:] == [(13, "FAIL-03"), (13, "FAIL-06")]


def test_notes_of_entries_recorded_together_are_all_told() -> None:
    file = lived(failed(1))
    cut = reduced(899_999_999)[0]
    again = at(
        "2024-06-03", "round_announced", round_no=2, starting_price=899_999_999, auction_at="2024-06-04"
    )
    admitted = file.admit([cut, again], actor="clerk", today=LATER, kinds=asset_kinds(), law_of=lambda _: VN)
    assert [note.rule.key for note in admitted.notes] == ["FAIL-03", "LDG-01.real_estate"]
    assert [number for number, _ in admitted.lines] == [5, 6]


@REGIMES
@pytest.mark.parametrize("outcome", UNDONE)
def test_a_cut_after_a_round_that_did_not_fail_is_refused(outcome: str, regime: str) -> None:
    life = under(regime, (*failed(1), *UNDONE[outcome](2), *reduced(950_000_000)))
    key = "FAIL-10" if regime == "old" else "N-FAIL-10"
    assert refused(*life).breaches == [Breach(rule_named(key), outcome, "failed")]
    assert found(*life)[-1] == (len(life), key)
    again = (*failed(1), *UNDONE[outcome](2), *failed_again(3), *reduced(950_000_000))
    assert decided(*under(regime, again)) == []


def test_a_cut_while_a_round_is_only_postponed_is_impossible_even_as_found() -> None:
    life = (*failed(1), *announced_again(2), at("2024-06-03", "round_postponed", round_no=2))
    for under_law in (VN, None):
        with pytest.raises(Refused) as caught:
            entered(lived(life), reduced(950_000_000)[0], under_law)
        assert caught.value.code == "not-in-this-stage"


@REGIMES
def test_in_lieu_is_refused_after_two_failures_and_one_cut_and_open_after_the_third(regime: str) -> None:
    key = "FAIL-04" if regime == "old" else "N-FAIL-01.in_lieu"
    assert refused(*under(regime, (*failed(2), OFFERED))).breaches == [Breach(rule_named(key), 1, 2)]
    assert decided(*under(regime, (*failed(3), OFFERED))) == []
    assert found(*under(regime, (*failed(2), OFFERED))) == [(8, key)]


@REGIMES
@pytest.mark.parametrize("outcome", UNDONE)
def test_in_lieu_is_refused_after_a_round_that_did_not_fail_until_one_fails_again(
    outcome: str, regime: str
) -> None:
    after = (*failed(3), *UNDONE[outcome](4, CUT_TWICE))
    life = under(regime, (*after, OFFERED))
    key = "FAIL-04.after" if regime == "old" else "N-FAIL-01.in_lieu_after"
    assert refused(*life).breaches == [Breach(rule_named(key), outcome, "failed")]
    assert found(*life) == [(len(life), key)]
    assert VN.opening(lived(life[:-1]).state, life[-1], life[-1].on) is None
    again = under(regime, (*after, *failed_again(5, CUT_TWICE), OFFERED))
    assert decided(*again) == []
    assert VN.opening(lived(again[:-1]).state, again[-1], again[-1].on)


@REGIMES
def test_after_one_cut_and_a_default_in_lieu_breaks_both_its_rules(regime: str) -> None:
    life = under(regime, (*failed(2), *defaulted(3, PRICE * 95 // 100), OFFERED))
    keys = ["FAIL-04", "FAIL-04.after"]
    if regime == "new":
        keys = ["N-FAIL-01.in_lieu", "N-FAIL-01.in_lieu_after"]
    assert [breach.rule.key for breach in refused(*life).breaches] == keys


@REGIMES
def test_a_step_like_the_offer_in_lieu_is_opened_by_its_rule(regime: str) -> None:
    key = "FAIL-04" if regime == "old" else "N-FAIL-01.in_lieu"
    *before, offered = under(regime, (*failed(3), OFFERED))
    assert VN.opening(lived(tuple(before)).state, offered, offered.on) == rule_named(key)
    *before, offered = under(regime, (*failed(2), OFFERED))
    assert VN.opening(lived(tuple(before)).state, offered, offered.on) is None


def test_a_step_without_a_rule_in_force_is_opened_by_none() -> None:
    state, surveyed = lived(failed(3)).state, at("2024-06-03", "surveyed")
    assert VN.opening(state, OFFERED, date(2015, 6, 30)) is None
    assert VN.opening(state, OFFERED, date(2015, 7, 1)) == rule_named("FAIL-04")
    assert VN.opening(state, OFFERED, date(2026, 6, 30)) == rule_named("FAIL-04")
    assert VN.opening(state, OFFERED, date(2026, 7, 1)) == rule_named("N-FAIL-01.in_lieu")
    assert VN.opening(state, surveyed, surveyed.on) is None
    assert law("it").opening(state, OFFERED, OFFERED.on) is None


def test_a_step_is_opened_by_the_law_of_the_day_asked_about_not_of_its_own() -> None:
    two_cuts, one_cut = lived(failed(3)).state, lived(failed(2)).state
    assert [breach.rule.key for breach in VN.judge(one_cut, OFFERED, date(2026, 7, 1))] == [
        "N-FAIL-01.in_lieu"
    ]
    assert VN.opening(one_cut, OFFERED, date(2026, 7, 1)) is None
    assert VN.judge(two_cuts, OFFERED, date(2026, 7, 1)) == []


def test_a_refused_decision_is_refused_by_possibility_first() -> None:
    assert (
        refusal(lived((LAND, VALUED)), at("2024-06-03", "price_reduced", to_price=1)).code
        == "no-failed-round"
    )
