"""What two knowledges of one file tell of a day: before, after, the entries, findings that came and went."""

from datetime import date
from typing import Any

from auctions.domain.asset.events import AssetEntry
from auctions.domain.office.events import LimitOverridden
from auctions.store.codec import encode
from projections.log import LawsOverTime
from projections.views_of_replays import difference_view
from tests.unit.rows_law_of_2008 import failed, reduced
from tests.unit.rules_table import at
from tests.unit.test_replay import file

UNCHANGED = LawsOverTime([])
CUT = 5
"""The number of the cut that follows a failed round."""
STRIKE = at("2024-06-20", "entry_struck", entry_no=CUT)
ANEW = at("2024-06-03", "price_reduced", to_price=900_000_000, decided_by="agreement")
Commands = tuple[AssetEntry | tuple[AssetEntry, ...], ...]


def difference(
    commands: Commands, earlier: int, later: int, laws: LawsOverTime = UNCHANGED, as_of: str = "2024-06-30"
) -> dict[str, Any]:
    known = [line for line in file(*commands) if line.position <= later]
    return difference_view(known, laws, date.fromisoformat(as_of), (earlier, later))


def rules(found: list[dict[str, Any]]) -> list[tuple[int, str, int]]:
    return [(each["entry_no"], each["rule"], each["allowed"]) for each in found]


def limited(limit: int, position: int) -> LawsOverTime:
    """The laws once KV-3 has allowed no cut above so many per cent, at a position of the log."""
    override = LimitOverridden(
        on=date(2024, 6, 30),
        office="KV-3",
        rule="FAIL-03",
        limit=limit,
        effective_on=date(2024, 1, 1),
        reason="chỉ thị",
    )
    return LawsOverTime([(position, override.TOPIC, encode(override))])


def test_a_finding_comes_with_an_unlawful_cut_and_goes_with_its_strike() -> None:
    commands = (*failed(1), *reduced(850_000_000), (STRIKE, ANEW))
    told = difference(commands, 40, 50)
    assert (rules(told["came"]), told["went"]) == ([(CUT, "FAIL-03", 900_000_000)], [])
    told = difference(commands, 50, 70)
    assert (told["came"], rules(told["went"])) == ([], [(CUT, "FAIL-03", 900_000_000)])
    assert (told["before"]["price"], told["after"]["price"]) == (850_000_000, 900_000_000)
    strike, anew = told["entries"]
    assert (strike["struck"], strike["approved_by"], strike["together"]) == (CUT, "head", [6, 7])
    assert [change["field"] for change in anew["changes"]] == ["price"]
    assert rules(anew["lifted"]) == rules(told["went"])


def test_what_came_and_went_in_between_is_no_difference_but_its_entries_are_told() -> None:
    told = difference((*failed(1), *reduced(850_000_000), (STRIKE, ANEW)), 40, 70)
    assert (told["came"], told["went"]) == ([], [])
    assert [each["entry_no"] for each in told["entries"]] == [5, 6, 7]
    assert rules(told["entries"][0]["findings"]) == [(CUT, "FAIL-03", 900_000_000)]


def test_a_limit_that_the_office_set_in_between_makes_a_finding_without_an_entry() -> None:
    told = difference((*failed(1), ANEW), 50, 55, limited(5, position=55))
    assert told["entries"] == []
    assert told["before"] == told["after"]
    assert (rules(told["came"]), told["went"]) == ([(CUT, "FAIL-03", 950_000_000)], [])
    told = difference((*failed(1), *reduced(850_000_000)), 50, 55, limited(5, position=55))
    assert (rules(told["came"]), rules(told["went"])) == (
        [(CUT, "FAIL-03", 950_000_000)],
        [(CUT, "FAIL-03", 900_000_000)],
    )


def test_a_finding_that_holds_before_and_after_neither_came_nor_went() -> None:
    told = difference((*failed(1), *reduced(850_000_000), at("2024-06-04", "cost_accrued")), 50, 60)
    assert [each["entry_no"] for each in told["entries"]] == [6]
    assert (told["came"], told["went"]) == ([], [])


def test_entries_in_between_are_judged_by_the_law_of_the_later_knowledge() -> None:
    told = difference((*failed(1), ANEW), 40, 55, limited(5, position=55))
    assert rules(told["entries"][0]["findings"]) == rules(told["came"]) == [(CUT, "FAIL-03", 950_000_000)]


def test_of_a_day_before_the_entries_there_is_no_difference() -> None:
    commands = (*failed(1), *reduced(850_000_000), (STRIKE, ANEW))
    for earlier, later in ((40, 50), (50, 70)):
        told = difference(commands, earlier, later, as_of="2024-06-02")
        assert told["before"] == told["after"]
        assert (told["entries"], told["came"], told["went"]) == ([], [], [])
