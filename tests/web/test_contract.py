"""The answers' bytes and the description of them agree."""

import json
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.models import Answer, Asset, History, Ladder, Page
from api.models_of_changes import ChangePage
from api.models_of_replays import Replay
from api.models_of_steps import FindingPage, NextActionPage
from tests.web.register import BARE, FIELD, HOUSE, LAND, VESSEL, Id

SNAPSHOT = Path(__file__).with_name("openapi.json")


@pytest.mark.parametrize("ref", [LAND, HOUSE, VESSEL, BARE, FIELD])
@pytest.mark.parametrize(
    ("part", "model"), [("", Asset), ("/history", History), ("/replay", Replay), ("/ladder", Ladder)]
)
def test_an_asset_is_answered_as_described(
    web: TestClient, ids: Id, ref: str, part: str, model: type[Answer]
) -> None:
    for asked in ("", "as_of=2025-01-10", "known_at=25", "as_of=2025-01-10&known_at=25"):
        answer = web.get(f"/v1/assets/{ids[ref]}{part}?{asked}")
        assert answer.headers["content-type"] == "application/json"
        told = model.model_validate_json(answer.content, strict=True)
        assert told.model_dump(mode="json") == answer.json()


@pytest.mark.parametrize(
    ("asked", "model"),
    [
        ("assets?limit=4", Page),
        ("assets?limit=2&unsold=true&facets=true", Page),
        ("assets?limit=2&as_of=2025-01-25", Page),
        ("assets?limit=2&as_of=2025-01-25&known_at=25&facets=true", Page),
        ("assets?limit=1&sort=-price&known_at=17", Page),
        ("changes?limit=3", ChangePage),
        ("changes?after=20&office=KV-5", ChangePage),
        ("findings?limit=1", FindingPage),
        ("findings?limit=1&as_of=2025-01-25&known_at=9", FindingPage),
        ("next-actions?limit=7", NextActionPage),
        ("next-actions?limit=2&as_of=2025-01-25&known_at=25", NextActionPage),
    ],
)
def test_a_list_is_answered_as_described(
    web: TestClient, asked: str, model: type[Page | ChangePage | FindingPage | NextActionPage]
) -> None:
    answer = web.get(f"/v1/{asked}")
    assert answer.headers["content-type"] == "application/json"
    page = model.model_validate_json(answer.content, strict=True)
    assert page.model_dump(mode="json") == answer.json()
    assert page.next


def test_the_description_says_of_what_form_each_answer_is(web: TestClient) -> None:
    paths = web.get("/openapi.json").json()["paths"]
    asset = "/v1/assets/{asset_id}"
    models = {
        "/v1/assets": "Page",
        asset: "Asset",
        f"{asset}/history": "History",
        f"{asset}/ladder": "Ladder",
        f"{asset}/replay": "Replay",
        f"{asset}/plan": "AssetPlan",
        "/v1/changes": "ChangePage",
        "/v1/decline": "DeclineAnswer",
        "/v1/decline/vessels": "Vessels",
        "/v1/findings": "FindingPage",
        "/v1/findings/counts": "FindingCounts",
        "/v1/communes": "Communes",
        "/v1/ladders": "Ladders",
        "/v1/late-entries": "LateEntries",
        "/v1/next-actions": "NextActionPage",
    }
    for path, name in models.items():
        described = paths[path]["get"]["responses"]
        assert described["200"]["content"]["application/json"]["schema"]["$ref"].endswith(f"/{name}")
        assert list(described["default"]["content"]) == ["application/problem+json"]
    files = {
        "/v1/next-actions.ics": "text/calendar",
        "/v1/decline.csv": "text/csv; charset=utf-8",
        "/v1/decline/vessels.csv": "text/csv; charset=utf-8",
        "/v1/decline.svg": "image/svg+xml",
    }
    for path, media_type in files.items():
        described = paths[path]["get"]["responses"]
        assert list(described["200"]["content"]) == [media_type]
        assert list(described["default"]["content"]) == ["application/problem+json"]


def test_openapi_is_the_committed_one(web: TestClient) -> None:
    described = cast("FastAPI", web.app).openapi()
    if described != json.loads(SNAPSHOT.read_text(encoding="utf-8")):
        text = json.dumps(described, indent=1, ensure_ascii=False)
        pytest.fail(f"the API changed; if that is meant, let this be {SNAPSHOT.name}:\n{text}")
