"""What a folded file tells of its asset's life at auction."""

from uuid import UUID

from auctions.domain.asset.decisions import File
from projections.life import Life, life_of, regime_of
from projections.projection import Folded
from projections.rungs import rungs
from tests.unit.given import PRICE, day, entry, given, struck, when
from tests.unit.lives import life
from tests.unit.situations import FAILED

WON = ("seized", "appraised", "round_announced", "round_won")


def told(file: File) -> Life:
    found = life_of(Folded(UUID(int=17), file.version, file.state))
    assert found is not None
    return found


def test_a_file_whose_seizure_is_struck_tells_no_life() -> None:
    file = given("seized")
    when(file, struck(1))
    assert life_of(Folded(UUID(int=17), file.version, file.state)) is None


def test_the_facts_of_the_seizure_the_costs_and_the_office_now_are_told() -> None:
    debts = {"loan_value": 17, "secured_debt": 5, "province": "Bình Định"}
    seized = entry("seized", 1, **debts)
    found = told(given(seized, "cost_accrued", "cost_accrued", "transferred"))
    assert (found.asset_ref, found.office, found.kind, found.costs) == ("TS-17", "KV-5", "land", 5_000_000)
    assert {name: getattr(found, name) for name in debts} == debts
    assert (found.seized_on, found.year, found.regime, found.price) == (day(1), 2025, "old", None)


def test_levels_and_rounds_are_told_in_their_order() -> None:
    found = told(given(*FAILED, "price_reduced", "round_announced"))
    assert [(cause, price) for cause, _, price in found.levels] == [
        ("appraised", PRICE),
        ("reduced", PRICE * 9 // 10),
    ]
    assert found.rounds == ((day(3), "failed"), (day(6), None))
    assert found.rounds_held == 1


def test_a_win_is_a_sale_on_its_day_and_stays_one_when_delivered() -> None:
    for more in ((), ("sale_paid", "delivered")):
        found = told(given(*WON, *more))
        assert (found.sold_on, found.sold_for, found.ended_on, found.exit) == (day(4), PRICE, None, None)


def test_a_default_or_an_annulment_undoes_the_sale() -> None:
    for undone in ("winner_defaulted", "result_annulled"):
        found = told(given(*WON, undone))
        assert (found.sold_on, found.sold_for, found.rounds_held) == (None, None, 1)


def test_a_co_owner_who_accepts_has_bought_on_that_day() -> None:
    found = told(given("seized", "appraised", "preemption_offered", "preemption_answered"))
    assert (found.sold_on, found.sold_for, found.rounds_held) == (day(4), PRICE - 7, 0)


def test_what_left_without_a_sale_tells_when_and_how() -> None:
    found = told(given("seized", "appraised", "returned_to_debtor"))
    assert (found.sold_on, found.ended_on, found.exit) == (None, day(3), "returned")


def test_the_new_law_begins_on_its_day() -> None:
    starts = given(entry("seized", 1)).state.last_on.replace(year=2026, month=7, day=1)
    assert (regime_of(starts), regime_of(starts.replace(month=6, day=30))) == ("new", "old")


def test_the_ladder_of_an_asset_ends_with_the_hammer() -> None:
    steps = rungs(life(1000, 900, loan_value=4000, sold_on=day(90), sold_for=950))
    assert [(step["step"], step["cause"], step["price"], step["days"]) for step in steps] == [
        (1, "appraised", 1000, None),
        (2, "reduced", 900, 50),
        (3, "sold", 950, 40),
    ]
    assert [(step["of_previous"], step["of_first"], step["of_loan"]) for step in steps] == [
        (None, 1.0, 0.25),
        (0.9, 0.9, 0.225),
        (1.055556, 0.95, 0.2375),
    ]


def test_a_co_owner_who_buys_before_any_appraisal_has_a_price_without_shares() -> None:
    (step,) = rungs(life(sold_on=day(9), sold_for=950))
    assert (step["cause"], step["of_first"], step["of_loan"]) == ("sold", None, None)
