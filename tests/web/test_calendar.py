from datetime import UTC, date, datetime

import psycopg
import pytest
from icalendar import Calendar, Event
from starlette.testclient import TestClient

from api.routes.next_actions import EVENTS
from tests.web.register import LAND, OFFICER, Id
from tests.web.test_next_actions import ALL, APPRAISE, HOLD, PAY, REDEEM, REGISTER, REPORT, RESUME

PATH = "/v1/next-actions.ics"
MORE = """INSERT INTO projections.next_actions
    (asset_id, number, asset_ref, office, action, who, must, due, place)
    SELECT gen_random_uuid(), 1, 'TS-' || n, 'KV-9', 'pay', 'buyer', true, '2025-03-01', '2025-03-01'
    FROM generate_series(1, %s) AS n"""


def events(web: TestClient, tongue: str = "en", **asked: str) -> list[Event]:
    answer = web.get(PATH, params=asked, headers={"Accept-Language": tongue})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).events


def done(web: TestClient, **asked: str) -> list[tuple[str, str]]:
    told = [event.summary.split(": ") for event in events(web, **asked)]
    return [(ref, words.replace(" ", "_")) for ref, words in told]


def test_every_action_that_has_a_day_is_in_the_calendar_in_its_order(web: TestClient) -> None:
    assert done(web) == [action for action in ALL if action not in {REGISTER, RESUME}]


def test_a_calendar_takes_the_filters_of_the_list(web: TestClient, ids: Id) -> None:
    assert done(web, officer=OFFICER) == [PAY]
    assert done(web, asset_id=str(ids[LAND]), overdue="true") == [HOLD, REPORT]
    assert done(web, due_before="2025-01-31") == [APPRAISE, REDEEM]


def test_an_auction_stands_at_its_time_and_a_deadline_on_its_day(web: TestClient, ids: Id) -> None:
    redeem, hold, report = events(web, asset_id=str(ids[LAND]))
    assert hold.start == datetime(2025, 1, 31, 2, tzinfo=UTC)
    assert hold.uid == f"{ids[LAND]}-hold@auctions"
    assert (redeem.start, report.start) == (date(2025, 1, 24), date(2025, 2, 3))
    assert report.description == "KV-3: organisation (must)\nLDG-12: L01/2016 art 45"


def test_a_calendar_is_in_the_language_of_the_reader(web: TestClient, ids: Id) -> None:
    summaries = [event.summary for event in events(web, "vi-VN, en;q=0.5", asset_id=str(ids[LAND]))]
    assert f"{LAND}: tổ chức đấu giá" in summaries
    for tongue in ("vi", "en"):
        headers = web.get(PATH, headers={"Accept-Language": tongue}).headers
        assert (headers["content-language"], headers["vary"]) == (tongue, "Accept-Language")


def test_a_reader_of_another_language_is_sent_the_calendar_anew(web: TestClient) -> None:
    etag = web.get(PATH, headers={"Accept-Language": "vi"}).headers["etag"]
    same = web.get(PATH, headers={"Accept-Language": "vi", "If-None-Match": etag})
    assert (same.status_code, same.headers["vary"]) == (304, "Accept-Language")
    assert web.get(PATH, headers={"Accept-Language": "en", "If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("parameter", ["cursor", "limit"])
def test_a_calendar_has_no_pages(web: TestClient, parameter: str) -> None:
    answer = web.get(PATH, params={parameter: "1"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "unknown-parameter"


def test_a_calendar_of_more_than_five_thousand_events_is_cut_and_says_so(
    changing: TestClient, database: str
) -> None:
    known = changing.get(PATH).content
    assert b"X-WR-CALDESC" not in known
    with psycopg.connect(database) as own:
        own.execute(MORE, [EVENTS - known.count(b"BEGIN:VEVENT")])
    full = changing.get(PATH).content
    assert (full.count(b"BEGIN:VEVENT"), b"X-WR-CALDESC" in full) == (EVENTS, False)
    with psycopg.connect(database) as own:
        own.execute(MORE, [1])
    cut = changing.get(PATH).content
    assert (cut.count(b"BEGIN:VEVENT"), b"X-WR-CALDESC" in cut) == (EVENTS, True)
