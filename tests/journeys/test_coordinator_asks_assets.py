"""A coordinator asks what remains unsold, and how the price came down."""

from datetime import datetime

from auctions.application.recording import today
from tests.journeys.commandline import CommandLine
from tests.journeys.registers import BILLION

UNSOLD: list[dict[str, object]] = [
    {
        "asset_ref": "TS-3",
        "office": "KV-3",
        "kind": "vessel",
        "province": None,
        "stage": "awaiting_appraisal",
        "rounds": 0,
        "failed_rounds": 0,
        "reductions": 0,
        "price": None,
        "first_price": None,
        "left_of_first": None,
    },
    {
        "asset_ref": "TS-1",
        "office": "KV-3",
        "kind": "land",
        "province": "Bình Định",
        "stage": "announced",
        "rounds": 2,
        "failed_rounds": 1,
        "reductions": 1,
        "price": 900_000_000,
        "first_price": BILLION,
        "left_of_first": 0.9,
    },
]
STEPS: list[dict[str, object]] = [
    {
        "step": 1,
        "cause": "appraised",
        "on": "2024-02-01",
        "price": BILLION,
        "of_previous": None,
        "of_first": 1.0,
        "of_loan": None,
        "days": None,
    },
    {
        "step": 2,
        "cause": "reduced",
        "on": "2024-04-15",
        "price": 900_000_000,
        "of_previous": 0.9,
        "of_first": 0.9,
        "of_loan": None,
        "days": 74,
    },
]


def test_what_remains_unsold_is_listed_with_the_price_in_force(recorded: CommandLine) -> None:
    before = today().isoformat()
    found = recorded.json("unsold")
    assert list(found) == ["as_of", "known_at", "position", "items"]
    assert before <= found["as_of"] <= today().isoformat()
    assert (found["known_at"], found["position"], found["items"]) == (13, 13, UNSOLD)
    assert [list(item) for item in found["items"]] == [list(item) for item in UNSOLD]


def test_what_was_unsold_on_a_past_day_is_told_as_of_that_day(recorded: CommandLine) -> None:
    found = recorded.json("unsold", "--as-of", "2024-04-02")
    assert (found["as_of"], found["known_at"], found["position"]) == ("2024-04-02", 13, 13)
    stages = [(item["asset_ref"], item["stage"], item["price"]) for item in found["items"]]
    assert stages == [("TS-2", "announced", 2 * BILLION), ("TS-1", "awaiting_reduction", BILLION)]


def test_a_list_is_narrowed_by_what_is_asked(recorded: CommandLine) -> None:
    sold = recorded.json("assets", "--stage", "delivered", "--kind", "house", "--q", "ha noi")
    assert [item["asset_ref"] for item in sold["items"]] == ["TS-2"]
    first = recorded.json("assets", "--office", "KV-3", "--limit", "1")
    assert [item["asset_ref"] for item in first["items"]] == ["TS-3"]
    recorded("assets", "--stage", "selling", code=2)


def test_the_ladder_has_a_step_for_each_price_level(recorded: CommandLine) -> None:
    found = recorded.json("ladder", "TS-1")
    assert found == {"asset_ref": "TS-1", "loan_value": None, "steps": STEPS, "sold_for": None}
    assert [list(step) for step in found["steps"]] == [list(step) for step in STEPS]
    early = recorded.json("ladder", "TS-1", "--as-of", "2024-04-14")
    assert early["steps"] == STEPS[:1]


def test_the_history_has_every_entry_with_who_recorded_it_and_where_it_stands(recorded: CommandLine) -> None:
    found = recorded.json("history", "TS-3")
    assert found["asset_ref"] == "TS-3"
    (entry,) = found["entries"]
    assert datetime.fromisoformat(entry.pop("recorded_at")).utcoffset() is not None
    assert list(entry) == ["entry_no", "entry", "on", "position", "actor", "data", "struck_by"]
    assert entry == {
        "entry_no": 1,
        "entry": "seized",
        "on": "2024-06-01",
        "position": 13,
        "actor": "importer",
        "struck_by": None,
        "data": {
            "asset_ref": "TS-3",
            "office": "KV-3",
            "kind": "vessel",
            "loan_value": 5 * BILLION,
            "attributes": {"vessel_no": "BĐ-91234-TS"},
        },
    }


def test_a_file_is_shown_as_it_stood_on_a_past_day(recorded: CommandLine) -> None:
    found = recorded.json("show", "TS-2", "--office", "KV-3", "--as-of", "2024-04-10")
    told = {name: found[name] for name in ("asset_ref", "stage", "unsold", "price", "sold_for", "seized_on")}
    assert told == {
        "asset_ref": "TS-2",
        "stage": "won",
        "unsold": False,
        "price": 2 * BILLION,
        "sold_for": 2_100_000_000,
        "seized_on": "2024-01-10",
    }


def test_tables_for_people_are_in_the_language_of_the_reader(recorded: CommandLine) -> None:
    english = recorded("ladder", "TS-1")
    assert "900,000,000" in english
    assert "90.0%" in english
    assert "2024-04-15" in english
    vietnamese = CommandLine(**{**recorded.environment, "LANG": "vi_VN.UTF-8"})
    shown = vietnamese("show", "TS-1")
    assert "900.000.000" in shown
    assert "90,0%" in shown
    assert "05/01/2024" in shown
    assert "Bình Định" in shown
    assert "vessel_no=BĐ-91234-TS" in recorded("history", "TS-3")


def test_a_reference_that_nobody_seized_is_refused_in_a_line(recorded: CommandLine) -> None:
    assert recorded.complaint("show", "TS-9", code=1).startswith(
        "unknown-asset: no asset is recorded under TS-9"
    )
