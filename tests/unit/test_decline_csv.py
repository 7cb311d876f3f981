import csv
from typing import Any

from api.decline_csv import decline_csv, harmless, ladder_csv
from projections.decline import Asked, decline
from projections.rungs import rungs
from tests.unit.lives import AS_OF, day, life, sample


def rows(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(text.splitlines()))


def test_every_figure_of_the_answer_is_a_row() -> None:
    answer = decline(sample(), AS_OF, 7831)
    found = rows(decline_csv(answer))
    assert [(row["measure"], row["value"]) for row in found[:2]] == [
        ("as_of", "2026-10-31"),
        ("known_at", "7831"),
    ]
    left = [row for row in found if row["measure"] == "by_reductions"]
    assert [(row["key"], row["n"], row["median"]) for row in left] == [
        (str(row["reductions"]), str(row["n"]), str(row["median"])) for row in answer["by_reductions"]
    ]
    for measure, time in (("rounds_to_sale", "round"), ("days_to_sale", "day")):
        risky = [row for row in found if row["measure"] == measure]
        assert [(row["key"], row["at_risk"], row["sold"], row["survival"]) for row in risky] == [
            tuple(str(row[name]) for name in (time, "at_risk", "sold", "survival")) for row in answer[measure]
        ]
    measures = {row["measure"] for row in found}
    assert measures >= {"never_sold", "loan", "falls_to", "causes", "stalling", "half_sold", "days_a_round"}


def test_the_groups_follow_with_their_values() -> None:
    found = rows(decline_csv(decline(sample(), AS_OF, 1, Asked(by="year"))))
    sizes = {row["group"]: row["n"] for row in found if row["measure"] == "assets"}
    assert sizes.pop("") == "200"
    assert sum(map(int, sizes.values())) == 200


def test_a_cell_that_a_sheet_would_run_is_made_harmless_and_a_number_is_left() -> None:
    assert [harmless(cell) for cell in ("=1+1", "+1", "-1", "@a", "\tx", "a=1", -1, None)] == [
        *("'=1+1", "'+1", "'-1", "'@a", "'\tx", "a=1", -1, None)
    ]
    odd = decline([life(100, province="=cmd|' /C calc'!A0")], AS_OF, 1, Asked(by="province"))
    assert "'=cmd|' /C calc'!A0" in {row["group"] for row in rows(decline_csv(odd))}
    ladder = {"asset_ref": "@SUM(1)", "steps": rungs(life(100))}
    assert rows(ladder_csv(ladder))[0]["asset_ref"] == "'@SUM(1)"


def test_a_ladder_is_a_row_a_level_with_the_hammer_last() -> None:
    steps = rungs(life(1000, 900, loan_value=4000, sold_on=day(90), sold_for=950))
    assert ladder_csv({"asset_ref": "TS-17", "steps": steps}) == (
        "asset_ref,step,cause,on,price,of_previous,of_first,of_loan,days\n"
        "TS-17,1,appraised,2025-01-01,1000,,1.0,0.25,\n"
        "TS-17,2,reduced,2025-02-20,900,0.9,0.9,0.225,50\n"
        "TS-17,3,sold,2025-04-01,950,1.055556,0.95,0.2375,40\n"
    )
