import pytest
from starlette.testclient import TestClient

from api.models import Page
from auctions.application.recording import today
from projections.runner import Runner
from tests.web.register import BARE, FIELD, HOUSE, LAND, NEWEST, OTHER, UNSOLD, VESSEL, Id


def refs(web: TestClient, **asked: str) -> list[str]:
    answer = web.get("/v1/assets", params=asked)
    assert answer.status_code == 200, answer.text
    return [item.asset_ref for item in Page.model_validate_json(answer.content).items]


@pytest.mark.parametrize(
    ("parameter", "value", "found"),
    [
        ("unsold", "true", UNSOLD),
        ("unsold", "false", [HOUSE, VESSEL]),
        ("kind", "vessel", [BARE, VESSEL]),
        ("kind", "aircraft", []),
        ("province", "Bình Định", [FIELD, LAND]),
        ("office", OTHER, [FIELD]),
        ("stage", "suspended", [BARE]),
        ("stage", "delivered", [VESSEL]),
        ("q", "", NEWEST),
    ],
)
def test_a_list_is_filtered(web: TestClient, parameter: str, value: str, found: list[str]) -> None:
    assert refs(web, **{parameter: value}) == found


def test_filters_narrow_each_other(web: TestClient) -> None:
    assert refs(web, unsold="true", province="Bình Định", office="KV-3", kind="land") == [LAND]
    assert refs(web, unsold="false", province="Bình Định") == []


@pytest.mark.parametrize("words", ["Bình Định", "binh dinh", "DINH BINH", "đinh"])
def test_words_are_found_with_and_without_vietnamese_marks(web: TestClient, words: str) -> None:
    assert refs(web, q=words) == [FIELD, LAND]


@pytest.mark.parametrize("number", ["BĐ-91234-TS", "bd-91234-ts", "BĐ91234TS", "bd91234ts", "91234"])
def test_a_vessel_is_found_by_its_number_with_and_without_dashes(web: TestClient, number: str) -> None:
    assert refs(web, q=number) == [VESSEL]


@pytest.mark.parametrize("pattern", ["%", "_", "\\", "T_-1", "'"])
def test_signs_that_mean_something_to_the_database_are_searched_as_written(
    web: TestClient, pattern: str
) -> None:
    assert refs(web, q=pattern) == []


def test_an_item_tells_what_the_list_is_read_for(web: TestClient, ids: Id) -> None:
    answer = web.get("/v1/assets?unsold=true&kind=land&office=KV-3").json()
    assert answer["as_of"] == today().isoformat()
    assert answer["next"] is None
    assert answer["items"] == [
        {
            "asset_id": str(ids[LAND]),
            "asset_ref": LAND,
            "office": "KV-3",
            "kind": "land",
            "province": "Bình Định",
            "commune": None,
            "description": "Thửa 7, tờ 12",
            "stage": "announced",
            "rounds": 3,
            "failed_rounds": 2,
            "reductions": 2,
            "price": 855_000_000,
            "first_price": 1_000_000_000,
            "left_of_first": 0.855,
            "of_loan": 0.4275,
            "seized_on": "2025-01-02",
            "last_round_on": "2025-01-21",
            "flags": [],
        }
    ]


def test_a_vessel_whose_number_has_another_form_is_flagged(web: TestClient) -> None:
    items = web.get("/v1/assets?kind=vessel").json()["items"]
    assert [item["flags"] for item in items] == [["vessel-no-form"], []]


def test_an_empty_register_is_an_empty_list(database: str, empty: TestClient) -> None:
    Runner(database).catch_up()
    answer = empty.get("/v1/assets")
    assert answer.json() == {
        "as_of": today().isoformat(),
        "known_at": 0,
        "position": 0,
        "facets": None,
        "items": [],
        "next": None,
    }
