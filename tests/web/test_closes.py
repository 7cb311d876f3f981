"""The close of an office's book over HTTP: by its supervisors, in order and once; and what came after it."""

import hashlib
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api import closes
from api.app import create_app
from api.models_of_closes import AfterClose, Close, Closes
from auctions.application.recording import Actor, record
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.contract.laws import change_rules, limit
from tests.contract.registers import head
from tests.unit.given import entry, struck
from tests.unit.test_closed_books import closed
from tests.web import test_together
from tests.web.keys import held
from tests.web.register import LAND, OFFICE, OTHER, recorded
from tests.web.test_problems import problem, told

PATH = f"/v1/offices/{OFFICE}/closes"
Q1 = {"quarter": "2025-Q1"}
KNOWN = 25
"""Entries of the register."""


class Supervisor:
    """A supervisor of the office, who closes its book."""

    def __init__(self, client: TestClient, url: str, actor: str = "HEAD-3") -> None:
        self._client, self._url = client, url
        self._headers = held(url, "supervisor", actor=actor)

    def close(self, body: Any, key: str, path: str = PATH) -> Response:  # noqa: ANN401 - any JSON
        answer = self._client.post(path, json=body, headers=self._headers | {"Idempotency-Key": key})
        Runner(self._url).catch_up()
        return answer

    def restated(self, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - a parameter
        answer = self._client.get(f"{PATH}/2025-Q1/restatement", params=asked, headers=self._headers)
        model = AfterClose.model_validate_json(answer.content, strict=True)
        assert model.model_dump(mode="json") == answer.json()
        return dict(answer.json())


@pytest.fixture
def supervisor(changing: TestClient, database: str) -> Supervisor:
    """A supervisor of the office on a register of the test's own."""
    return Supervisor(changing, database)


def test_a_supervisor_closes_a_quarter_and_all_are_told_of_it(
    changing: TestClient, supervisor: Supervisor, database: str
) -> None:
    answer = supervisor.close(Q1 | {"basis": "BB 4"}, "close-1")
    made = Close.model_validate_json(answer.content, strict=True)
    assert made.model_dump(mode="json") == answer.json()
    assert (answer.status_code, answer.headers["position"]) == (201, str(KNOWN + 1))
    assert (made.quarter, made.known_at, made.position, made.assets) == ("2025-Q1", KNOWN, KNOWN + 1, 4)
    assert (made.actor, made.basis, made.unsold.n) == ("HEAD-3", "BB 4", 2)
    seen = {
        role: Closes.model_validate_json(
            changing.get(PATH, headers=held(database, role) if role else {}).content, strict=True
        )
        for role in ("", "client", "auditor", "coordinator")
    }
    assert {role: each.items[0].actor for role, each in seen.items()} == {
        "": None,
        "client": None,
        "auditor": "HEAD-3",
        "coordinator": "HEAD-3",
    }
    assert seen["auditor"].items == [made]
    assert changing.get(f"{PATH}?known_at={KNOWN}").json()["items"] == []
    assert changing.get(f"/v1/offices/{OTHER}/closes").json()["items"] == []


def test_the_list_issued_with_a_close_is_the_one_that_is_sent(
    changing: TestClient, supervisor: Supervisor
) -> None:
    made = supervisor.close(Q1, "close-1").json()
    asked = {"unsold": True, "office": OFFICE, "as_of": made["last_day"], "known_at": made["known_at"]}
    sent = changing.get("/v1/assets.csv", params=asked).content
    assert hashlib.sha256(sent).hexdigest() == made["reports"]["unsold.csv"]


def test_the_same_close_sent_again_is_answered_as_at_first(supervisor: Supervisor, database: str) -> None:
    first = supervisor.close(Q1, "close-1")
    again = supervisor.close(Q1, "close-1")
    assert (again.status_code, again.content) == (201, first.content)
    assert head(database) == KNOWN + 1
    for body in ({"quarter": "2025-Q2"}, Q1 | {"basis": "BB 4"}):
        assert told(supervisor.close(body, "close-1")).code == "command-id-reused"


def test_a_key_that_another_command_had_closes_nothing(
    changing: TestClient, supervisor: Supervisor, database: str
) -> None:
    key = "0b6f5c1e-7d0e-4a55-9d5a-1f5b6d2c7e11"
    file, version = f"/v1/assets/{asset_id(OFFICE, LAND)}", {"If-Match": '"v9"'}
    cost = {"on": "2025-02-03", "amount": 5, "what": "custody"}
    by = held(database, "coordinator") | {"Idempotency-Key": key} | version
    assert changing.post(f"{file}/costs", json=cost, headers=by).status_code == 201
    Runner(database).catch_up()
    assert told(supervisor.close(Q1, key)).code == "command-id-reused"


@pytest.mark.parametrize(
    ("quarters", "code"),
    [
        (["2025-Q2"], "earlier-quarter-open"),
        (["2025-Q1", "2025-Q1"], "already-closed"),
        (["2025-Q1", "2025-Q3", "2025-Q2"], "already-closed"),
        (["2999-Q4"], "quarter-not-over"),
    ],
)
def test_a_quarter_that_is_not_to_be_closed_is_refused_with_why(
    supervisor: Supervisor, quarters: list[str], code: str
) -> None:
    *before, last = quarters
    for quarter in before:
        assert supervisor.close({"quarter": quarter}, f"before-{quarter}").status_code == 201
    refused = told(supervisor.close({"quarter": last}, "last"))
    assert (refused.status, refused.code, refused.errors[0].code) == (409, "refused", code)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"quarter": "2025-Q5"}, "/quarter"),
        ({"quarter": 20251}, "/quarter"),
        ({}, "/quarter"),
        (Q1 | {"basis": ""}, "/basis"),
        (Q1 | {"known_at": 3}, "/known_at"),
    ],
)
def test_a_body_that_is_not_as_described_is_refused_with_its_place(
    supervisor: Supervisor, body: dict[str, Any], pointer: str
) -> None:
    refused = told(supervisor.close(body, "wrong"))
    assert (refused.code, refused.errors[0].pointer) == ("body-refused", pointer)


def test_a_close_needs_a_key_and_a_supervisor_of_that_office(
    changing: TestClient, supervisor: Supervisor, database: str
) -> None:
    by = held(database, "supervisor")
    assert told(changing.post(PATH, json=Q1, headers=by)).code == "idempotency-key-needed"
    assert told(supervisor.close(Q1, "other", f"/v1/offices/{OTHER}/closes")).code == "not-allowed"
    for role in ("coordinator", "auditor", "administrator"):
        who = held(database, role) | {"Idempotency-Key": "close-1"}
        assert told(changing.post(PATH, json=Q1, headers=who)).code == "not-allowed"
    assert changing.get(PATH).json()["items"] == []


def test_a_close_waits_until_all_that_is_recorded_is_read(store: PostgresStore, database: str) -> None:
    recorded(database)
    add(store, entry("cost_accrued", 6))
    with TestClient(create_app(database, patience=0.1)) as client:
        made = told(Supervisor(client, database).close(Q1, "close-1"))
    assert (made.code, made.status) == ("not-yet-read", 503)


def add(store: PostgresStore, *entries: AssetEntry) -> None:
    """Record entries of the land together, as found."""
    by = Actor("clerk", OFFICE)
    record(store, stream_id=asset_id(OFFICE, LAND), entries=entries, by=by, as_found=True)


def test_commands_of_an_office_that_closed_its_book_are_still_recorded_together(
    store: PostgresStore, database: str
) -> None:
    change_rules(store, closed("2024-Q4"), limit(OFFICE, 5), closed("2025-Q1"))
    cost = test_together.asked(test_together.LAND, entry("cost_accrued", 3))
    found = test_together.told(store, database, test_together.seizures("TS-1"), [cost])
    assert test_together.recorded(found) == [[True], [True]]


@pytest.fixture
def later(supervisor: Supervisor, store: PostgresStore, database: str) -> Supervisor:
    """The supervisor after the close of a quarter, a late cost and a reduction that was struck."""
    assert supervisor.close(Q1, "close-1").status_code == 201
    add(store, entry("cost_accrued", 6, note="late bill"))
    add(store, struck(9, on=99), struck(8, on=99))
    Runner(database).catch_up()
    return supervisor


def test_what_was_entered_after_a_close_is_told_with_the_stock_then_and_now(later: Supervisor) -> None:
    found = later.restated()
    assert [(each["entry"], each["actor"], each["note"]) for each in found["entries"]] == [
        ("cost_accrued", "clerk", "late bill"),
        ("entry_struck", "clerk", None),
        ("entry_struck", "clerk", None),
    ]
    assert all(each["remark_vi"].startswith("đã sửa đổi, bổ sung ngày ") for each in found["entries"])
    assert found["known_at"] == [KNOWN, KNOWN + 4]
    before, after = found["unsold"]["before"], found["unsold"]["after"]
    assert (before["price"], after["price"]) == (855_000_000, 900_000_000)


def test_a_restatement_is_told_again_as_it_was_known(later: Supervisor) -> None:
    assert [each["entry"] for each in later.restated(known_at=KNOWN + 2)["entries"]] == ["cost_accrued"]
    assert later.restated(known_at=KNOWN + 2) == later.restated(known_at=KNOWN + 2)
    assert later.restated(known_at=KNOWN + 1)["entries"] == []


def test_a_restatement_is_for_auditors_and_the_office_itself(
    changing: TestClient, later: Supervisor, database: str
) -> None:
    assert later
    path = f"{PATH}/2025-Q1/restatement"
    who = {
        (role, office): changing.get(path, headers=held(database, role, office)).status_code
        for role in ("auditor", "supervisor", "coordinator", "client", "administrator")
        for office in (OFFICE, OTHER)
    }
    assert {asker for asker, status in who.items() if status == 200} == {
        ("auditor", OFFICE),
        ("auditor", OTHER),
        ("supervisor", OFFICE),
        ("coordinator", OFFICE),
    }
    assert changing.get(path).status_code == 401


def test_a_quarter_that_is_not_closed_has_no_restatement(
    changing: TestClient, later: Supervisor, database: str
) -> None:
    assert later
    auditor = held(database, "auditor")
    for asked in ("2025-Q2/restatement", f"2025-Q1/restatement?known_at={KNOWN}"):
        missing = problem(changing, "GET", f"{PATH}/{asked}", **auditor)
        assert (missing.status, missing.code) == (404, "close-not-found")
    refused = problem(changing, "GET", f"{PATH}/2025-Q9/restatement", **auditor)
    assert (refused.code, refused.errors[0].parameter) == ("parameter-refused", "quarter")


def test_a_restatement_of_too_many_entries_is_refused(
    changing: TestClient, later: Supervisor, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closes, "MOST", 2)
    path, auditor = f"{PATH}/2025-Q1/restatement", held(database, "auditor")
    refused = problem(changing, "GET", path, **auditor)
    assert (refused.code, refused.errors[0].code) == ("parameter-refused", "too-many-entries")
    assert later.restated(known_at=KNOWN + 2)["entries"]
