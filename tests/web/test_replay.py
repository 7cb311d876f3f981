"""How a file grew, over HTTP: who is told what, and until when it may be kept."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api import cursor
from api.models_of_replays import Replay, ReplayedEntry
from auctions.application.recording import Actor, record
from auctions.domain.asset.events import asset_id
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.log import file, laws
from projections.views_of_replays import replay_view
from tests.unit.given import entry, struck
from tests.web.keys import held
from tests.web.register import BARE, FIELD, HOUSE, LAND, OFFICE, OTHER, VESSEL, Id
from tests.web.serving import served
from tests.web.test_problems import problem


def replayed(web: TestClient, asset_id: UUID, asked: str = "", **headers: str) -> Replay:
    answer = web.get(f"/v1/assets/{asset_id}/replay{asked}", headers=headers)
    assert answer.status_code == 200, answer.text
    return Replay.model_validate_json(answer.content, strict=True)


def changed(told: ReplayedEntry) -> dict[str, tuple[Any, Any]]:
    return {change.field: (change.before, change.after) for change in told.changes}


def test_a_file_is_told_entry_by_entry_as_the_command_line_tells_it(
    web: TestClient, ids: Id, register: str
) -> None:
    auditor = held(register, "auditor")
    with connection(register) as own:
        for ref in (LAND, HOUSE, VESSEL, BARE, FIELD):
            told = web.get(f"/v1/assets/{ids[ref]}/replay", headers=auditor).json()
            assert {name: told.pop(name) for name in ("as_of", "known_at", "position")} == {
                "as_of": None,
                "known_at": 25,
                "position": 25,
            }
            assert told == replay_view(file(own, ids[ref]), laws(own, 25)) | {"next": None}


def test_a_strike_tells_what_it_undid_and_the_struck_entry_why(
    web: TestClient, ids: Id, register: str
) -> None:
    told = replayed(web, ids[FIELD], **held(register, "auditor")).entries
    assert changed(told[3]) == {"costs": (2_540_000, 40_000)}
    assert told[1].struck_by is not None
    assert told[1].struck_by.model_dump() == {
        "entry_no": 4,
        "actor": "clerk",
        "on": told[3].on,
        "basis": "BB-9",
        "reason": "another asset's page",
        "approved_by": "head",
    }


def test_the_public_is_told_neither_who_recorded_nor_who_approved(
    web: TestClient, ids: Id, register: str
) -> None:
    _, cost, _, strike = replayed(web, ids[FIELD]).entries
    assert cost.struck_by is not None
    assert (cost.struck_by.actor, cost.struck_by.approved_by) == (None, None)
    assert (strike.actor, strike.approved_by, strike.data["approved_by"]) == (None, None, None)
    assert (strike.words, strike.reason) == ("entry 2 was struck through", "another asset's page")
    own = replayed(web, ids[FIELD], **held(register, "supervisor", OTHER)).entries
    assert (own[3].actor, own[3].approved_by) == ("clerk", "head")


def test_findings_stand_with_their_entries_as_they_are_listed(web: TestClient, ids: Id) -> None:
    told = replayed(web, ids[LAND]).entries
    broken = [(one.entry_no, one.rule, one.allowed) for each in told for one in each.findings]
    listed = web.get(f"/v1/findings?asset_id={ids[LAND]}").json()["items"]
    assert broken == [(item["entry_no"], item["rule"], item["allowed"]) for item in listed]
    assert len(broken) == 2


@pytest.mark.parametrize("limit", [1, 2, 4, 9])
@pytest.mark.parametrize("as_of", ["", "&as_of=2025-01-12"])
def test_a_file_is_told_page_after_page_as_it_is_told_at_once(
    web: TestClient, ids: Id, limit: int, as_of: str
) -> None:
    whole = replayed(web, ids[LAND], f"?known_at=25{as_of}").entries
    told, following = list[ReplayedEntry](), ""
    while len(told) < len(whole):
        page = replayed(web, ids[LAND], f"?known_at=25{as_of}&limit={limit}{following}")
        assert len(page.entries) == min(limit, len(whole) - len(told))
        told += page.entries
        following = f"&cursor={page.next}"
    assert (told, page.next) == (whole, None)


def test_a_client_is_told_a_long_file_whole(database: str, store: PostgresStore) -> None:
    long, clerk = asset_id(OFFICE, "TS-9"), Actor("clerk", OFFICE)
    record(store, stream_id=long, entries=[entry("seized", 1, asset_ref="TS-9")], by=clerk)
    for _ in range(41):
        record(store, stream_id=long, entries=[entry("cost_accrued", 2)] * 5, by=clerk)
    with served(database) as given:
        assert [each.entry_no for each in given.client().replay(long).entries] == list(range(1, 207))


def test_what_one_command_recorded_is_told_on_one_page_and_a_cursor_into_it_is_none(
    changing: TestClient, ids: Id, store: PostgresStore
) -> None:
    corrected = [struck(9), entry("round_announced", 22, round_no=3, starting_price=855_000_000)]
    record(store, stream_id=ids[LAND], entries=corrected, by=Actor("clerk", OFFICE), as_found=True)
    first = replayed(changing, ids[LAND], "?limit=9")
    last = replayed(changing, ids[LAND], f"?limit=1&cursor={first.next}")
    assert ([each.entry_no for each in last.entries], last.next) == ([10, 11], None)
    into, beyond = cursor.encoded([10]), cursor.encoded([11])
    path = f"/v1/assets/{ids[LAND]}/replay?cursor="
    assert problem(changing, "GET", path + into).errors[0].code == "cursor-unknown"
    assert replayed(changing, ids[LAND], f"?cursor={beyond}").entries == []
    for forged in ("x", cursor.encoded([0]), cursor.encoded(["TS-1", 2])):
        assert problem(changing, "GET", path + forged).errors[0].code == "cursor-unknown"


def test_an_answer_is_kept_until_something_is_recorded_and_no_reader_is_given_that_of_another(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    path, supervisor = f"/v1/assets/{ids[LAND]}/replay", held(database, "supervisor", OFFICE)
    public = changing.get(path)
    assert public.headers["vary"] == "Authorization, Cookie"
    seen = {"If-None-Match": public.headers["etag"]}
    assert changing.get(path, headers=seen).status_code == 304
    assert changing.get(path, headers=seen | supervisor).status_code == 200
    late = [entry("cost_accrued", 5)]
    record(store, stream_id=ids[LAND], entries=late, by=Actor("clerk", OFFICE), as_found=True)
    answer = changing.get(path, headers=seen)
    (*_, last) = Replay.model_validate_json(answer.content, strict=True).entries
    assert (answer.status_code, last.late, changed(last)) == (200, True, {"costs": (0, 2_500_000)})
