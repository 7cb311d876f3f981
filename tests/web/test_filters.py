"""Every filter, facet and order of the list of assets, now and of the past."""

from base64 import urlsafe_b64encode
from collections import defaultdict
from datetime import date
from itertools import chain
from typing import Any, get_args

import pytest
from starlette.testclient import TestClient

from api.questions import Sort
from auctions.application.recording import today
from projections.asset_list import SORTS
from projections.bands import price_band, rounds_band
from tests.web.register import BARE, FIELD, HOUSE, LAND, NEWEST, OFFICER, VESSEL

PAST = {"as_of": "2025-01-25", "known_at": "25"}


def items(web: TestClient, **asked: str) -> list[dict[str, Any]]:
    answer = web.get("/v1/assets", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def refs(web: TestClient, **asked: str) -> list[str]:
    return [item["asset_ref"] for item in items(web, **asked)]


@pytest.mark.parametrize("times", [{}, PAST], ids=["now", "of the past"])
@pytest.mark.parametrize(
    ("parameter", "value", "found"),
    [
        ("commune", "Xã A", []),
        ("officer", OFFICER, [HOUSE]),
        ("year", "2025", NEWEST),
        ("year", "2024", []),
        ("price_min", "1000000000", [HOUSE, VESSEL]),
        ("price_min", "855000000", [LAND, HOUSE, VESSEL]),
        ("price_max", "855000000", [LAND]),
        ("rounds_min", "2", [LAND]),
        ("rounds_min", "1", [LAND, HOUSE, VESSEL]),
        ("failed_rounds_min", "2", [LAND]),
        ("failed_rounds_min", "3", []),
        ("reductions_min", "1", [LAND]),
        ("left_max", "0.855", [LAND]),
        ("left_max", "0.854999", []),
        ("of_loan_max", "0.4275", [LAND]),
        ("of_loan_max", "0.427499", []),
        ("left_min", "0.9", [HOUSE, VESSEL]),
        ("in_lieu_open", "true", []),
        ("in_lieu_open", "false", NEWEST),
        ("suspended", "true", [BARE]),
        ("suspended", "false", [FIELD, LAND, HOUSE, VESSEL]),
        ("number", "BĐ-91234-TS", [VESSEL]),
        ("number", "bd91234ts", [VESSEL]),
        ("number", "91234", []),
        ("number", LAND, [LAND]),
        ("q", "91234", [VESSEL]),
    ],
)
def test_a_list_is_filtered_now_and_in_the_past(
    web: TestClient, times: dict[str, str], parameter: str, value: str, found: list[str]
) -> None:
    assert refs(web, **{parameter: value}, **times) == found


def test_days_are_counted_back_from_the_day_that_is_asked_about(web: TestClient) -> None:
    def since(parameter: str, days: int, day: str) -> list[str]:
        return refs(web, **{parameter: str(days), "as_of": day})

    assert since("days_since_seizure_min", 20, "2025-01-25") == [BARE, LAND, HOUSE, VESSEL]
    assert since("days_since_seizure_min", 21, "2025-01-25") == [LAND, HOUSE, VESSEL]
    assert since("days_since_round_min", 5, "2025-01-25") == [HOUSE, VESSEL]
    assert since("days_since_round_min", 4, "2025-01-25") == [LAND, HOUSE, VESSEL]
    days = (today() - date(2025, 1, 5)).days
    assert refs(web, days_since_seizure_min=str(days)) == [BARE, LAND, HOUSE, VESSEL]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("asset_ref", [LAND, HOUSE, VESSEL, BARE, FIELD]),
        ("-asset_ref", [FIELD, BARE, VESSEL, HOUSE, LAND]),
        ("seized_on", [VESSEL, HOUSE, LAND, BARE, FIELD]),
        ("-price", [HOUSE, VESSEL, LAND]),
        ("left_of_first", [LAND]),
        ("-reductions", [LAND]),
        ("-last_round_on", [LAND]),
    ],
)
@pytest.mark.parametrize("times", [{}, PAST], ids=["now", "of the past"])
def test_a_list_is_sorted(web: TestClient, sort: str, found: list[str], times: dict[str, str]) -> None:
    assert refs(web, sort=sort, **times)[: len(found)] == found


@pytest.mark.parametrize("sort", get_args(Sort))
@pytest.mark.parametrize("times", [{}, PAST], ids=["now", "of the past"])
def test_paging_in_any_order_shows_each_asset_once(web: TestClient, sort: str, times: dict[str, str]) -> None:
    def pages(**asked: str) -> list[list[str]]:
        page = web.get("/v1/assets", params=asked).json()
        found = [[item["asset_ref"] for item in page["items"]]]
        return found + pages(**asked | {"cursor": page["next"]}) if page["next"] else found

    found = pages(sort=sort, limit="2", **times)
    assert [len(page) for page in found] == [2, 2, 1]
    assert list(chain.from_iterable(found)) == refs(web, sort=sort, **times)


def test_the_orders_are_those_of_the_read_model() -> None:
    assert set(get_args(Sort)) == set(SORTS)


@pytest.mark.parametrize("sort", get_args(Sort))
def test_a_cursor_of_another_order_is_refused(web: TestClient, sort: str) -> None:
    cursor = web.get("/v1/assets", params={"sort": sort, "limit": 1}).json()["next"]
    for other in get_args(Sort):
        status = web.get("/v1/assets", params={"sort": other, "cursor": cursor}).status_code
        assert status == (200 if other == sort else 422)


@pytest.mark.parametrize("value", ["x", "NaN", "1e400", "1e999999", "", "a\u0000", "2025-13-01"])
@pytest.mark.parametrize("sort", ["seized_on", "price", "left_of_first", "reductions"])
def test_a_cursor_with_a_value_that_the_order_cannot_have_is_refused(
    web: TestClient, sort: str, value: str
) -> None:
    key = f'["{sort}", "{value}", "{"0" * 32}"]'.replace("\u0000", "\\u0000")
    cursor = urlsafe_b64encode(key.encode()).decode()
    answer = web.get("/v1/assets", params={"sort": sort, "cursor": cursor})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "cursor-unknown")


def counted(found: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "n": len(found),
        **{name: sum(item[name] or 0 for item in found) for name in ("price", "first_price")},
    }


def by(found: list[dict[str, Any]], value: Any) -> dict[str, dict[str, int]]:  # noqa: ANN401 - a function of an item
    groups = defaultdict(list)
    for item in found:
        groups[value(item)].append(item)
    return {name: counted(group) for name, group in groups.items()}


ASKED = [
    {"unsold": "true"},
    {"unsold": "true", "kind": "land"},
    {"unsold": "true", "province": "Bình Định"},
    {"unsold": "true", "province": "Bình Định", "kind": "land"},
    {"unsold": "false"},
    {},
    {"q": "bình"},
    {"reductions_min": "1", "kind": "land"},
    {"office": "KV-3", "stage": "announced"},
    {"unsold": "true", "kind": "aircraft"},
    {"unsold": "true", "year": "2025"},
    {"unsold": "true", "year": "2024"},
]
TIMES = [{}, {"as_of": "2025-01-12"}, {"as_of": "2025-01-25", "known_at": "22"}, {"known_at": "7"}]


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("times", TIMES, ids=str)
def test_facets_count_what_the_list_shows_page_after_page(
    web: TestClient, asked: dict[str, str], times: dict[str, str]
) -> None:
    told = web.get("/v1/assets", params=asked | times | {"facets": "true", "limit": "1"}).json()["facets"]
    without = {
        name: {key: value for key, value in asked.items() if key != name} for name in ("kind", "province")
    }
    listed = items(web, **asked, **times)
    facets = {
        name: {value.pop("value"): value for value in told[name]}
        for name in ("kind", "province", "price_band", "rounds")
    }
    assert told["total"] == counted(listed)
    assert facets["kind"] == by(items(web, **without["kind"], **times), lambda item: item["kind"])
    assert facets["province"] == by(
        items(web, **without["province"], **times), lambda item: item["province"] or ""
    )
    assert facets["price_band"] == by(listed, lambda item: price_band(item["price"]))
    assert facets["rounds"] == by(listed, lambda item: rounds_band(item["rounds"]))


def test_facets_are_told_only_where_they_are_asked_for(web: TestClient) -> None:
    assert web.get("/v1/assets").json()["facets"] is None
    assert web.get("/v1/assets?facets=false").json()["facets"] is None
    assert web.get("/v1/assets?facets=true").json()["facets"]["total"]["n"] == 5
