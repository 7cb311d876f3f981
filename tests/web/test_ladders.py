"""The price ladders of the assets of a list, asked for at once."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api.models_of_ladders import Ladders
from tests.web.register import BARE, HOUSE, LAND, VALUE, Id
from tests.web.test_problems import problem

UNKNOWN = UUID(int=0)


def ladders(web: TestClient, *asset_ids: UUID, **times: str) -> list[dict[str, Any]]:
    asked: list[tuple[str, str]] = [("asset_id", str(asset_id)) for asset_id in asset_ids]
    answer = web.get("/v1/ladders", params=[*asked, *times.items()])
    assert answer.status_code == 200, answer.text
    told = Ladders.model_validate_json(answer.content, strict=True)
    assert told.model_dump(mode="json") == answer.json()
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_each_asset_is_told_with_its_price_levels_in_the_order_asked_once(web: TestClient, ids: Id) -> None:
    appraised = {"on": "2025-01-03", "price": VALUE, "cause": "appraised"}
    assert ladders(web, ids[LAND], ids[BARE], ids[HOUSE], UNKNOWN, ids[LAND]) == [
        {
            "asset_id": str(ids[LAND]),
            "steps": [
                appraised,
                {"on": "2025-01-12", "price": 900_000_000, "cause": "reduced"},
                {"on": "2025-01-22", "price": 855_000_000, "cause": "reduced"},
            ],
        },
        {"asset_id": str(ids[BARE]), "steps": []},
        {"asset_id": str(ids[HOUSE]), "steps": [appraised]},
        {"asset_id": str(UNKNOWN), "steps": []},
    ]


@pytest.mark.parametrize(
    ("times", "prices"),
    [
        ({"as_of": "2025-01-12"}, [VALUE, 900_000_000]),
        ({"as_of": "2025-01-11"}, [VALUE]),
        ({"known_at": "4"}, [VALUE]),
        ({"as_of": "2025-01-22", "known_at": "5"}, [VALUE, 900_000_000]),
    ],
)
def test_a_ladder_is_told_of_a_past_day_as_it_was_known(
    web: TestClient, ids: Id, times: dict[str, str], prices: list[int]
) -> None:
    (told,) = ladders(web, ids[LAND], **times)
    assert [step["price"] for step in told["steps"]] == prices


def test_two_hundred_ladders_are_told_and_of_the_same_steps_as_the_asset_s_own(
    web: TestClient, ids: Id
) -> None:
    others = [UUID(int=number) for number in range(200 - len(ids))]
    told = {each["asset_id"]: each["steps"] for each in ladders(web, *others, *ids.values())}
    assert len(told) == 200
    for asset_id in ids.values():
        own = web.get(f"/v1/assets/{asset_id}/ladder").json()["steps"]
        levels = [{name: step[name] for name in ("on", "price", "cause")} for step in own]
        assert told[str(asset_id)] == [level for level in levels if level["cause"] != "sold"]


def test_a_ladder_asked_for_again_is_not_sent_again_while_nothing_was_recorded(
    web: TestClient, ids: Id
) -> None:
    path = f"/v1/ladders?asset_id={ids[LAND]}"
    etag = web.get(path).headers["etag"]
    assert web.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_ladders_of_no_asset_are_not_asked_for(web: TestClient) -> None:
    assert problem(web, "GET", "/v1/ladders").errors[0].parameter == "asset_id"
