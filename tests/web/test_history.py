from datetime import UTC, datetime

from starlette.testclient import TestClient

from auctions.application.recording import Actor, record
from auctions.store.postgres import PostgresStore
from tests.unit.given import struck
from tests.web.keys import held
from tests.web.register import BARE, FIELD, OTHER, Id


def test_a_history_shows_the_struck_entry_with_the_number_of_its_strike(web: TestClient, ids: Id) -> None:
    told = web.get(f"/v1/assets/{ids[FIELD]}/history").json()
    assert told["asset_ref"] == FIELD
    lines = [(line["entry_no"], line["entry"], line["struck_by"]) for line in told["entries"]]
    assert lines == [
        (1, "seized", None),
        (2, "cost_accrued", 4),
        (3, "cost_accrued", None),
        (4, "entry_struck", None),
    ]


def test_an_entry_tells_when_and_by_whom_it_was_recorded(web: TestClient, register: str, ids: Id) -> None:
    path, auditor = f"/v1/assets/{ids[BARE]}/history", held(register, "auditor")
    line = web.get(path, headers=auditor).json()["entries"][1]
    recorded_at = datetime.fromisoformat(line.pop("recorded_at"))
    assert abs((datetime.now(UTC) - recorded_at).total_seconds()) < 3600
    assert line == {
        "entry_no": 2,
        "entry": "suspended",
        "on": "2025-01-07",
        "position": 21,
        "actor": "clerk",
        "struck_by": None,
        "data": {"reason": "complaint"},
    }


def test_a_file_whose_seizure_was_struck_keeps_its_history(
    changing: TestClient, ids: Id, store: PostgresStore
) -> None:
    strikes = [struck(number) for number in (3, 1)]
    record(store, stream_id=ids[FIELD], entries=strikes, by=Actor("clerk", OTHER))
    told = changing.get(f"/v1/assets/{ids[FIELD]}/history").json()
    assert [line["struck_by"] for line in told["entries"]] == [6, 4, 5, None, None, None]
    gone = changing.get(f"/v1/assets/{ids[FIELD]}")
    assert (gone.status_code, gone.json()["code"]) == (404, "asset-not-seized")
