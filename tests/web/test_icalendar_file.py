"""The file is read back with the library, as a calendar reads it."""

from datetime import UTC, date, datetime
from typing import get_args
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from api.icalendar_file import icalendar_file
from auctions.domain.asset.next_actions import ACTIONS, Who
from auctions.domain.days import VIETNAM
from projections.next_actions import ITEM

ASSET = UUID(int=17)


def item(**fields: object) -> dict[str, object]:
    usual = {"asset_id": ASSET, "asset_ref": "TS-1", "office": "KV-3", "action": "pay", "who": "buyer"}
    return dict.fromkeys(ITEM) | usual | {"must": True, "overdue": False, "due": date(2025, 2, 10)} | fields


def events(text: bytes) -> list[Event]:
    return Calendar.from_ical(text).events


def event(**fields: object) -> Event:
    (only,) = events(icalendar_file([item(**fields)], "en"))
    return only


def test_a_deadline_is_an_event_of_one_whole_day_that_blocks_nothing() -> None:
    told = event()
    assert (told.start, told.end) == (date(2025, 2, 10), date(2025, 2, 11))
    assert told["transp"] == "TRANSPARENT"
    assert told.uid == f"{ASSET}-pay@auctions"


def test_an_auction_is_an_event_of_one_hour_in_utc() -> None:
    told = event(action="hold", at=datetime(2025, 2, 11, 0, 30, tzinfo=VIETNAM))
    assert told.start == datetime(2025, 2, 10, 17, 30, tzinfo=UTC)
    assert told.end == datetime(2025, 2, 10, 18, 30, tzinfo=UTC)
    assert told["transp"] == "OPAQUE"
    assert told["dtstart"].to_ical() == b"20250210T173000Z"


def test_an_event_is_stamped_by_its_own_day_whenever_it_is_made() -> None:
    assert event().stamp == datetime(2025, 2, 10, tzinfo=UTC)
    assert icalendar_file([item()], "vi") == icalendar_file([item()], "vi")


def test_an_event_tells_who_must_do_what_from_which_article() -> None:
    told = event(action="answer_in_lieu", who="co_owners", rule="PAY-01", article="D62/2015 art 27(3)")
    assert told.summary == "TS-1: answer in lieu"
    assert told.description == "KV-3: co owners (must)\nPAY-01: D62/2015 art 27(3)"
    assert event(must=False).description == "KV-3: buyer (may)"


def test_an_event_is_told_in_vietnamese() -> None:
    (told,) = events(icalendar_file([item(must=False)], "vi"))
    assert told.summary == "TS-1: nộp tiền mua tài sản"
    assert told.description == "KV-3: người mua được tài sản (được quyền)"


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_vietnamese_words(action: str) -> None:
    (told,) = events(icalendar_file([item(action=action)], "vi"))
    assert told.summary == f"TS-1: {ACTIONS[action]}"


@pytest.mark.parametrize("who", get_args(Who))
def test_whoever_acts_has_vietnamese_words(who: str) -> None:
    (told,) = events(icalendar_file([item(who=who)], "vi"))
    assert who not in told.description


def test_what_has_no_day_is_no_event() -> None:
    told = events(icalendar_file([item(due=None), item(action="deliver")], "en"))
    assert [event.summary for event in told] == ["TS-1: deliver"]


def test_the_signs_of_the_form_are_kept_in_a_reference() -> None:
    assert event(asset_ref="a,b;c\\n:d").summary == "a,b;c\\n:d: pay"


def test_long_words_are_folded_within_seventy_five_octets() -> None:
    text = icalendar_file([item(asset_ref="đ" * 200)], "vi")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    assert events(text)[0].summary == "đ" * 200 + ": nộp tiền mua tài sản"


def test_a_calendar_bears_its_maker_and_its_name() -> None:
    told = Calendar.from_ical(icalendar_file([], "vi"))
    assert (told["version"], told["prodid"]) == ("2.0", "-//auctions//next actions//EN")
    assert told["x-wr-calname"] == "auctions: việc phải làm"
    assert "x-wr-caldesc" not in told


def test_a_calendar_that_was_cut_says_so() -> None:
    told = Calendar.from_ical(icalendar_file([item()], "en", cut=True))
    assert str(told["x-wr-caldesc"]).startswith("Only the first 1 events")
