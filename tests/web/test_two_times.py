"""As of a legal day, as known at a position or a time: over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record, today
from auctions.store.postgres import PostgresStore
from projections import past_actions
from projections.runner import Runner
from tests.unit.given import entry, struck
from tests.web.register import BARE, FIELD, HOUSE, LAND, NEWEST, OFFICE, OTHER, VALUE, VESSEL, Id

LISTS = ["/v1/assets", "/v1/findings", "/v1/next-actions", "/v1/next-actions.ics", "/v1/decline"]
PARTS = ["", "/ladder", "/history", "/replay", "/plan"]
PINNED = "as_of=2025-01-12&known_at=9"
FOR_EVER = "public, max-age=31536000, immutable"


def refs(web: TestClient, **asked: str) -> list[str]:
    answer = web.get("/v1/assets", params=asked)
    assert answer.status_code == 200, answer.text
    return [item["asset_ref"] for item in answer.json()["items"]]


def paths(ids: Id) -> list[str]:
    return [*LISTS, *(f"/v1/assets/{ids[LAND]}{part}" for part in PARTS)]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2025-01-01", []),
        ("2025-01-02", [LAND, HOUSE, VESSEL]),
        ("2025-01-05", [BARE, LAND, HOUSE, VESSEL]),
        ("2025-01-10", NEWEST),
        ("2025-01-11", [FIELD, BARE, LAND]),
    ],
)
def test_what_remained_unsold_on_a_day_is_listed(web: TestClient, day: str, found: list[str]) -> None:
    assert refs(web, unsold="true", as_of=day) == found


@pytest.mark.parametrize(
    ("position", "found"),
    [(0, []), (1, [LAND]), (10, [LAND, HOUSE]), (20, [BARE, LAND, HOUSE, VESSEL]), (25, NEWEST)],
)
def test_a_list_holds_what_was_known_at_a_position(web: TestClient, position: int, found: list[str]) -> None:
    assert refs(web, known_at=str(position)) == found


def test_an_item_tells_what_held_on_the_day_as_it_was_known(web: TestClient) -> None:
    told = [
        web.get("/v1/assets", params={"as_of": day, "known_at": known_at}).json()["items"][-1]
        for day, known_at in (("2025-01-12", 4), ("2025-01-12", 9), ("2025-01-25", 7))
    ]
    assert [(item["stage"], item["price"], item["rounds"]) for item in told] == [
        ("awaiting_reduction", VALUE, 1),
        ("awaiting_round", 900_000_000, 1),
        ("awaiting_reduction", 900_000_000, 2),
    ]


def test_a_list_of_today_as_known_now_is_the_present_one(web: TestClient) -> None:
    present = web.get("/v1/assets").json()
    for asked in (f"as_of={today()}", "known_at=25", f"as_of={today()}&known_at=25", f"known_at={today()}"):
        assert web.get(f"/v1/assets?{asked}").json() == present


def test_one_asset_is_told_as_of_a_day_as_known_at_a_position(web: TestClient, ids: Id) -> None:
    told = web.get(f"/v1/assets/{ids[LAND]}?as_of=2025-01-13&known_at=5").json()
    assert (told["as_of"], told["known_at"], told["position"]) == ("2025-01-13", 5, 5)
    assert (told["version"], told["stage"], told["price"]) == (5, "awaiting_round", 900_000_000)


def test_a_strike_is_not_known_before_it_was_recorded(web: TestClient, ids: Id) -> None:
    path = f"/v1/assets/{ids[FIELD]}"
    costs = [web.get(f"{path}?known_at={position}").json()["costs"] for position in (23, 24, 25)]
    assert costs == [2_500_000, 2_540_000, 40_000]
    history = web.get(f"{path}/history?known_at=24").json()
    assert [line["struck_by"] for line in history["entries"]] == [None, None, None]


def test_a_history_as_of_a_day_ends_with_the_entries_of_that_day(web: TestClient, ids: Id) -> None:
    path = f"/v1/assets/{ids[LAND]}/history"
    entries = web.get(f"{path}?as_of=2025-01-12").json()["entries"]
    assert [line["entry_no"] for line in entries] == [1, 2, 3, 4, 5]


def test_a_ladder_is_told_as_it_was_known(web: TestClient, ids: Id) -> None:
    steps = web.get(f"/v1/assets/{ids[LAND]}/ladder?known_at=5").json()["steps"]
    assert [step["price"] for step in steps] == [VALUE, 900_000_000]


def test_a_plan_is_made_from_what_was_known(web: TestClient, ids: Id) -> None:
    told = web.get(f"/v1/assets/{ids[LAND]}/plan?as_of=2025-01-13&known_at=5").json()
    assert (told["as_of"], told["known_at"], told["position"]) == ("2025-01-13", 5, 5)
    assert told["steps"][0]["starting_price"] == 900_000_000


def test_a_position_inside_a_command_is_read_as_the_end_of_the_one_before(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    strikes = [struck(number) for number in (3, 4, 5, 6, 7, 8, 9)]
    record(store, stream_id=ids[LAND], entries=strikes, by=Actor("clerk", OFFICE), as_found=True)
    Runner(database).catch_up()
    restated = "/v1/restatement?known_at=20"
    for path in [restated, *paths(ids)]:
        known_at = "&known_at=" if path == restated else "?known_at="
        before, inside, whole = (changing.get(f"{path}{known_at}{number}") for number in (25, 26, 32))
        assert inside.status_code == 200, path
        assert inside.content == before.content
        assert whole.content != before.content


def test_an_asset_not_yet_known_is_not_found(web: TestClient, ids: Id) -> None:
    answer = web.get(f"/v1/assets/{ids[HOUSE]}?known_at=9")
    assert (answer.status_code, answer.json()["code"]) == (404, "asset-not-found")


def test_findings_are_told_as_of_a_day_as_known_at_a_position(web: TestClient) -> None:
    def found(**asked: str) -> list[str]:
        return [item["rule"] for item in web.get("/v1/findings", params=asked).json()["items"]]

    assert found() == ["FAIL-02", "LDG-13"]
    assert found(as_of="2025-01-11") == []
    assert found(as_of="2025-01-12") == ["FAIL-02"]
    assert found(known_at="4") == []
    assert found(known_at="5") == ["FAIL-02"]


def test_next_actions_are_told_as_of_a_day_as_known_at_a_position(web: TestClient) -> None:
    def found(**asked: str) -> list[tuple[str, str]]:
        answer = web.get("/v1/next-actions", params=asked).json()
        return [(item["asset_ref"], item["action"]) for item in answer["items"]]

    assert found(known_at="25") == found()
    assert found(as_of="2025-01-02", known_at="1") == [(LAND, "contract_appraisal")]
    assert ("pay" in dict(found(as_of="2025-01-11")).values()) is True
    assert found(as_of="2025-01-01") == []


def test_a_calendar_is_told_as_of_a_day(web: TestClient) -> None:
    calendar = web.get("/v1/next-actions.ics?as_of=2025-01-02&known_at=1").text
    assert calendar.count("BEGIN:VEVENT") == 1


def test_too_many_files_of_the_past_are_refused_with_what_to_name(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for function in (past_actions.past_query, past_actions.past_rows):
        monkeypatch.setattr(function, "__defaults__", (4,))
    answer = web.get("/v1/next-actions?as_of=2025-01-10")
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["code"]) == (422, "too-many-files")
    assert "name an office or an asset" in fault["detail"]
    assert web.get(f"/v1/next-actions?as_of=2025-01-10&office={OTHER}").status_code == 200


def test_every_answer_tells_its_times_and_asked_again_for_them_is_the_same(web: TestClient, ids: Id) -> None:
    for path in paths(ids):
        if path.endswith(".ics"):
            continue
        told = web.get(path).json()
        assert told["known_at"] == told["position"] == int(web.get(path).headers["position"])
        times = {"as_of": told["as_of"] or today().isoformat(), "known_at": told["known_at"]}
        again = web.get(path, params=times).json()
        assert again | {"as_of": told["as_of"]} == told


def test_an_answer_with_both_times_given_may_be_kept_for_ever(web: TestClient, ids: Id) -> None:
    later = {path: web.get(f"{path}?{PINNED}").headers["cache-control"] for path in paths(ids)}
    lawful = {"/v1/findings", "/v1/next-actions", "/v1/next-actions.ics"}
    lawful |= {f"/v1/assets/{ids[LAND]}{part}" for part in ("/plan", "/replay")}
    assert later == {path: "no-cache" if path in lawful else FOR_EVER for path in later}


@pytest.mark.parametrize("asked", ["", "as_of=2025-01-12", "known_at=9"])
def test_an_answer_with_one_time_left_open_is_asked_for_again(web: TestClient, ids: Id, asked: str) -> None:
    for path in paths(ids):
        assert web.get(f"{path}?{asked}").headers["cache-control"] == "no-cache"


def test_an_answer_of_the_past_stays_as_it_was_after_a_late_entry_and_a_strike(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    asked = [f"{path}?as_of=2025-01-25&known_at=25" for path in paths(ids)]
    before = {path: changing.get(path).content for path in asked}
    late = [entry("cost_accrued", 3), struck(6)]
    record(store, stream_id=ids[LAND], entries=late[:1], by=Actor("clerk", OFFICE), as_found=True)
    record(store, stream_id=ids[FIELD], entries=[struck(3)], by=Actor("clerk", OTHER))
    Runner(database).catch_up()
    assert changing.get("/v1/assets?known_at=27").status_code == 200
    assert {path: changing.get(path).content for path in asked} == before


def test_a_time_stands_for_the_last_position_recorded_by_then(web: TestClient, ids: Id) -> None:
    lines = web.get(f"/v1/assets/{ids[FIELD]}/history").json()["entries"]
    moments = {line["position"]: datetime.fromisoformat(line["recorded_at"]) for line in lines}
    for position in (22, 23, 24):
        told = web.get("/v1/assets", params={"known_at": moments[position].isoformat()}).json()
        assert told["known_at"] == position
    just_before = moments[23] - timedelta(microseconds=1)
    assert web.get("/v1/assets", params={"known_at": just_before.isoformat()}).json()["known_at"] == 22


@pytest.mark.parametrize("text", ["2000-01-01", "2000-01-01T07:00:00+07:00", "0001-01-01T00:00:00+14:00"])
def test_before_the_first_entry_nothing_was_known(web: TestClient, text: str) -> None:
    told = web.get("/v1/assets", params={"known_at": text}).json()
    assert (told["known_at"], told["items"]) == (0, [])


def test_a_time_after_which_more_may_be_recorded_is_not_kept_for_ever(web: TestClient) -> None:
    now = datetime.now(UTC).isoformat()
    answer = web.get("/v1/assets", params={"as_of": "2025-01-12", "known_at": now})
    assert answer.headers["cache-control"] == "no-cache"
    past = web.get("/v1/assets", params={"as_of": "2025-01-12", "known_at": "2000-01-01"})
    assert past.headers["cache-control"] == FOR_EVER


@pytest.mark.parametrize(
    ("known_at", "code"),
    [
        ("26", "known-at-in-future"),
        ("2999-01-01T00:00:00Z", "known-at-in-future"),
        ("2025-02-30", "not-a-knowledge"),
        ("2025-01-01T00:00:00", "not-a-knowledge"),
        ("2025-01-01T00:00:00 07:00", "not-a-knowledge"),
        ("٢٠٢٥", "not-a-knowledge"),
        ("-1", "not-a-knowledge"),
        ("yesterday", "not-a-knowledge"),
    ],
)
def test_a_knowledge_that_cannot_be_told_of_is_refused_on_every_route(
    web: TestClient, ids: Id, known_at: str, code: str
) -> None:
    for path in paths(ids):
        answer = web.get(path, params={"known_at": known_at})
        (fault,) = answer.json()["errors"]
        assert (answer.status_code, answer.json()["code"]) == (422, "parameter-refused")
        assert (fault["parameter"], fault["code"]) == ("known_at", code)


def test_what_will_be_known_tomorrow_is_not_told_of_today(web: TestClient) -> None:
    answer = web.get("/v1/assets", params={"known_at": (today() + timedelta(1)).isoformat()})
    assert [fault["code"] for fault in answer.json()["errors"]] == ["known-at-in-future"]


def test_a_malformed_knowledge_is_answered_by_what_was_expected(web: TestClient) -> None:
    (fault,) = web.get("/v1/assets?known_at=x").json()["errors"]
    assert fault["detail"].endswith("written 2026-03-31T17:00:00%2B07:00")
