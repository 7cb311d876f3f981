import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.database import pool
from projections.registry import read_models
from tests.web.register import LAND, Id
from tests.web.test_kept_answers import LISTS
from tests.web.test_problems import problem

READ_MODELS = sorted(read_models())
_READERS = """SELECT {what}(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = %s"""


def on_readers(url: str, what: str, state: str) -> int:
    """Do `what` to every other session in a state; how many there were."""
    with psycopg.connect(url, autocommit=True) as own:
        return len(own.execute(_READERS.replace("{what}", what).encode(), [state]).fetchall())


def test_read_models_that_are_built_make_the_service_ready(web: TestClient) -> None:
    assert web.get("/readyz").json() == {
        "status": "ready",
        "position": 25,
        "read_models": [{"name": name, "position": 25, "lag": 0, "stopped_at": None} for name in READ_MODELS],
    }


def test_the_lag_of_a_read_model_is_counted_in_entries(changing: TestClient, database: str) -> None:
    with psycopg.connect(database) as own:
        own.execute("UPDATE projections.tracking SET position = 21, stopped_at = 22 WHERE name = 'assets'")
    told = changing.get("/readyz").json()["read_models"][READ_MODELS.index("assets")]
    assert (told["position"], told["lag"], told["stopped_at"]) == (21, 4, 22)


def test_a_service_without_read_models_is_not_ready(empty: TestClient) -> None:
    told = problem(empty, "GET", "/readyz")
    assert (told.code, told.detail) == ("not-ready", f"the runner has not built: {', '.join(READ_MODELS)}")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_whose_read_model_is_not_built_is_not_ready(empty: TestClient, path: str) -> None:
    told = problem(empty, "GET", path)
    assert (told.status, told.code) == (503, "not-ready")


def test_a_lacking_migration_is_named(changing: TestClient, database: str) -> None:
    with psycopg.connect(database) as own:
        own.execute("DELETE FROM auctions.migrations WHERE name = '0003_references.sql'")
    told = problem(changing, "GET", "/readyz")
    assert told.detail == "run `auctions migrate`; missing: 0003_references.sql"


def test_a_database_without_any_migration_is_not_ready(database: str) -> None:
    with psycopg.connect(database) as own:
        own.execute("DROP SCHEMA projections CASCADE")
        own.execute("DROP SCHEMA auctions CASCADE")
    with TestClient(create_app(database)) as client:
        assert problem(client, "GET", "/readyz").detail.startswith(
            "run `auctions migrate`; missing: 0001_log.sql"
        )
        assert problem(client, "GET", "/v1/assets").code == "not-ready"


def test_a_read_model_that_is_missing_under_its_name_is_not_ready(
    changing: TestClient, database: str
) -> None:
    with psycopg.connect(database) as own:
        own.execute("DROP TABLE projections.assets")
    assert problem(changing, "GET", "/v1/assets").code == "not-ready"


def test_an_error_of_the_service_is_a_problem_without_its_text(
    changing: TestClient, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    with psycopg.connect(database) as own:
        own.execute("ALTER TABLE projections.assets RENAME COLUMN item TO thing")
    told = problem(changing, "GET", "/v1/assets")
    assert told.code == "internal-error"
    assert "item" not in told.model_dump_json()
    assert f"request {told.request_id} failed" in caplog.messages
    assert "UndefinedColumn" in caplog.text


def eventually(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_query_that_takes_too_long_is_ended(changing: TestClient, database: str) -> None:
    with psycopg.connect(database) as own, ThreadPoolExecutor(1) as asking:
        own.execute("LOCK TABLE projections.assets")
        told = asking.submit(problem, changing, "GET", "/v1/assets")
        eventually(lambda: on_readers(database, "pg_cancel_backend", "active"))
        assert told.result(10).code == "query-too-long"


async def shown(url: str, setting: str) -> object:
    async with pool(url) as opened, opened.connection() as own:
        return await (await own.execute(f"SHOW {setting}".encode())).fetchone()


def test_every_query_has_ten_seconds_and_the_rights_of_the_service(database: str) -> None:
    assert asyncio.run(shown(database, "statement_timeout")) == ("10s",)
    assert asyncio.run(shown(database, "role")) == ("auctions_service",)


def test_after_lost_connections_the_service_answers_again(
    changing: TestClient, ids: Id, database: str
) -> None:
    path = f"/v1/assets/{ids[LAND]}"
    assert changing.get(path).status_code == 200
    assert on_readers(database, "pg_terminate_backend", "idle")
    assert problem(changing, "GET", path).code == "database-away"
    eventually(lambda: changing.get(path).status_code == 200)
