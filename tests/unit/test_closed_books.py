"""An office closes its book quarter by quarter, in order and once; its law stays what it was."""

from datetime import date
from uuid import uuid4

import pytest

from auctions.application.closing import close_book
from auctions.application.offices import change_rules
from auctions.application.recording import Actor, OfficeLaws
from auctions.domain.errors import Refused, StaleFile
from auctions.domain.event import Entry
from auctions.domain.office.decisions import check
from auctions.domain.office.events import BookClosed, OfficeEntry, RulebookChosen, office_id
from auctions.domain.office.state import State, fold
from auctions.domain.quarters import Quarter
from auctions.store.memory import MemoryStore
from auctions.store.port import Command, Receipt
from tests.unit.test_offices import chosen, limited

HEAD = Actor("HEAD-1", "KV-3", "supervisor")


def closed(quarter: str, on: date = date(2025, 12, 1)) -> BookClosed:
    """The close of a quarter in which the book held one asset, unsold."""
    which = Quarter.named(quarter)
    held = {"known_at": 9, "assets": 1, "entries": 9, "sha256": "0123456789abcdef" * 4}
    stock = {"unsold": 1, "unsold_price": 900, "unsold_first_price": 1000}
    days = {"on": on, "first_day": which.first_day, "last_day": which.last_day}
    return BookClosed.model_validate({"office": "KV-3"} | days | held | stock)


def refusal(entry: OfficeEntry, *before: OfficeEntry, open_since: date | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        check(fold(before), entry, today=date(2025, 12, 1), open_since=open_since)
    return caught.value


def close(store: MemoryStore, entry: BookClosed) -> int:
    return close_book(store, entry, open_since=None, by=HEAD, command_id=uuid4())


def test_a_quarter_is_closed_from_the_day_after_its_last_one() -> None:
    check(fold([]), closed("2025-Q3", on=date(2025, 10, 1)), today=date(2025, 10, 1))
    refused = refusal(closed("2025-Q3", on=date(2025, 9, 30)))
    assert (refused.code, refused.message) == (
        "quarter-not-over",
        "2025-Q3 ends on 2025-09-30: today is 2025-09-30",
    )


def test_a_quarter_is_closed_once_and_all_before_it_with_it() -> None:
    check(fold([closed("2025-Q2")]), closed("2025-Q3"), today=date(2025, 12, 1))
    for again in ("2025-Q3", "2025-Q2", "2024-Q4"):
        refused = refusal(closed(again), closed("2025-Q3"))
        assert refused.code == "already-closed"
        assert refused.message == f"the book is closed up to 2025-09-30, {again} with it"


def test_an_earlier_quarter_with_entries_is_closed_first() -> None:
    refused = refusal(closed("2025-Q3"), open_since=date(2025, 6, 30))
    assert (refused.code, refused.details) == ("earlier-quarter-open", {"quarter": "2025-Q2"})
    assert refused.message == "2025-Q2 has entries, the first on 2025-06-30, and is open: close it first"
    for first in (date(2025, 7, 1), date(2025, 11, 30), None):
        check(fold([]), closed("2025-Q3"), today=date(2025, 12, 1), open_since=first)


def test_a_close_dated_in_the_future_is_refused() -> None:
    assert refusal(closed("2025-Q3", on=date(2025, 12, 2))).code == "dated-in-the-future"


def test_a_close_is_an_entry_of_the_file_and_no_change_of_the_law() -> None:
    before, entry = fold([limited("FAIL-03", 5)]), closed("2025-Q3")
    after = fold([limited("FAIL-03", 5), entry])
    assert after == before._replace(changes=2, closed=(date(2025, 9, 30),))
    assert after.law is before.law
    assert fold([entry, limited("FAIL-03", 5)]).law is before.law
    assert fold([entry]).law is State().law


def test_another_rulebook_opens_no_quarter() -> None:
    assert fold([closed("2025-Q3"), chosen("it"), limited("IT-591.quarter", 20)]).closed == (
        date(2025, 9, 30),
    )


def test_a_close_stands_in_the_offices_file_beside_what_it_changed_of_its_rules() -> None:
    store = MemoryStore()
    change_rules(store, [chosen("it")], by=HEAD)
    law = OfficeLaws(store)("KV-3")
    assert close(store, closed("2025-Q3")) == 2
    assert OfficeLaws(store)("KV-3") is law
    with pytest.raises(Refused, match="the book is closed up to 2025-09-30"):
        close(store, closed("2025-Q3"))
    lines = store.read([office_id("KV-3")])[office_id("KV-3")]
    assert [(line.entry_no, line.entry.entry_name()) for line in lines] == [
        (1, "rulebook_chosen"),
        (2, "book_closed"),
    ]
    assert (lines[1].envelope.actor, lines[1].envelope.role) == ("HEAD-1", "supervisor")


class Interrupted(MemoryStore):
    """A store in which the office's file grows each time before a close is appended, so many times."""

    def __init__(self, times: int, entry: OfficeEntry) -> None:
        super().__init__()
        self.left, self.entry = times, entry

    def append(self, command: Command) -> Receipt:
        if self.left and isinstance(command.entries[0], BookClosed):
            self.left -= 1
            entries: tuple[Entry, ...] = (self.entry,)
            super().append(command._replace(entries=entries, envelope=HEAD.envelope(uuid4())))
        return super().append(command)


def test_a_close_waits_out_a_change_of_rules_beside_it() -> None:
    rules = RulebookChosen(on=date(2025, 10, 1), office="KV-3", rulebook="it")
    assert close(Interrupted(4, rules), closed("2025-Q3")) == 5
    with pytest.raises(StaleFile):
        close(Interrupted(5, rules), closed("2025-Q3"))


def test_of_two_who_close_the_same_quarter_one_is_told_that_it_is_closed() -> None:
    store = Interrupted(1, closed("2025-Q3"))
    with pytest.raises(Refused, match="the book is closed"):
        close(store, closed("2025-Q3"))
    assert len(store.log) == 1
