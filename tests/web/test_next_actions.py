from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import chain

import pytest
from starlette.testclient import TestClient

from auctions.application.recording import Actor, record, today
from auctions.domain.days import VIETNAM
from auctions.store.postgres import PostgresStore
from projections.runner import Runner
from tests.unit.given import entry
from tests.web.register import BARE, FIELD, HOUSE, LAND, OFFICE, OFFICER, OTHER, VESSEL, Id

Found = list[tuple[str, str]]
APPRAISE, REDEEM, HOLD = (FIELD, "contract_appraisal"), (LAND, "redeem"), (LAND, "hold")
REPORT, DISTRIBUTE, PAY = (LAND, "report_result"), (VESSEL, "distribute"), (HOUSE, "pay")
REGISTER, RESUME = (VESSEL, "register_title"), (BARE, "resume")
ALL = [APPRAISE, REDEEM, HOLD, REPORT, DISTRIBUTE, PAY, REGISTER, RESUME]


def pages(web: TestClient, **asked: str) -> Iterator[Found]:
    answer = web.get("/v1/next-actions", params=asked)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    yield [(item["asset_ref"], item["action"]) for item in page["items"]]
    if page["next"]:
        yield from pages(web, **asked | {"cursor": page["next"]})


def found(web: TestClient, **asked: str) -> Found:
    return list(chain.from_iterable(pages(web, **asked)))


def test_actions_stand_by_their_due_day_those_without_one_last(web: TestClient) -> None:
    assert found(web) == ALL


def test_an_action_tells_who_must_do_it_by_which_day_from_which_article(web: TestClient, ids: Id) -> None:
    answer = web.get("/v1/next-actions", params={"office": OTHER}).json()
    assert (answer["as_of"], answer["position"], answer["next"]) == (today().isoformat(), 25, None)
    assert answer["items"] == [
        {
            "asset_id": str(ids[FIELD]),
            "asset_ref": FIELD,
            "office": OTHER,
            "officer": None,
            "action": "contract_appraisal",
            "who": "officer",
            "must": True,
            "due": "2025-01-13",
            "not_before": None,
            "at": None,
            "overdue": True,
            "rule": "VAL-01",
            "article": "L26/2008 art 98(2)",
        }
    ]


def test_an_auction_tells_its_time(web: TestClient, ids: Id) -> None:
    items = web.get("/v1/next-actions", params={"asset_id": str(ids[LAND])}).json()["items"]
    assert [(item["due"], item["at"]) for item in items if item["action"] == "hold"] == [
        ("2025-01-31", "2025-01-31T02:00:00Z")
    ]


def test_actions_are_filtered_by_office_officer_asset_and_day(web: TestClient, ids: Id) -> None:
    assert found(web, office=OFFICE) == [action for action in ALL if action != APPRAISE]
    assert found(web, officer=OFFICER) == [PAY]
    assert found(web, officer=OFFICER, office=OTHER) == []
    assert found(web, asset_id=str(ids[VESSEL])) == [DISTRIBUTE, REGISTER]
    assert found(web, due_before="2025-01-31") == [APPRAISE, REDEEM]
    assert found(web, due_before="2025-02-01", asset_id=str(ids[LAND])) == [REDEEM, HOLD]
    assert found(web, due_from="2025-01-31", asset_id=str(ids[LAND])) == [HOLD, REPORT]
    assert found(web, due_from="2025-01-24", due_before="2025-02-01") == [REDEEM, HOLD]
    assert found(web, action="hold") == [HOLD]


def test_actions_are_filtered_by_what_is_to_be_done_and_from_a_day_on(web: TestClient, ids: Id) -> None:
    assert found(web, action="hold") == [HOLD]
    assert found(web, action="reduce_price") == []
    assert found(web, due_from="2025-01-31", due_before="2025-02-03") == [HOLD]
    assert found(web, due_from="2025-02-01", asset_id=str(ids[LAND])) == [REPORT]
    for pinned in ({"known_at": "25"}, {"as_of": "2025-01-30"}):
        assert found(web, action="hold", due_from="2025-01-31", office=OFFICE, **pinned) == [HOLD]
        assert found(web, action="hold", due_from="2025-02-01", office=OFFICE, **pinned) == []


def test_what_is_to_be_done_is_counted_by_officer(web: TestClient) -> None:
    told = web.get("/v1/next-actions/counts", params={"office": OFFICE}).json()
    assert (told["as_of"], told["office"]) == (today().isoformat(), OFFICE)
    counted = {each.pop("officer"): list(each.values()) for each in told["items"]}
    assert counted == {OFFICER: [1, 0, 0, 0], None: [2, 0, 1, 0]}
    assert list(told["items"][0]) == ["overdue", "due_soon", "waiting", "coming"]


def test_a_round_ahead_is_counted_as_coming_and_as_due_soon(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    for days, soon in ((0, 1), (7, 1), (8, 0)):
        at = datetime.combine(today() + timedelta(days), time(9), VIETNAM)
        postponed = [entry("round_postponed", 25, round_no=3, auction_at=at)]
        record(store, stream_id=ids[LAND], entries=postponed, by=Actor("clerk", OFFICE), as_found=True)
        Runner(database).catch_up()
        told = changing.get("/v1/next-actions/counts", params={"office": OFFICE}).json()
        of_land = next(each for each in told["items"] if each["officer"] is None)
        held = changing.get("/v1/next-actions", params={"action": "hold", "due_from": today().isoformat()})
        assert len(held.json()["items"]) == of_land["coming"] == 1
        assert of_land["waiting"] == 0
        soonest = {"due_from": today().isoformat(), "due_before": (today() + timedelta(8)).isoformat()}
        listed = changing.get("/v1/next-actions", params=soonest | {"action": "hold"}).json()["items"]
        assert len(listed) == soon


def test_what_may_be_done_is_never_overdue(web: TestClient) -> None:
    assert found(web, overdue="true") == [APPRAISE, HOLD, REPORT, DISTRIBUTE, PAY]
    assert found(web, overdue="false") == ALL


def test_an_auction_is_overdue_from_the_legal_day_after_it(
    changing: TestClient, ids: Id, database: str, store: PostgresStore
) -> None:
    for days_ago, late in ((0, []), (1, [HOLD])):
        at = datetime.combine(today() - timedelta(days_ago), time(0, 30), VIETNAM)
        postponed = [entry("round_postponed", 25, round_no=3, auction_at=at)]
        record(store, stream_id=ids[LAND], entries=postponed, by=Actor("clerk", OFFICE), as_found=True)
        Runner(database).catch_up()
        assert found(changing, asset_id=str(ids[LAND]), overdue="true") == late
        items = changing.get("/v1/next-actions", params={"asset_id": str(ids[LAND])}).json()["items"]
        assert [item["overdue"] for item in items if item["action"] == "hold"] == [bool(late)]


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_paging_to_the_end_shows_each_action_once(web: TestClient, limit: int) -> None:
    every = list(pages(web, limit=str(limit)))
    assert list(chain.from_iterable(every)) == ALL
    assert {len(page) for page in every[:-1]} == {limit}
    assert every[-1] != []


def test_a_filter_of_actions_holds_on_every_page(web: TestClient, ids: Id) -> None:
    assert list(pages(web, asset_id=str(ids[LAND]), overdue="true", limit="1")) == [[HOLD], [REPORT]]
