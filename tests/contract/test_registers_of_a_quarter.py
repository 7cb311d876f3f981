"""Which assets stand in an office's registers of a quarter, and as they stood at its end."""

from datetime import date

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import registers
from projections.registers import registered
from tests.contract.registers import add, head, seized, write
from tests.unit.given import day, entry, struck
from tests.unit.test_closed_books import closed

END = (date(2025, 3, 31) - day(0)).days
"""The number of the last day of the first quarter, which begins with day 0."""


def stages(url: str, known_at: int, office: str = "KV-3") -> list[tuple[str, str]]:
    """Reference and stage of the assets in the registers of the first quarter."""
    close = closed("2025-Q1").model_copy(update={"office": office, "known_at": known_at})
    with connection(url) as own:
        found = registered(own, close)
    return [(state.seized.asset_ref, state.stage.value) for state in found if state.seized]


@pytest.mark.parametrize("batch", [1, 1000])
def test_assets_stand_as_they_were_at_the_end_of_the_quarter_in_order_of_seizure(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(registers, "_FILES", batch)
    write(
        store,
        seized("TS-2", 5),
        entry("appraised", END),
        entry("round_announced", END + 1, round_no=1, starting_price=10**9),
    )
    write(store, seized("TS-9", 3), entry("appraised", 4))
    write(store, seized("TS-1", 5))
    write(store, seized("TS-5", END + 1))
    write(store, seized("TS-6", office="KV-5"))
    known = head(database)
    assert stages(database, known) == [
        ("TS-9", "awaiting_round"),
        ("TS-1", "awaiting_appraisal"),
        ("TS-2", "awaiting_round"),
    ]


def test_what_left_before_the_quarter_began_is_no_longer_listed(database: str, store: PostgresStore) -> None:
    for ref, left in (("TS-1", -1), ("TS-2", 0), ("TS-3", END + 1)):
        write(store, seized(ref, -9), entry("released", left, reason="paid"))
    moved = write(store, seized("TS-4"), entry("transferred", END, to_office="KV-5"))
    write(store, seized("TS-5"), entry("transferred", END + 1, to_office="KV-5"))
    known = head(database)
    assert stages(database, known) == [
        ("TS-2", "released"),
        ("TS-3", "awaiting_appraisal"),
        ("TS-5", "awaiting_appraisal"),
    ]
    assert stages(database, known, "KV-5") == [("TS-4", "awaiting_appraisal")]
    add(store, moved, struck(2, on=END + 9))
    assert stages(database, known, "KV-5") == [("TS-4", "awaiting_appraisal")]
    assert stages(database, head(database), "KV-5") == []
