"""The ladder ahead of one asset over HTTP."""

import pytest
from starlette.testclient import TestClient

from api.models_of_steps import AssetPlan
from tests.web.register import LAND, VESSEL, Id


def test_a_plan_is_answered_as_described_and_kept(web: TestClient, ids: Id) -> None:
    path = f"/v1/assets/{ids[LAND]}/plan?cut=7.5&rounds=3"
    answer = web.get(path)
    told = AssetPlan.model_validate_json(answer.content, strict=True)
    assert [step.round_no for step in told.steps] == [3, 4, 5]
    first, second = told.steps[:2]
    assert second.starting_price == first.to_price == first.starting_price - first.starting_price * 75 // 1000
    assert first.in_lieu_open
    again = web.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_cut_beyond_the_law_is_refused_at_its_parameter(web: TestClient, ids: Id) -> None:
    answer = web.get(f"/v1/assets/{ids[LAND]}/plan?cut=10.01")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["parameter"], error["code"]) == (422, "cut", "unlawful")
    assert "L106/2025 art 83(3)" in error["detail"]


@pytest.mark.parametrize(
    "asked", ["cut=x", "cut=-1", "cut=7.555", "rounds=0", "rounds=61", "as_of=2999-01-01"]
)
def test_what_is_no_plan_is_refused(web: TestClient, ids: Id, asked: str) -> None:
    answer = web.get(f"/v1/assets/{ids[LAND]}/plan?{asked}")
    assert (answer.status_code, answer.json()["code"]) == (422, "parameter-refused")


def test_a_delivered_asset_has_nothing_to_plan(web: TestClient, ids: Id) -> None:
    answer = web.get(f"/v1/assets/{ids[VESSEL]}/plan")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-plan")
