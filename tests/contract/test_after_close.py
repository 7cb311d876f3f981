"""What was entered after a close: in files that the office had on the day, whoever entered it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from auctions.domain.office.events import BookClosed
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.after_close import after_close
from projections.runner import Runner
from tests.contract.registers import add, head, seized, write
from tests.unit.given import day, entry, struck
from tests.unit.test_closed_books import closed

END = (date(2025, 3, 31) - day(0)).days
"""The number of the last day of the quarter that is closed."""


@pytest.fixture
def asset(store: PostgresStore) -> UUID:
    """An asset of KV-3 with three entries."""
    return write(store, seized("TS-1"), "appraised", entry("cost_accrued", 3))


def close(url: str, office: str = "KV-3") -> BookClosed:
    """The close of the first quarter, over all that is recorded."""
    return closed("2025-Q1").model_copy(update={"office": office, "known_at": head(url)})


def told(url: str, at: BookClosed, known_at: int | None = None) -> list[tuple[str, int, str]]:
    Runner(url).catch_up()
    with connection(url) as own, own.transaction():
        found: dict[str, Any] = after_close(own, at, head(url) if known_at is None else known_at)
    return [(each["asset_ref"], each["entry_no"], each["entry"]) for each in found["entries"]]


def test_entries_of_the_quarters_last_day_are_told_and_later_ones_are_not(
    database: str, store: PostgresStore, asset: UUID
) -> None:
    at = close(database)
    for on in (END + 1, END, 2):
        add(store, asset, entry("cost_accrued", on))
    assert told(database, at) == [("TS-1", 5, "cost_accrued"), ("TS-1", 6, "cost_accrued")]
    assert told(database, at, head(database) - 1) == [("TS-1", 5, "cost_accrued")]


def test_what_struck_an_entry_of_the_quarter_is_told_though_its_own_day_is_later(
    database: str, store: PostgresStore, asset: UUID
) -> None:
    add(store, asset, entry("cost_accrued", END + 5))
    at = close(database)
    add(store, asset, struck(4, on=END + 9))
    add(store, asset, struck(3, on=END + 9))
    assert told(database, at) == [("TS-1", 6, "entry_struck")]


def test_entries_stand_in_the_order_of_recording_over_all_files(
    database: str, store: PostgresStore, asset: UUID
) -> None:
    other = write(store, seized("TS-0"))
    at = close(database)
    for each in (asset, other, asset):
        add(store, each, entry("cost_accrued", 4))
    assert told(database, at) == [
        ("TS-1", 4, "cost_accrued"),
        ("TS-0", 2, "cost_accrued"),
        ("TS-1", 5, "cost_accrued"),
    ]


def test_a_file_is_told_of_by_the_office_that_had_it_on_the_day(
    database: str, store: PostgresStore, asset: UUID
) -> None:
    add(store, asset, entry("transferred", 10, to_office="KV-5"))
    ours, theirs = close(database), close(database, "KV-5")
    add(store, asset, entry("cost_accrued", 5))
    add(store, asset, entry("cost_accrued", 12))
    assert told(database, ours) == [("TS-1", 5, "cost_accrued")]
    assert told(database, theirs) == [("TS-1", 6, "cost_accrued")]


def test_a_late_transfer_and_its_strike_are_told_to_both_offices(
    database: str, store: PostgresStore, asset: UUID
) -> None:
    ours, theirs, others = (close(database, office) for office in ("KV-3", "KV-5", "KV-7"))
    add(store, asset, entry("transferred", 10, to_office="KV-5"))
    add(store, asset, struck(4, on=END + 9))
    both = [("TS-1", 4, "transferred"), ("TS-1", 5, "entry_struck")]
    assert [told(database, at) for at in (ours, theirs, others)] == [both, both, []]


def test_a_seizure_entered_late_and_struck_again_leaves_both_entries(
    database: str, store: PostgresStore, asset: UUID
) -> None:
    assert asset
    at = close(database)
    late = write(store, seized("TS-2", 20))
    add(store, late, struck(1, on=END + 9))
    assert told(database, at) == [("TS-2", 1, "seized"), ("TS-2", 2, "entry_struck")]
