"""A coordinator narrows, sorts and counts the list of assets, of today and of a past day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from auctions.application.recording import today
from projections.asset_list import SORTS
from tests.journeys.commandline import CommandLine
from tests.journeys.databases import created
from tests.journeys.in_process import InProcess
from tests.journeys.registers import BILLION, Cells, house, land, row, vessel, written

OLD = date(2015, 12, 14)
"""Long before the other assets of the register."""


def register() -> list[Cells]:
    """TS-1 land, once reduced; TS-2 sold; TS-3 vessel; TS-4 suspended; TS-5 old, of a loan, twice reduced."""
    seized = row(
        "TS-4", "seized", "2024-06-02", office="KV-9", kind="land", officer="CB-7", commune="Tam Quan"
    )
    twice = [
        row("TS-5", "round_failed", "2024-06-05", round_no=2, reason="no_bid"),
        row("TS-5", "price_reduced", "2024-06-20", to_price=810_000_000, decided_by="officer"),
        row("TS-5", "round_announced", "2024-07-05", round_no=3, starting_price=810_000_000),
        row("TS-5", "round_failed", "2024-08-05", round_no=3, reason="no_bid"),
    ]
    financed = {"on": OLD.isoformat(), "loan_value": 10 * BILLION}
    old = [each | financed if each["entry"] == "seized" else each for each in land("TS-5")]
    suspended = row("TS-4", "suspended", "2024-06-03", reason="complaint")
    return [*land("TS-1"), *house("TS-2"), *vessel("TS-3"), seized, suspended, *old, *twice]


@pytest.fixture(scope="module")
def coordinator(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The command line on the register; nobody changes it."""
    with created(server, template) as url:
        auctions = InProcess(AUCTIONS_DATABASE_URL=url)
        auctions("import", written(tmp_path_factory.mktemp("register") / "register.csv", register()))
        yield auctions


FILTERS = {
    "": "12345",
    "--kind land": "415",
    "--province Bình_Định": "15",
    "--commune Tam_Quan": "4",
    "--office KV-9": "4",
    "--officer CB-7": "4",
    "--stage announced": "1",
    "--year 2015": "5",
    "--year 2024": "3412",
    "--price-min 900000000": "12",
    "--price-max 900000000": "15",
    "--rounds-min 2": "15",
    "--failed-rounds-min 2": "5",
    "--reductions-min 1": "15",
    "--left-min 0.9": "12",
    "--left-max 0.9": "15",
    "--of-loan-max 0.081": "5",
    "--of-loan-max 0.080999": "",
    "--days-since-round-min 1": "125",
    "--days-since-round-min 100000": "",
    "--in-lieu-open": "5",
    "--no-in-lieu-open --suspended": "4",
    "--no-suspended": "3125",
    "--q binh_dinh": "15",
    "--q 91234": "3",
    "--number bd91234ts": "3",
    "--number 91234": "",
    "--limit 2": "34",
    "--kind land --office KV-3 --rounds-min 3": "5",
}
"""What is asked of all assets, `_` for a space in a word, and the numbers of those that are listed."""


def refs(found: Any) -> str:  # noqa: ANN401 - what JSON holds
    return "".join(item["asset_ref"].removeprefix("TS-") for item in found["items"])


def words(asked: str) -> list[str]:
    return [word.replace("_", " ") for word in asked.split()]


@pytest.mark.parametrize("asked", FILTERS)
def test_each_filter_keeps_what_it_asks_for_today_and_on_a_past_day(
    coordinator: InProcess, asked: str
) -> None:
    told = refs(coordinator.json("assets", *words(asked)))
    assert sorted(told) == sorted(FILTERS[asked])
    past = ("--known-at", today().isoformat())
    assert refs(coordinator.json("assets", *words(asked), *past)) == told


def test_days_since_the_seizure_are_counted_to_today(coordinator: InProcess) -> None:
    days = (today() - OLD).days
    assert refs(coordinator.json("assets", "--days-since-seizure-min", days)) == "5"
    assert refs(coordinator.json("assets", "--days-since-seizure-min", days + 1)) == ""


def test_a_list_of_the_unsold_leaves_out_what_is_sold(coordinator: InProcess) -> None:
    assert sorted(refs(coordinator.json("unsold"))) == list("1345")
    assert refs(coordinator.json("unsold", "--kind", "house")) == ""
    assert refs(coordinator.json("unsold", "--kind", "house", "--as-of", "2024-03-05")) == "2"


def test_a_list_is_sorted_by_each_field_in_both_directions(coordinator: InProcess) -> None:
    for name in (sort for sort in SORTS if not sort.startswith("-")):
        now = coordinator.json("assets", "--sort", name)["items"]
        assert now == coordinator.json("assets", "--sort", f"-{name}")["items"][::-1]
        assert now == coordinator.json("assets", "--sort", name, "--known-at", today().isoformat())["items"]
    assert refs(coordinator.json("assets", "--sort", "asset_ref")) == "12345"
    assert refs(coordinator.json("assets", "--sort", "seized_on")) == "51234"
    assert refs(coordinator.json("assets")) == "43215"
    prices = [item["price"] or 0 for item in coordinator.json("assets", "--sort", "-price")["items"]]
    assert prices == [2 * BILLION, 900_000_000, 810_000_000, 0, 0]


def test_what_cannot_be_sorted_by_or_counted_is_wrong_use_and_says_what_is_expected(
    coordinator: InProcess,
) -> None:
    said = coordinator.wrong_use("assets", "--sort", "owner")
    assert f"owner is nothing to sort by: expected {', '.join(SORTS)}" in said
    assert "'announced'" in coordinator.wrong_use("unsold", "--stage", "selling")
    for name in ("--limit", "--days-since-seizure-min", "--days-since-round-min"):
        coordinator.wrong_use("assets", name, "-1")
    coordinator.wrong_use("assets", "--days-since-seizure-min", "999999999")
    coordinator.wrong_use("assets", "--price-min", "much")


def test_facets_count_the_whole_list_by_kind_province_price_and_rounds(coordinator: InProcess) -> None:
    found = coordinator.json("unsold", "--facets", "--limit", 1)
    assert list(found) == ["as_of", "known_at", "position", "facets", "items"]
    assert len(found["items"]) == 1
    facets = found["facets"]
    assert list(facets) == ["total", "kind", "province", "price_band", "rounds"]
    assert facets["total"] == {"n": 4, "price": 1_710_000_000, "first_price": 2 * BILLION}
    assert numbers(facets) == {
        "kind": {"land": 3, "vessel": 1},
        "province": {"": 2, "Bình Định": 2},
        "price_band": {"none": 2, "500m_1b": 2},
        "rounds": {"0": 2, "1-2": 1, "3-5": 1},
    }


def test_the_facet_of_what_is_asked_for_tells_of_the_other_values_too(coordinator: InProcess) -> None:
    facets = coordinator.json("assets", "--facets", "--kind", "land", "--province", "Bình Định")["facets"]
    assert facets["total"]["n"] == 2
    assert numbers(facets)["kind"] == {"land": 2}
    assert numbers(facets)["province"] == {"": 1, "Bình Định": 2}


def test_facets_of_a_past_day_are_of_that_day_and_of_an_empty_list_noughts(coordinator: InProcess) -> None:
    of_march = coordinator.json("unsold", "--facets", "--as-of", "2024-03-05")
    assert of_march["facets"]["total"]["n"] == len(of_march["items"]) == 3
    known = coordinator.json("unsold", "--facets", "--as-of", "2024-03-05", "--known-at", today().isoformat())
    assert numbers(known["facets"]) == numbers(of_march["facets"])
    nothing = coordinator.json("unsold", "--facets", "--as-of", "1999-01-01")
    assert nothing["facets"] == {
        "total": {"n": 0, "price": 0, "first_price": 0},
        **{name: [] for name in ("kind", "province", "price_band", "rounds")},
    }


def numbers(facets: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {each["value"]: each["n"] for each in facets[name]} for name in list(facets) if name != "total"
    }


def test_the_table_shows_shares_and_counts_today_as_on_a_past_day(coordinator: InProcess) -> None:
    for past in ((), ("--as-of", "2024-02-29")):
        table = coordinator("assets", "--facets", "--sort", "asset_ref", *past)
        assert "100.0%" in table
        assert f"Assets as of {past[1] if past else today()}: " in table
        assert "Counted, prices in dong" in table
        for told in ("price_band", "1b_5b", "Bình Định", "rounds"):
            assert told in table
    vietnamese = InProcess(**{**coordinator.environment, "LANG": "vi_VN.UTF-8"})
    assert "90,0%" in vietnamese("unsold", "--as-of", "2024-05-01")


def test_help_teaches_what_a_list_can_be_asked(coordinator: InProcess) -> None:
    said = " ".join(CommandLine(**coordinator.environment | {"COLUMNS": "300"})("unsold", "--help").split())
    for told in (
        "neither won, paid nor gone",
        "such as 2026-03-31T17:00+07:00",
        "-left_of_first",
        "announced",
    ):
        assert told in said
