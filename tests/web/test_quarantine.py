"""Rows that an import set aside are listed with the reasons, mended and tried again over HTTP."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.models_of_imports import ImportAnswer, Quarantined, QuarantinePage
from tests.journeys.registers import good
from tests.web.keys import held
from tests.web.register import OFFICE, OTHER
from tests.web.sending import body, ended, entries_in, send
from tests.web.test_imports import WRONG, counts, places

VALUE = {"value": "3000000000"}


@pytest.fixture
def dirty(coordinator: TestClient, tmp_path: Path) -> TestClient:
    """A client of a service that has set two rows of a register aside."""
    assert (
        ended(coordinator, send(coordinator, body(tmp_path, [*good(), *WRONG]), mode="quarantine"))[
            "quarantined"
        ]
        == 2
    )
    return coordinator


def waiting(client: TestClient) -> list[str]:
    items = client.get("/v1/quarantine").json()["items"]
    return [item["quarantine_id"] for item in items]


def retried(client: TestClient, row: str, cells: dict[str, str], key: str = "") -> Response:
    answer: Response = client.post(
        f"/v1/quarantine/{row}/retries",
        json={"cells": cells},
        headers={"Idempotency-Key": key or uuid4().hex},
    )
    return answer


def test_the_rows_that_wait_are_listed_with_cells_and_reasons_page_by_page(dirty: TestClient) -> None:
    whole = QuarantinePage.model_validate_json(dirty.get("/v1/quarantine").content, strict=True)
    assert [(item.row, item.filename, item.asset_ref) for item in whole.items] == [
        (15, "register.csv", "TS-3"),
        (16, "register.csv", "TS-3"),
    ]
    assert whole.items[1].cells["value"] == "3 tỷ"
    assert [(each.column, each.code) for each in whole.items[1].problems] == [("value", "wrong-number")]
    first = dirty.get("/v1/quarantine?limit=1").json()
    rest = dirty.get(f"/v1/quarantine?limit=1&cursor={first['next']}").json()
    assert [item["row"] for item in first["items"] + rest["items"]] == [15, 16]
    assert rest["next"] is None


def test_a_mended_row_is_recorded_and_waits_no_more(dirty: TestClient, database: str) -> None:
    late, misspelt = waiting(dirty)
    answer = retried(dirty, misspelt, VALUE)
    assert ImportAnswer.model_validate_json(answer.content, strict=True)
    assert (answer.json()["state"], counts(answer.json())) == ("done", (1, 1, 1, 0, 0, 0))
    assert (waiting(dirty), entries_in(database)) == ([late], 14)
    assert retried(dirty, late, {}).json()["recorded"] == 1
    assert (waiting(dirty), entries_in(database)) == ([], 15)


def test_a_row_that_is_refused_again_goes_on_waiting_with_its_newest_reason(
    dirty: TestClient, database: str
) -> None:
    _, misspelt = waiting(dirty)
    answer = retried(dirty, misspelt, {"value": "-1"}).json()
    assert (answer["state"], places(answer)) == ("failed", [(1, "value", "out-of-range")])
    assert counts(answer) == (1, 0, 0, 0, 1, 1)
    item = dirty.get("/v1/quarantine").json()["items"][1]
    assert (item["cells"]["value"], item["problems"][0]["code"]) == ("-1", "out-of-range")
    assert entries_in(database) == 13


def test_a_retry_sent_again_is_answered_as_before(dirty: TestClient, database: str) -> None:
    _, misspelt = waiting(dirty)
    first, second = (retried(dirty, misspelt, VALUE, "k-1") for _ in range(2))
    assert (first.status_code, first.content) == (200, second.content)
    other = retried(dirty, misspelt, {"value": "4"}, "k-1")
    assert (other.status_code, other.json()["code"]) == (422, "command-id-reused")
    anew = retried(dirty, misspelt, VALUE).json()
    assert (anew["state"], anew["recorded"], anew["already"]) == ("done", 0, 1)
    assert entries_in(database) == 14


def test_a_row_that_never_waited_is_not_found(dirty: TestClient) -> None:
    answer = retried(dirty, str(uuid4()), {})
    assert (answer.status_code, answer.json()["code"]) == (404, "row-not-found")


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (b"", None),
        (b"{", None),
        (b'{"cells": {"value": 3}}', "/cells/value"),
        (b'{"cells": {}, "row": 1}', "/row"),
        (b"[" * 10_000, None),
        (b"[]", "/"),
        (b'{"cells": {"a/b": 3}}', "/cells/a~1b"),
    ],
)
def test_a_mending_that_cannot_be_read_is_refused(
    dirty: TestClient, content: bytes, pointer: str | None
) -> None:
    path = f"/v1/quarantine/{waiting(dirty)[0]}/retries"
    answer = dirty.post(path, content=content, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (422, "body-refused")
    assert [fault.get("pointer") for fault in answer.json()["errors"]] == [pointer]
    keyless = dirty.post(path, content=b"{}")
    assert (keyless.status_code, keyless.json()["code"]) == (400, "idempotency-key-needed")


def test_a_row_with_what_is_no_character_is_told_in_json_that_can_be_read(coordinator: TestClient) -> None:
    line = rb'{"asset_ref": "TS-\ud800", "entry": "seized", "on": "2024-01-05", "note": "\u0000"}'
    state = ended(coordinator, send(coordinator, line, form="jsonl", mode="quarantine"))
    assert state["quarantined"] == 1
    page = QuarantinePage.model_validate_json(coordinator.get("/v1/quarantine").content, strict=True)
    assert page.items[0].cells["note"] == "\0"


def test_an_office_imports_its_own_files_and_sees_its_own_imports_and_rows(
    dirty: TestClient, database: str, tmp_path: Path
) -> None:
    own, foreign = waiting(dirty)[0], send(dirty, body(tmp_path, good()))
    ended(dirty, foreign)
    dirty.headers.update(held(database, "coordinator", OTHER))
    assert waiting(dirty) == []
    assert dirty.get(foreign.headers["location"]).status_code == 404
    assert dirty.delete(foreign.headers["location"]).status_code == 404
    assert retried(dirty, own, {}).status_code == 404
    rows = [{**good()[0], "asset_ref": "TS-8"}, {**good()[0], "asset_ref": "TS-9", "office": OTHER}]
    state = ended(dirty, send(dirty, body(tmp_path, rows), mode="quarantine"))
    assert (places(state), counts(state)) == ([(2, "office", "another-office")], (2, 2, 1, 0, 1, 1))
    with psycopg.connect(database) as reader:
        offices = "SELECT office FROM auctions.quarantine WHERE resolved_at IS NULL ORDER BY office"
        assert reader.execute(offices).fetchall() == [(OFFICE,), (OFFICE,), (OTHER,)]


def test_who_has_no_office_imports_nothing(coordinator: TestClient, database: str, tmp_path: Path) -> None:
    coordinator.headers.update(held(database, "supervisor", ""))
    answer = send(coordinator, body(tmp_path, good()))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_one_row_that_waits_is_told_to_its_office_alone(dirty: TestClient, database: str) -> None:
    late, _ = waiting(dirty)
    told = Quarantined.model_validate_json(dirty.get(f"/v1/quarantine/{late}").content, strict=True)
    assert (str(told.quarantine_id), told.row) == (late, 15)
    for headers in (held(database, "coordinator", OTHER), held(database, "supervisor", OTHER)):
        refused = dirty.get(f"/v1/quarantine/{late}", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (404, "row-not-found")
