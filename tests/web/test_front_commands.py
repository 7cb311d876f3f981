"""A command by a key takes a shorter way, and is answered as on the way of all others."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from starlette.testclient import TestClient
from starlette.types import Scope

from api.app import create_app
from api.models_of_recording import Recorded
from api.watching import route
from auctions.domain.asset.events import asset_id
from auctions.store import keys
from tests.web.keys import Headers, held
from tests.web.register import LAND, OFFICE, filed
from tests.web.test_commands import AT, COST, FILE, SEIZED, STRUCK, posted
from tests.web.test_problems import told

LONG = "?as_found=false"
"""A question at the end leads a command on to the routes."""
NEW = asset_id(OFFICE, "TS-9")


@pytest.fixture
def coordinator(database: str) -> Headers:
    """The header of a coordinator of the office whose land is seized."""
    return held(database, "coordinator")


def test_what_is_recorded_by_either_way_is_answered_alike(
    recording: TestClient, coordinator: Headers
) -> None:
    seizures = [
        posted(recording, way, SEIZED | {"asset_ref": ref}, coordinator)
        for way, ref in (("", "TS-8"), (LONG, "TS-9"))
    ]
    costs = [
        posted(recording, f"/{asset_id(OFFICE, ref)}/costs{way}", COST, coordinator, {"If-Match": '"v1"'})
        for way, ref in (("", "TS-8"), (LONG, "TS-9"))
    ]
    for short, long in (seizures, costs):
        assert (short.status_code, list(short.headers)) == (long.status_code, list(long.headers))
        first, second = (Recorded.model_validate_json(answer.content) for answer in (short, long))
        assert (first.version, first.notes) == (second.version, second.notes)
        assert list(short.json()) == list(long.json())


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        (f"/{FILE}/costs", COST | {"amount": "much"}, AT),
        (f"/{FILE}/costs", COST | {"note": "x" * 70_000}, AT),
        (f"/{FILE}/costs", COST, {"If-Match": '"v3"'}),
        (f"/{FILE}/costs", COST, {"If-Match": "v3"}),
        (f"/{FILE}/costs", COST, {}),
        (f"/{FILE}/costs", COST, AT | {"Content-Type": "text/plain"}),
        (f"/{FILE}/costs", COST, AT | {"Idempotency-Key": "a key"}),
        (f"/{FILE}/costs", COST, AT | {"Authorization": "Bearer auk_000000000000_" + "x" * 43}),
        (f"/{FILE}/deliveries", {"on": "2025-03-03"}, AT),
        (f"/{FILE}/strikes", STRUCK, AT),
        (f"/{FILE}/sales", COST, AT),
        (f"/{NEW}/costs", COST, {"If-Match": '"v0"'}),
        ("", SEIZED | {"asset_ref": LAND}, {}),
        ("", SEIZED | {"office": "KV-9"}, {}),
    ],
)
def test_what_is_refused_by_either_way_is_told_alike(
    recording: TestClient, coordinator: Headers, path: str, body: object, headers: Headers
) -> None:
    short, long = (posted(recording, path + way, body, coordinator, headers) for way in ("", LONG))
    assert (short.status_code, list(short.headers)) == (long.status_code, list(long.headers))
    first, second = told(short), told(long)
    assert first.status == short.status_code >= 400
    assert first.model_dump(exclude={"request_id"}) == second.model_dump(exclude={"request_id"})


def test_a_command_sent_again_by_the_other_way_is_the_same_command(
    recording: TestClient, coordinator: Headers
) -> None:
    key = str(uuid4())
    answers = [
        posted(recording, f"/{FILE}/costs{way}", COST, coordinator, AT, key=key) for way in ("", LONG, "")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}


def test_a_key_that_is_revoked_records_nothing_more(
    recording: TestClient, coordinator: Headers, database: str
) -> None:
    assert posted(recording, f"/{FILE}/costs", COST, coordinator, AT).status_code == 201
    with psycopg.connect(database, autocommit=True, options=keys.OWNER) as own:
        keys.revoke(own, coordinator["Authorization"].split("_")[1])
    answer = posted(recording, f"/{FILE}/costs", COST, coordinator, {"If-Match": '"v10"'})
    assert told(answer).code == "credentials-refused"


def test_many_at_once_are_each_recorded_once_in_their_files(
    recording: TestClient, coordinator: Headers
) -> None:
    def life(number: int) -> list[int]:
        body = SEIZED | {"asset_ref": f"TS-{number}"}
        versions = [posted(recording, "", body, coordinator).json()["version"]]
        at = f"/{asset_id(OFFICE, f'TS-{number}')}/costs"
        for version in range(1, 6):
            answer = posted(recording, at, COST, coordinator, {"If-Match": f'"v{version}"'})
            versions.append(answer.json()["version"])
        return versions

    with ThreadPoolExecutor(16) as clients:
        assert list(clients.map(life, range(100, 132))) == [[1, 2, 3, 4, 5, 6]] * 32


def test_the_routes_of_commands_are_counted_by_their_nouns(database: str) -> None:
    filed(database)
    routes: list[tuple[str, int]] = []

    def watch(scope: Scope, status: int, _seconds: float) -> None:
        routes.append((route(scope), status))

    with TestClient(create_app(database, watches=[watch])) as client:
        coordinator = held(database, "coordinator")
        posted(client, "", SEIZED, coordinator)
        for way in ("", LONG, ""):
            posted(client, f"/{FILE}/costs{way}", COST, coordinator, AT)
    costs = "/v1/assets/{asset_id}/costs"
    assert routes == [("/v1/assets", 201), (costs, 201), (costs, 412), (costs, 412)]
