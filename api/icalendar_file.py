"""Auction rounds and deadlines as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import TRANSP, Calendar, Event

from api.languages import Language
from auctions.domain.asset.next_actions import ACTIONS

MEDIA_TYPE = "text/calendar"

_NAMES: dict[Language, str] = {"en": "auctions: next actions", "vi": "auctions: việc phải làm"}
_CUT: dict[Language, str] = {
    "en": "Only the first {count} events: choose an office, an officer or an asset to see all.",
    "vi": "Chỉ có {count} sự kiện đầu tiên: chọn cơ quan, chấp hành viên hoặc tài sản để xem đủ.",
}
_DUTY: dict[Language, tuple[str, str]] = {"en": ("may", "must"), "vi": ("được quyền", "phải")}
DOERS = {
    "officer": "chấp hành viên",
    "appraiser": "tổ chức thẩm định giá",
    "organisation": "tổ chức hành nghề đấu giá tài sản",
    "parties": "đương sự",
    "creditor": "người được thi hành án",
    "debtor": "người phải thi hành án",
    "co_owners": "chủ sở hữu chung",
    "buyer": "người mua được tài sản",
}
"""Who acts in a file, with what they are called in Vietnamese."""
_ONE_HOUR = timedelta(hours=1)
_ONE_DAY = timedelta(days=1)


def icalendar_file(items: Iterable[Mapping[str, Any]], language: Language, *, cut: bool = False) -> bytes:
    """Return an event for each action that has a day, an auction with its time of one hour, in UTC.

    An item has the fields of `projections.next_actions.ITEM`, days and times as such. The same items give the
    same bytes. `cut` tells that more events were found than are given.
    """
    events = [_event(item, language) for item in items if item["due"] or item["at"]]
    calendar = Calendar()
    calendar.add("prodid", "-//auctions//next actions//EN")
    calendar.add("version", "2.0")
    calendar.calendar_name = _NAMES[language]
    if cut:
        calendar.description = _CUT[language].format(count=len(events))
    for event in events:
        calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def _event(item: Mapping[str, Any], language: Language) -> Event:
    start, end = _span(item["due"], item["at"])
    timed = isinstance(start, datetime)
    return Event.new(
        uid=f"{item['asset_id']}-{item['action']}@auctions",
        stamp=start if timed else datetime.combine(start, time(), UTC),
        start=start,
        end=end,
        summary=f"{item['asset_ref']}: {_words(item['action'], language, ACTIONS)}",
        description=_description(item, language),
        transparency=TRANSP.OPAQUE if timed else TRANSP.TRANSPARENT,
    )


def _span(due: date, at: datetime | None) -> tuple[date, date]:
    if at is None:
        return due, due + _ONE_DAY
    start = at.astimezone(UTC)
    return start, start + _ONE_HOUR


def _description(item: Mapping[str, Any], language: Language) -> str:
    duty = _DUTY[language][item["must"]]
    who = f"{item['office']}: {_words(item['who'], language, DOERS)} ({duty})"
    return f"{who}\n{item['rule']}: {item['article']}" if item["rule"] else who


def _words(name: str, language: Language, vietnamese: Mapping[str, str]) -> str:
    return vietnamese[name] if language == "vi" else name.replace("_", " ")
