"""Who recorded late, as it is told to the public, to the own office and to auditors."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.models_of_late_entries import LateEntries
from auctions.application.recording import Actor, record, today
from auctions.domain.asset.events import asset_id
from auctions.store.postgres import PostgresStore
from projections import late_entries
from tests.contract.registers import head
from tests.unit.given import entry
from tests.web.keys import Headers, held
from tests.web.register import OFFICE, OTHER
from tests.web.test_problems import problem

Told = list[tuple[str, str | None, int, int]]


@pytest.fixture
def dated(empty: TestClient, store: PostgresStore) -> TestClient:
    """An office whose two coordinators recorded 0, 7 and 8 days, and 30 days after the fact; another, 9."""
    for office, actor, days in (
        (OFFICE, "prompt", 0),
        (OFFICE, "prompt", 7),
        (OFFICE, "prompt", 8),
        (OFFICE, "tardy", 30),
        (OTHER, "other", 9),
    ):
        ref = f"TS-{actor}-{days}"
        on = today() - timedelta(days)
        seized = entry("seized", 1, asset_ref=ref, office=office).model_copy(update={"on": on})
        by = Actor(actor, office)
        record(store, stream_id=asset_id(office, ref), entries=[seized], by=by, as_found=True)
    return empty


def told(web: TestClient, who: Headers | None = None, **asked: Any) -> Told:  # noqa: ANN401 - any parameter
    answer = web.get("/v1/late-entries", params=asked, headers=who or {})
    found = LateEntries.model_validate_json(answer.content, strict=True)
    assert found.model_dump(mode="json") == answer.json()
    return [(each.office, each.actor, each.recorded_late, each.n) for each in found.items]


def test_the_public_is_told_the_sums_of_each_office_the_most_late_first(dated: TestClient) -> None:
    assert told(dated) == [(OFFICE, None, 2, 4), (OTHER, None, 1, 1)]
    assert told(dated, days=8) == [(OFFICE, None, 1, 4), (OTHER, None, 1, 1)]
    assert told(dated, days=30) == [(OFFICE, None, 0, 4), (OTHER, None, 0, 1)]
    assert told(dated, office=OTHER) == [(OTHER, None, 1, 1)]
    assert told(dated, office="KV-99") == []


def test_auditors_are_told_who_recorded_and_an_office_its_own(dated: TestClient, database: str) -> None:
    own = [(OFFICE, "tardy", 1, 1), (OFFICE, "prompt", 1, 3)]
    other = (OTHER, "other", 1, 1)
    assert told(dated, held(database, "auditor")) == [own[0], other, own[1]]
    assert told(dated, held(database, "coordinator", OFFICE)) == [own[0], (OTHER, None, 1, 1), own[1]]
    assert told(dated, held(database, "supervisor", OTHER)) == [(OFFICE, None, 2, 4), other]
    for role in ("client", "administrator"):
        assert told(dated, held(database, role, OFFICE)) == told(dated)


def test_the_public_is_not_told_who_recorded_without_an_office(
    dated: TestClient, store: PostgresStore, database: str
) -> None:
    seized = entry("seized", 1, asset_ref="TS-imported", office=OFFICE)
    record(
        store,
        stream_id=asset_id(OFFICE, "TS-imported"),
        entries=[seized],
        by=Actor("clerk", ""),
        as_found=True,
    )
    assert [actor for office, actor, _, _ in told(dated) if not office] == [None]
    assert [actor for office, actor, _, _ in told(dated, held(database, "auditor")) if not office] == [
        "clerk"
    ]


def test_the_longest_delay_is_told_in_days_of_the_calendar(dated: TestClient) -> None:
    items = dated.get("/v1/late-entries").json()["items"]
    assert [item["longest"] for item in items] == [30, 9]


def test_it_is_told_as_it_was_known(dated: TestClient, database: str) -> None:
    assert told(dated, known_at=3) == [(OFFICE, None, 1, 3)]
    assert told(dated, known_at=0) == []
    later = problem(dated, "GET", f"/v1/late-entries?known_at={head(database) + 1}")
    assert [fault.code for fault in later.errors] == ["known-at-in-future"]


def test_of_a_long_log_the_last_entries_are_counted_and_it_says_so(
    dated: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_entries, "MOST", 2)
    answer = dated.get("/v1/late-entries").json()
    assert (answer["after"], answer["known_at"], answer["days"]) == (3, 5, 7)
    assert told(dated) == [(OFFICE, None, 1, 1), (OTHER, None, 1, 1)]
    assert told(dated, known_at=answer["after"]) == [(OFFICE, None, 1, 2)]
