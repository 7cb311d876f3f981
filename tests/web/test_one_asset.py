from datetime import timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import today
from tests.web.register import BARE, FIELD, HOUSE, LAND, VALUE, VESSEL, Id


def test_an_asset_tells_its_whole_state(web: TestClient, ids: Id) -> None:
    told = web.get(f"/v1/assets/{ids[LAND]}").json()
    assert (told["asset_ref"], told["stage"], told["version"], told["unsold"]) == (LAND, "announced", 9, True)
    assert (told["price"], told["first_price"], told["left_of_first"]) == (855_000_000, VALUE, 0.855)
    assert (told["seized_on"], told["loan_value"], told["sold_for"]) == ("2025-01-02", 2 * VALUE, None)
    assert (told["costs"], told["costs_of_price"]) == (0, 0.0)
    assert [found["outcome"] for found in told["rounds"]] == ["failed", "failed", None]
    assert told["rounds"][0] == {
        "round_no": 1,
        "announced_on": "2025-01-04",
        "starting_price": VALUE,
        "auction_at": None,
        "posted_on": "2025-01-04",
        "lot_ref": None,
        "outcome": "failed",
        "ended_on": "2025-01-11",
        "reason": "no_registrant",
        "price": None,
    }


def test_a_delivered_asset_tells_how_it_left(web: TestClient, ids: Id) -> None:
    told = web.get(f"/v1/assets/{ids[VESSEL]}").json()
    assert (told["exit"], told["exited_on"], told["sold_for"]) == ("delivered", "2025-01-16", VALUE + 1)
    assert told["attributes"] == {"vessel_no": "BĐ-91234-TS"}


def test_a_struck_cost_is_not_counted(web: TestClient, ids: Id) -> None:
    assert web.get(f"/v1/assets/{ids[FIELD]}").json()["costs"] == 40_000


@pytest.mark.parametrize(
    ("day", "stage", "price"),
    [
        ("2025-01-02", "awaiting_appraisal", None),
        ("2025-01-03", "awaiting_round", VALUE),
        ("2025-01-11", "awaiting_reduction", VALUE),
        ("2025-01-13", "announced", 900_000_000),
    ],
)
def test_an_asset_is_told_as_of_the_end_of_a_day(
    web: TestClient, ids: Id, day: str, stage: str, price: int | None
) -> None:
    told = web.get(f"/v1/assets/{ids[LAND]}", params={"as_of": day}).json()
    assert (told["stage"], told["price"], told["version"]) == (stage, price, 9)


@pytest.mark.parametrize("part", ["", "/ladder"])
def test_an_asset_is_not_found_as_of_a_day_before_its_seizure(web: TestClient, ids: Id, part: str) -> None:
    answer = web.get(f"/v1/assets/{ids[BARE]}{part}?as_of=2025-01-04")
    assert (answer.status_code, answer.json()["code"]) == (404, "asset-not-seized")


@pytest.mark.parametrize("part", ["", "/ladder"])
@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2999-01-01", "day-in-future"),
        ("2025-02-30", "not-a-day"),
        ("1735689600", "not-a-day"),
        ("2025-01-01T00:00:00", "not-a-day"),
        ("٢٠٢٥-01-01", "not-a-day"),
        ("1899-12-31", "greater-than-equal"),
    ],
)
def test_a_day_that_cannot_be_told_of_is_refused(
    web: TestClient, ids: Id, part: str, day: str, code: str
) -> None:
    answer = web.get(f"/v1/assets/{ids[LAND]}{part}", params={"as_of": day})
    assert answer.status_code == 422
    assert [(fault["parameter"], fault["code"]) for fault in answer.json()["errors"]] == [("as_of", code)]


def test_today_is_no_future_day_and_tomorrow_is_one(web: TestClient, ids: Id) -> None:
    days = [today() + timedelta(days) for days in (0, 1)]
    answers = [web.get(f"/v1/assets/{ids[LAND]}", params={"as_of": day.isoformat()}) for day in days]
    assert [answer.status_code for answer in answers] == [200, 422]
    assert answers[1].json()["errors"][0]["code"] == "day-in-future"


def test_a_ladder_tells_each_price_level_as_a_share_of_the_one_before_and_of_the_first(
    web: TestClient, ids: Id
) -> None:
    assert web.get(f"/v1/assets/{ids[LAND]}/ladder").json() == {
        "as_of": None,
        "known_at": 9,
        "position": 9,
        "asset_ref": LAND,
        "loan_value": 2 * VALUE,
        "steps": [
            {
                "step": 1,
                "cause": "appraised",
                "on": "2025-01-03",
                "price": VALUE,
                "of_previous": None,
                "of_first": 1.0,
                "of_loan": 0.5,
                "days": None,
            },
            {
                "step": 2,
                "cause": "reduced",
                "on": "2025-01-12",
                "price": 900_000_000,
                "of_previous": 0.9,
                "of_first": 0.9,
                "of_loan": 0.45,
                "days": 9,
            },
            {
                "step": 3,
                "cause": "reduced",
                "on": "2025-01-22",
                "price": 855_000_000,
                "of_previous": 0.95,
                "of_first": 0.855,
                "of_loan": 0.4275,
                "days": 10,
            },
        ],
        "sold_for": None,
    }


def test_a_ladder_as_of_a_day_ends_with_the_price_in_force_then(web: TestClient, ids: Id) -> None:
    steps = web.get(f"/v1/assets/{ids[LAND]}/ladder?as_of=2025-01-12").json()["steps"]
    assert [step["price"] for step in steps] == [VALUE, 900_000_000]


def test_a_ladder_tells_what_the_asset_was_sold_for(web: TestClient, ids: Id) -> None:
    assert web.get(f"/v1/assets/{ids[HOUSE]}/ladder").json()["sold_for"] == 1_100_000_000


def test_an_asset_not_yet_appraised_has_an_empty_ladder(web: TestClient, ids: Id) -> None:
    assert web.get(f"/v1/assets/{ids[BARE]}/ladder").json()["steps"] == []


@pytest.mark.parametrize("part", ["", "/history", "/ladder"])
def test_an_unknown_asset_is_not_found(web: TestClient, part: str) -> None:
    answer = web.get(f"/v1/assets/{uuid4()}{part}")
    assert (answer.status_code, answer.json()["code"]) == (404, "asset-not-found")


@pytest.mark.parametrize("part", ["", "/history", "/ladder"])
def test_a_reference_in_place_of_an_id_is_refused(web: TestClient, part: str) -> None:
    answer = web.get(f"/v1/assets/TS-1{part}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "asset_id"
