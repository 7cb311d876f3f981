"""A coordinator asks how the ladder goes on if round after round fails."""

from itertools import pairwise

from tests.journeys.commandline import CommandLine

STEP = ["round_no", "starting_price", "announced_on", "held_on", "in_lieu_open", "reduced_on", "to_price"]
PLAN = ["asset_ref", "steps", "in_lieu_opens", "falls_to_costs", "falls_to_debt", "redemption", "redeem_by"]


def test_the_ladder_ahead_falls_by_the_chosen_cut_each_step_after_the_one_before(
    recorded: CommandLine,
) -> None:
    found = recorded.json("plan", "TS-1", "--rounds", "4")
    assert list(found) == PLAN
    assert found["asset_ref"] == "TS-1"
    steps = found["steps"]
    assert [list(step) for step in steps] == [STEP] * 4
    assert [step["round_no"] for step in steps] == [2, 3, 4, 5]
    assert [step["starting_price"] for step in steps] == [900_000_000, 810_000_000, 729_000_000, 656_100_000]
    for before, after in pairwise(steps):
        assert before["to_price"] == after["starting_price"]
        assert before["held_on"] <= before["reduced_on"] <= after["announced_on"] < after["held_on"]
    opened = [step for step in steps if step["in_lieu_open"]]
    assert found["in_lieu_opens"] == {"on": opened[0]["held_on"], "after_round": 3}


def test_a_smaller_cut_makes_a_slower_ladder_and_one_of_nothing_none(recorded: CommandLine) -> None:
    slower = recorded.json("plan", "TS-1", "--cut", "7.5", "--rounds", "2")["steps"]
    assert [step["to_price"] for step in slower] == [832_500_000, 770_062_500]
    level = recorded.json("plan", "TS-1", "--cut", "0", "--rounds", "3")
    assert {step["to_price"] for step in level["steps"]} == {900_000_000}
    assert level["in_lieu_opens"] is None


def test_a_plan_of_a_past_day_begins_with_what_was_known_then(recorded: CommandLine) -> None:
    found = recorded.json("plan", "TS-1", "--as-of", "2024-04-02", "--rounds", "2")
    first, second = found["steps"]
    assert (first["round_no"], first["starting_price"]) == (2, 900_000_000)
    assert first["announced_on"] >= "2024-04-11"
    assert second["starting_price"] == 810_000_000


def test_a_plan_is_shown_as_a_table(recorded: CommandLine) -> None:
    table = recorded("plan", "TS-1", "--rounds", "2")
    for told in ("Plan of TS-1, 10 % a round", "900,000,000", "729,000,000", "in_lieu_opens"):
        assert told in table


def test_a_cut_the_law_does_not_allow_is_refused(recorded: CommandLine) -> None:
    line = recorded.complaint("plan", "TS-1", "--cut", "10.5", code=1)
    assert line.startswith("unlawful: ")
    assert "asked 805,500,000, allowed at least 810,000,000" in line
    recorded("plan", "TS-1", "--cut", "7.555", code=2)


def test_an_asset_that_is_sold_or_has_no_price_has_no_plan(recorded: CommandLine) -> None:
    for ref, stage in (("TS-2", "delivered"), ("TS-3", "awaiting_appraisal")):
        line = recorded.complaint("plan", ref, code=1)
        assert line.startswith(f"nothing-to-plan: the asset is {stage}")
