"""The calendar: auction rounds and deadlines of a month, to look through and to subscribe to."""

import re
from datetime import date

import psycopg
import pytest
from starlette.testclient import TestClient

from api.pages.months import after, before, begin_of, month
from auctions.application.recording import today
from tests.web.reading_pages import opened
from tests.web.register import LAND, OFFICE, OFFICER, OTHER, Id

MANY = """INSERT INTO projections.next_actions
    (asset_id, number, asset_ref, office, action, who, must, due, place)
    SELECT gen_random_uuid(), 1, 'TS-' || n, 'KV-9', 'pay', 'buyer', true, '2025-03-03', '2025-03-03'
    FROM generate_series(1, %s) AS n"""


def test_an_auction_stands_on_its_day_at_its_time_in_vietnam(web: TestClient, ids: Id) -> None:
    page = opened(web, "/calendar?month=2025-01")
    assert "January 2025" in page.words
    assert f"31 Friday 09:00 {LAND} hold the auction no result recorded {OFFICE}" in page.words
    assert f"24 Friday {LAND} pay in full and take the asset back (a right, no duty) {OFFICE}" in page.words
    assert page.links[LAND] == f"/assets/{ids[LAND]}"


def test_one_turns_to_the_month_before_and_after(web: TestClient) -> None:
    page = opened(web, "/calendar?month=2025-01&office=KV-3")
    hrefs = dict(re.findall(r'<a href="([^"]*)" rel="(prev|next)"', page.html))
    assert hrefs == {
        "/calendar?office=KV-3&amp;month=2024-12": "prev",
        "/calendar?office=KV-3&amp;month=2025-02": "next",
    }
    assert page.form("/calendar").fields["month"] == "2025-01"


def test_a_calendar_is_of_an_office_an_officer_or_of_auction_rounds_alone(web: TestClient) -> None:
    assert f"{OTHER} " not in opened(web, f"/calendar?month=2025-01&office={OFFICE}").words
    assert "pay" in opened(web, f"/calendar?month=2025-02&officer={OFFICER}").words
    rounds = opened(web, "/calendar?month=2025-01&action=hold")
    assert "hold" in rounds.words
    assert "take the asset back" not in rounds.words
    assert rounds.form("/calendar").fields["action"] == "hold"


def test_what_is_chosen_is_subscribed_to(web: TestClient) -> None:
    page = opened(web, "/calendar?month=2025-01&office=KV-3")
    chosen = page.links["what is chosen here (iCalendar)"]
    rounds = page.links["its auction rounds alone (iCalendar)"]
    assert (chosen, rounds) == (
        "/v1/next-actions.ics?office=KV-3",
        "/v1/next-actions.ics?office=KV-3&action=hold",
    )
    assert web.get(chosen).text.count("BEGIN:VEVENT") > web.get(rounds).text.count("BEGIN:VEVENT") == 1


def test_a_month_without_anything_says_what_to_do(web: TestClient) -> None:
    page = opened(web, "/calendar?month=1999-12")
    assert "Nothing falls into this month." in page.words
    assert page.links["Everything of this month"] == "/calendar"


@pytest.mark.parametrize("written", ["", "2025-13", "soon", "0000-00", "1900-12", "2999-01"])
def test_the_calendar_opens_at_this_month_unless_a_month_is_named(web: TestClient, written: str) -> None:
    page = opened(web, f"/calendar?month={written}")
    assert page.form("/calendar").fields["month"] == f"{today():%Y-%m}"


@pytest.mark.parametrize("written", ["1901-01", "2998-12"])
def test_there_is_a_calendar_of_far_months(web: TestClient, written: str) -> None:
    assert opened(web, f"/calendar?month={written}").status == 200


def test_what_is_refused_stays_in_the_form(web: TestClient) -> None:
    page = opened(web, "/calendar?action=dance&office=KV-3")
    assert page.status == 422
    assert page.form("/calendar").fields["office"] == "KV-3"


def test_a_full_month_is_shown_some_at_a_time(changing: TestClient, database: str) -> None:
    with psycopg.connect(database) as own:
        own.execute(MANY, [203])
    page = opened(changing, "/calendar?month=2025-03&office=KV-9")
    assert "More falls into this month than is shown at once." in page.words
    assert "195 more" in page.words
    assert len(re.findall("calendar-happening", page.html)) == 200
    rest = opened(changing, page.links["The days that follow"])
    assert len(re.findall("calendar-happening", rest.html)) == 3
    assert "This goes on from an earlier part" in rest.words
    assert rest.links["The month from its first day"] == "/calendar?office=KV-9&month=2025-03"


def test_the_calendar_is_there_in_vietnamese(web: TestClient) -> None:
    page = opened(web, "/calendar?month=2025-01", language="vi")
    assert "Tháng 1 2025" in page.words
    assert f"31 Thứ Sáu 09:00 {LAND} tổ chức đấu giá chưa ghi kết quả {OFFICE}" in page.words


def test_a_month_begins_in_the_column_of_its_weekday() -> None:
    shown = month(date(2026, 11, 1), [], date(2026, 11, 27), "en")
    assert (shown.column, len(shown.days)) == (7, 30)
    assert [day.day.day for day in shown.days if day.is_today] == [27]
    assert begin_of("2026-11", date(2025, 1, 9)) == date(2026, 11, 1)
    assert (before(date(2026, 1, 1)), after(date(2026, 1, 1))) == (date(2025, 12, 1), date(2026, 2, 1))
