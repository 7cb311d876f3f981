"""Vessels that loans financed: what the loan, the appraisal, the price and the hammer were."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.models_of_vessels import Vessel, Vessels
from auctions.application.recording import Actor, record, today
from auctions.domain.asset.events import Seized, asset_id
from auctions.store.postgres import PostgresStore
from projections import vessels
from projections.runner import Runner
from tests.contract.registers import head
from tests.unit.given import day, entry
from tests.web.register import OFFICE, OTHER

BILLION = 1_000_000_000
NOTHING = {"n": 0, "dong": 0, "median_of_loan": None}
SOLD, FALLEN, NEW = "V-1", "V-2", "V-3"


@pytest.fixture
def fleet(empty: TestClient, store: PostgresStore, database: str) -> TestClient:
    """A vessel sold, one that fell and is unsold, one not yet appraised; another without a loan, and land."""
    valued = (
        entry("appraised", 2, value=4 * BILLION),
        entry("round_announced", 3, round_no=1, starting_price=4 * BILLION),
    )
    won = entry("round_won", 10, round_no=1, price=5 * BILLION)
    failed = entry("round_failed", 10, round_no=1)
    reduced = entry("price_reduced", 25, to_price=3_600_000_000)
    for seized, *rest in (
        (financed(SOLD, 10 * BILLION), *valued, won),
        (financed(FALLEN, 20 * BILLION), *valued, failed, reduced),
        (financed(NEW, 17 * BILLION, office=OTHER),),
        (financed("V-4", None), *valued),
        (financed("TS-5", BILLION, kind="land"), *valued),
    ):
        stream_id = asset_id(seized.office, seized.asset_ref)
        for line in (seized, *rest):
            by = Actor("clerk", seized.office)
            record(store, stream_id=stream_id, entries=[line], by=by, as_found=True)
    Runner(database).catch_up()
    return empty


def financed(ref: str, loan: int | None, office: str = OFFICE, kind: str = "vessel") -> Seized:
    """The seizure of what a loan of 2016 financed, or none did."""
    valued_on = date(2016, 5, 4) if loan else None
    return Seized(
        on=day(1),
        asset_ref=ref,
        office=office,
        kind=kind,
        province="Bình Định",
        loan_value=loan,
        loan_valued_on=valued_on,
    )


def told(web: TestClient, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameter
    answer = web.get("/v1/decline/vessels", params=asked)
    found = Vessels.model_validate_json(answer.content, strict=True)
    assert found.model_dump(mode="json") == answer.json()
    whole: dict[str, Any] = answer.json()
    return whole


def refs(found: dict[str, Any]) -> list[str]:
    return [item["asset_ref"] for item in found["items"]]


def test_each_vessel_with_a_loan_is_told_with_appraisal_price_and_hammer(fleet: TestClient) -> None:
    found = told(fleet)
    assert (found["as_of"], refs(found), found["most"]) == (today().isoformat(), [SOLD, FALLEN, NEW], 5000)
    assert found["items"][1] == {
        "asset_id": str(asset_id(OFFICE, FALLEN)),
        "asset_ref": FALLEN,
        "office": OFFICE,
        "province": "Bình Định",
        "seized_on": "2025-01-02",
        "loan_valued_on": "2016-05-04",
        "stage": "awaiting_round",
        "loan_value": 20 * BILLION,
        "first_price": 4 * BILLION,
        "price": 3_600_000_000,
        "sold_for": None,
        "first_of_loan": 0.2,
        "of_loan": 0.18,
        "sold_of_loan": None,
    }
    assert (found["items"][0]["sold_for"], found["items"][0]["sold_of_loan"]) == (5 * BILLION, 0.5)


def test_totals_are_of_all_vessels_prices_of_the_unsold_hammers_of_the_sold(fleet: TestClient) -> None:
    assert told(fleet)["totals"] == {
        "n": 3,
        "loan_value": 47 * BILLION,
        "first_price": {"n": 2, "dong": 8 * BILLION, "median_of_loan": 0.3},
        "price": {"n": 1, "dong": 3_600_000_000, "median_of_loan": 0.18},
        "sold_for": {"n": 1, "dong": 5 * BILLION, "median_of_loan": 0.5},
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"office": OTHER}, [NEW]),
        ({"province": "Bình Định"}, [SOLD, FALLEN, NEW]),
        ({"province": "Hà Nội"}, []),
        ({"year": 2025}, [SOLD, FALLEN, NEW]),
        ({"year": 2024}, []),
    ],
)
def test_vessels_are_told_of_a_province_an_office_and_a_year_of_seizure(
    fleet: TestClient, asked: dict[str, Any], found: list[str]
) -> None:
    answer = told(fleet, **asked)
    assert refs(answer) == found
    assert answer["totals"]["n"] == len(found)


def test_vessels_are_told_of_a_past_day_as_it_was_known(fleet: TestClient, database: str) -> None:
    of_then = told(fleet, as_of="2025-01-20")
    assert [item["price"] for item in of_then["items"]] == [4 * BILLION, 4 * BILLION, None]
    assert refs(told(fleet, known_at=4)) == [SOLD]
    assert told(fleet, known_at=3)["totals"]["sold_for"] == NOTHING
    assert told(fleet, known_at=0)["totals"] == {
        "n": 0,
        "loan_value": 0,
        **dict.fromkeys(("first_price", "price", "sold_for"), NOTHING),
    }
    pinned = fleet.get(f"/v1/decline/vessels?as_of=2025-01-20&known_at={head(database)}")
    assert "immutable" in pinned.headers["cache-control"]


def test_of_more_vessels_than_an_answer_lists_all_are_counted(
    fleet: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vessels, "MOST", 2)
    found = told(fleet)
    assert (refs(found), found["most"], found["totals"]["n"]) == ([SOLD, FALLEN], 2, 3)


def test_the_table_holds_the_same_vessels(fleet: TestClient) -> None:
    answer = fleet.get("/v1/decline/vessels.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    header, *rows = csv.reader(StringIO(answer.text))
    assert header == list(Vessel.model_fields)
    items = told(fleet)["items"]
    assert rows == [["" if item[name] is None else str(item[name]) for name in header] for item in items]
