"""States kept from page to page, and files read again from the log where none that fits is kept."""

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import folding, log
from projections.registry import read_models
from tests.contract.registers import add, seized, write
from tests.unit.given import PRICE, entry

ASSETS = [read_models()["assets"]]


def test_a_file_that_is_kept_is_followed_without_reading_the_log(database: str, store: PostgresStore) -> None:
    folder, asset = folding.Folder(ASSETS), write(store, "seized")
    add(store, asset, entry("cost_accrued", 1), entry("cost_accrued", 2))
    add(store, asset, entry("cost_accrued", 2))
    with connection(database) as own:
        events = log.page(own, 0, 10)
        folder.touched(own, events[:1])
    for page in (events[1:3], events[3:]):  # the connection is closed: nothing can be read
        ((file, _),) = folder.touched(own, page)
    assert (file.asset_id, file.version, file.state.costs) == (asset, 4, 7_500_000)


def test_an_entry_missed_is_read_from_the_log(database: str, store: PostgresStore) -> None:
    folder, asset = folding.Folder(ASSETS), write(store, "seized")
    add(store, asset, entry("cost_accrued", 1), entry("cost_accrued", 2))
    with connection(database) as own:
        first, _, third = log.page(own, 0, 10)
        folder.touched(own, [first])
        ((file, _),) = folder.touched(own, [third])
    assert (file.version, file.state.costs) == (3, 5_000_000)


def test_states_kept_from_page_to_page_are_bounded_and_the_oldest_go_first(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "KEPT", 2)
    folder = folding.Folder(ASSETS)
    assets = [write(store, seized(f"TS-{number}")) for number in range(3)]
    with connection(database) as own:
        folder.touched(own, log.page(own, 0, 10))
    assert list(folder._known) == assets[1:]  # noqa: SLF001 - nothing outside tells what is kept


def test_a_file_folded_further_than_the_page_is_read_again_as_of_the_page(
    database: str, store: PostgresStore
) -> None:
    folder, asset = folding.Folder(ASSETS), write(store, "seized")
    with connection(database) as own:
        first = log.page(own, 0, 10)
        folder.touched(own, first)
        add(store, asset, entry("appraised", 1), entry("cost_accrued", 1))
        _, second, third = log.page(own, 0, 10)
        folder.touched(own, [second, third])
        ((file, _),) = folder.touched(own, [second])
        assert (file.asset_id, file.version, file.state.price, file.state.costs) == (asset, 2, PRICE, 0)
        ((file, _),) = folder.touched(own, [third])
        assert (file.version, file.state.costs) == (3, 2_500_000)
