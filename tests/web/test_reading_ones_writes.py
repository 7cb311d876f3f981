"""An answer waits until what its reader has written is read."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.positions import Positions
from auctions.application.recording import Actor, record
from auctions.store.postgres import PostgresStore
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.register import LAND, OFFICE, Id, recorded
from tests.web.test_problems import problem
from tests.web.test_two_times import paths
from tests.web.test_unready import eventually

_LISTENERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query ~ 'tracking' AND pid <> pg_backend_pid()"""


@pytest.fixture
def hasty(database: str) -> Iterator[TestClient]:
    """A client of the application on a register of the test's own; it waits a fifth of a second at most."""
    recorded(database)
    with TestClient(create_app(database, patience=0.2)) as client:
        yield client


def cost(store: PostgresStore, ids: Id) -> int:
    """Record one more entry; its position."""
    outcome = record(store, stream_id=ids[LAND], entries=[entry("cost_accrued", 30)], by=Actor("c", OFFICE))
    return outcome.positions[0]


def execute(url: str, statement: str) -> int:
    with psycopg.connect(url, autocommit=True) as own:
        return own.execute(statement.encode()).rowcount


def test_an_answer_waits_until_the_read_model_has_read_as_far_as_asked(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    position = cost(store, ids)
    with ThreadPoolExecutor(1) as asking:
        told = asking.submit(changing.get, f"/v1/assets?min_position={position}")
        time.sleep(0.2)
        assert not told.done()
        Runner(database).catch_up()
        assert told.result(5).json()["position"] == position


def test_every_route_with_a_history_takes_the_position_to_wait_for(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    position = cost(store, ids)
    Runner(database).catch_up()
    for path in paths(ids):
        answer = changing.get(path, params={"min_position": position})
        assert (answer.status_code, answer.headers["position"]) == (200, str(position))


def test_an_asset_is_answered_from_its_file_before_the_read_models_have_read_it(
    changing: TestClient, ids: Id, store: PostgresStore
) -> None:
    position = cost(store, ids)
    told = changing.get(f"/v1/assets/{ids[LAND]}?min_position={position}").json()
    assert (told["version"], told["position"]) == (10, position)


def test_a_position_that_is_not_read_in_time_is_told_with_how_far_it_is(hasty: TestClient, ids: Id) -> None:
    for path in paths(ids):
        told = problem(hasty, "GET", f"{path}?min_position=99")
        assert (told.status, told.code) == (503, "not-yet-read")
        assert told.detail == "read up to position 25, not yet 99: ask again"


def test_what_is_known_at_a_position_waits_until_that_is_read(
    hasty: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    position = cost(store, ids)
    assert problem(hasty, "GET", f"/v1/assets?known_at={position}").code == "not-yet-read"
    Runner(database).catch_up()
    assert hasty.get(f"/v1/assets?known_at={position}&min_position={position}").status_code == 200


def test_a_read_model_that_stands_still_is_told_at_once(changing: TestClient, database: str) -> None:
    with psycopg.connect(database) as own:
        own.execute("UPDATE projections.tracking SET position = 21, stopped_at = 22 WHERE name = 'assets'")
        own.execute("SELECT pg_notify('auctions_read', 'assets stopped')")
    eventually(lambda: changing.get("/v1/assets").headers["position"] == "21")
    began = time.monotonic()
    told = problem(changing, "GET", "/v1/assets?min_position=22")
    assert (told.status, told.code) == (503, "read-model-stopped")
    assert "assets stands still before position 22" in told.detail
    assert time.monotonic() - began < 2
    assert changing.get("/v1/assets?min_position=21").status_code == 200
    assert changing.get("/v1/findings?min_position=25").status_code == 200


def test_a_read_model_that_is_not_built_is_told_at_once(empty: TestClient) -> None:
    assert problem(empty, "GET", "/v1/assets?min_position=1").code == "not-ready"


@pytest.mark.parametrize("text", ["-1", "x", str(2**63), "1.5"])
def test_a_position_that_none_can_be_is_refused(web: TestClient, text: str) -> None:
    told = problem(web, "GET", f"/v1/assets?min_position={text}")
    assert [fault.parameter for fault in told.errors] == ["min_position"]


def test_after_a_lost_connection_the_positions_are_heard_again(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    assert execute(database, _LISTENERS) == 1
    position = cost(store, ids)
    Runner(database).catch_up()
    assert changing.get(f"/v1/assets?min_position={position}").json()["position"] == position


def test_an_unchanged_list_is_answered_without_asking_the_database(
    changing: TestClient, database: str
) -> None:
    known = changing.get("/v1/assets")
    with psycopg.connect(database) as own:
        own.execute("LOCK TABLE projections.assets, projections.tracking")
        same = changing.get("/v1/assets", headers={"If-None-Match": known.headers["etag"]})
        assert (same.status_code, same.headers["etag"]) == (304, known.headers["etag"])
        assert changing.get("/v1/assets").content == known.content


def test_a_rebuilt_read_model_is_read_anew(changing: TestClient, database: str) -> None:
    known = changing.get("/v1/assets").headers["etag"]
    with psycopg.connect(database) as own:
        own.execute("UPDATE projections.tracking SET version = 'another' WHERE name = 'assets'")
        own.execute("UPDATE projections.assets SET item = '{}'")
        own.execute("SELECT pg_notify('auctions_read', 'assets 25')")
    eventually(lambda: changing.get("/v1/assets").headers["etag"] != known)
    assert changing.get("/v1/assets").json()["items"] == [{}] * 5
    rebuild(database, read_models()["assets"])
    eventually(lambda: changing.get("/v1/assets").headers["etag"] == known)
    assert changing.get("/v1/assets").json()["items"][0]["asset_ref"]


def test_a_service_that_hears_nothing_asks_the_database_each_time(
    database: str, ids: Id, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(_: Positions) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(Positions, "listen", deaf)
    recorded(database)
    with TestClient(create_app(database, patience=0.2)) as client:
        for path in ("/v1/assets", "/v1/findings", "/v1/decline"):
            etag = client.get(path).headers["etag"]
            assert client.get(path, headers={"If-None-Match": etag}).status_code in {200, 304}
        position = cost(store, ids)
        Runner(database).catch_up()
        assert client.get("/v1/assets").json()["position"] == position
        assert problem(client, "GET", f"/v1/assets?min_position={position}").code == "database-away"
