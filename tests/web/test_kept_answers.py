from types import ModuleType

import pytest
from starlette.testclient import TestClient

from api.answers import form
from api.models import Answer, Page
from api.models_of_steps import FindingPage, NextActionPage
from auctions.application.recording import Actor, record, today
from auctions.store.postgres import PostgresStore
from projections import assets, findings, next_actions
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.register import LAND, OFFICE, Id

LISTS = ["/v1/assets", "/v1/findings", "/v1/next-actions", "/v1/next-actions.ics"]
PARTS = ["", "/history", "/ladder", "?as_of=2025-01-12"]


@pytest.mark.parametrize(
    ("part", "model", "page"), [("assets", assets, Page), ("next-actions", next_actions, NextActionPage)]
)
def test_a_list_is_tagged_by_position_day_form_and_read_model(
    web: TestClient, part: str, model: ModuleType, page: type[Answer]
) -> None:
    answer = web.get(f"/v1/{part}")
    assert answer.headers["position"] == str(answer.json()["position"]) == "25"
    assert answer.headers["etag"] == f'"p25-{today()}-{form(page)}-{model.PROJECTION.fingerprint}"'


def test_findings_are_tagged_alike_on_every_day(web: TestClient) -> None:
    answer = web.get("/v1/findings")
    assert answer.headers["position"] == str(answer.json()["position"]) == "25"
    assert answer.headers["etag"] == f'"p25-{form(FindingPage)}-{findings.PROJECTION.fingerprint}"'


@pytest.mark.parametrize("part", PARTS)
def test_an_asset_is_tagged_by_the_number_of_its_last_entry(web: TestClient, ids: Id, part: str) -> None:
    answer = web.get(f"/v1/assets/{ids[LAND]}{part}")
    tag = '"v9"' if part == "/ladder" else '"v9-public"'
    assert (answer.headers["etag"], answer.headers["position"]) == (tag, "9")


@pytest.mark.parametrize("known", ["{}", "W/{}", '"v1", {}', "*"])
@pytest.mark.parametrize("part", [*LISTS, *PARTS])
def test_what_the_reader_has_is_not_sent_again(web: TestClient, ids: Id, part: str, known: str) -> None:
    path = part if part in LISTS else f"/v1/assets/{ids[LAND]}{part}"
    etag = web.get(path).headers["etag"]
    answer = web.get(path, headers={"If-None-Match": known.format(etag)})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)


def test_after_another_entry_everything_is_sent_anew(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    paths = [*LISTS, *(f"/v1/assets/{ids[LAND]}{part}" for part in PARTS)]
    known = {path: changing.get(path).headers["etag"] for path in paths}
    record(store, stream_id=ids[LAND], entries=[entry("cost_accrued", 30)], by=Actor("clerk", OFFICE))
    Runner(database).catch_up()
    answers = {path: changing.get(path, headers={"If-None-Match": etag}) for path, etag in known.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert answers["/v1/assets"].json()["position"] == 26
