"""How value declined, over HTTP: numbers, a table, a picture."""

import csv
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api import declining
from api.models_of_decline import DeclineAnswer
from auctions.application.recording import Actor, record, today
from auctions.store.postgres import PostgresStore
from projections.life import Life
from projections.lives import lives
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from projections.times import Times
from tests.unit.given import entry
from tests.web.register import LAND, OFFICE, Id

FORMS = ["/v1/decline", "/v1/decline.csv", "/v1/decline.svg"]


@pytest.mark.parametrize(
    "asked", ["", "by=kind", "by=regime&kind=land", "as_of=2025-01-12&known_at=9", "year=2020"]
)
def test_decline_is_answered_as_described(web: TestClient, asked: str) -> None:
    answer = web.get(f"/v1/decline?{asked}")
    assert answer.headers["content-type"] == "application/json"
    told = DeclineAnswer.model_validate_json(answer.content, strict=True)
    assert told.model_dump(mode="json", exclude_unset=True) == answer.json()
    assert (told.groups is not None) == ("by=" in asked)


def test_decline_tells_the_share_left_after_each_reduction(web: TestClient) -> None:
    told = web.get("/v1/decline").json()
    assert (told["as_of"], told["known_at"], told["position"]) == (today().isoformat(), 25, 25)
    assert told["assets"] == 5
    assert [(row["reductions"], row["n"], row["median"]) for row in told["by_reductions"]] == [
        (1, 1, 0.9),
        (2, 1, 0.855),
    ]


def test_decline_is_told_of_the_assets_asked_for(web: TestClient) -> None:
    assert web.get("/v1/decline?kind=vessel").json()["assets"] == 2
    assert web.get("/v1/decline?kind=vessel").json()["asked"]["kind"] == "vessel"
    assert web.get("/v1/decline?office=KV-5&year=2025").json()["assets"] == 1
    groups = web.get("/v1/decline?by=kind").json()["groups"]
    assert {group["value"]: group["assets"] for group in groups} == {"house": 1, "land": 2, "vessel": 2}


def test_decline_is_told_as_of_a_day_as_known_at_a_position(web: TestClient) -> None:
    told = web.get("/v1/decline?as_of=2025-01-12&known_at=9").json()
    assert (told["as_of"], told["known_at"], told["position"], told["assets"]) == ("2025-01-12", 9, 9, 1)
    assert [row["reductions"] for row in told["by_reductions"]] == [1]


def test_a_table_holds_the_same_figures(web: TestClient) -> None:
    answer = web.get("/v1/decline.csv?by=kind")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(answer.text)))
    left = {
        row["key"]: row["median"] for row in rows if row["measure"] == "by_reductions" and not row["group"]
    }
    assert left == {"1": "0.9", "2": "0.855"}


def test_a_picture_is_in_the_language_of_the_reader(web: TestClient) -> None:
    titles = set()
    for tongue in ("vi", "en"):
        answer = web.get("/v1/decline.svg", headers={"Accept-Language": tongue})
        assert answer.headers["content-type"] == "image/svg+xml"
        assert (answer.headers["content-language"], answer.headers["vary"]) == (tongue, "Accept-Language")
        titles.add(answer.text.partition("<title")[2].partition("</title>")[0])
    assert len(titles) == 2


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("asked", ["kind=", "year=1", "by=colour", "regime=future", "limit=1"])
def test_a_decline_of_what_cannot_be_is_refused(web: TestClient, form: str, asked: str) -> None:
    answer = web.get(f"{form}?{asked}")
    assert answer.status_code == 422
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [asked.partition("=")[0]]


@pytest.mark.parametrize("form", FORMS)
def test_an_unchanged_decline_is_not_reckoned_again(
    changing: TestClient, ids: Id, database: str, store: PostgresStore, form: str
) -> None:
    known = changing.get(form)
    with psycopg.connect(database) as own:
        own.execute("LOCK TABLE projections.asset_periods")
        assert changing.get(form).content == known.content
        same = changing.get(form, headers={"If-None-Match": known.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
    record(store, stream_id=ids[LAND], entries=[entry("cost_accrued", 30)], by=Actor("c", OFFICE))
    Runner(database).catch_up()
    anew = changing.get(f"{form}?min_position=26", headers={"If-None-Match": known.headers["etag"]})
    assert (anew.status_code, anew.headers["position"]) == (200, "26")


def test_what_is_told_during_a_rebuild_has_no_gap(
    changing: TestClient, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadPoolExecutor(1) as threads:

        def after_a_while(own: psycopg.Connection[Any], times: Times) -> Iterator[Life]:
            threads.submit(rebuild, database, read_models()["asset_listings"])
            time.sleep(0.5)
            return lives(own, times)

        monkeypatch.setattr(declining, "lives", after_a_while)
        assert changing.get("/v1/decline").json()["assets"] == 5
