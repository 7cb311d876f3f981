"""A transaction of either store: all of its commands or none."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from auctions.domain.asset.events import AssetEntry
from auctions.domain.errors import StaleFile
from auctions.store.codec import encode
from auctions.store.connect import connection
from auctions.store.mapper import StoredLine
from auctions.store.memory import MemoryStore
from auctions.store.port import Command, Store
from auctions.store.quarantine import SetAside, quarantined

NewCommand = Callable[..., Command]
Links = Callable[[], list[tuple[StoredLine, bytes, bytes]]]
REFUSED = SetAside(uuid4(), "số-theo-dõi.csv", 7, "TS-001/2024", {"giá": "tám tỷ"}, [{"code": "wrong-type"}])


@pytest.fixture
def set_aside(any_store: Store, request: pytest.FixtureRequest) -> Callable[[], list[SetAside]]:
    """Return what tells the rows that wait."""
    if isinstance(any_store, MemoryStore):
        return lambda: list(any_store.quarantine.values())
    url = request.getfixturevalue("database")

    def rows() -> list[SetAside]:
        with connection(url) as reader:
            return [row._replace(set_aside_at=None) for row in quarantined(reader)]

    return rows


def test_a_transaction_records_all_its_commands_in_order(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    file = uuid4()
    asked = [command(*samples[:2], stream_id=file), command(), command(stream_id=file, expected=2)]
    with any_store.transaction() as transaction:
        receipts = transaction.append_all(asked[:2]) + transaction.append_all(asked[2:])
    assert [list(receipt.positions) for receipt in receipts] == [[1, 2], [3], [4]]
    assert [line.position for line, _, _ in links()] == [1, 2, 3, 4]
    assert [line.entry_no for line in any_store.read([file])[file]] == [1, 2, 3]


def test_a_transaction_whose_second_command_is_stale_records_nothing(
    any_store: Store, links: Links, command: NewCommand
) -> None:
    before = command()
    any_store.append(before)
    first, second = command(), command(stream_id=before.stream_id)
    with pytest.raises(StaleFile), any_store.transaction() as transaction:
        transaction.append_all([first, second])
    assert [line.originator_id for line, _, _ in links()] == [before.stream_id]
    assert any_store.answer(first) is None
    assert len(any_store.append(first).positions) == 1


def test_a_transaction_left_by_an_error_records_nothing(
    any_store: Store, links: Links, command: NewCommand
) -> None:
    def import_and_stumble() -> None:
        with any_store.transaction() as transaction:
            transaction.append_all([command()])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        import_and_stumble()
    assert links() == []


def test_a_transaction_sent_again_with_more_records_only_what_is_new(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    known, new = command(*samples[:3]), command(*samples[3:5])
    first = any_store.append(known)
    with any_store.transaction() as transaction:
        receipts = transaction.append_all([known, new])
    assert [list(receipt.positions) for receipt in receipts] == [list(first.positions), [4, 5]]
    assert [line.state for line, _, _ in links()] == [encode(sample) for sample in samples[:5]]
    assert [line.envelope for line, _, _ in links()][3:] == [links()[3][0].envelope] * 2
    assert any_store.read([new.stream_id])[new.stream_id][0].envelope == new.envelope


def test_refused_rows_are_set_aside_with_the_rest_of_a_transaction(
    any_store: Store, links: Links, set_aside: Callable[[], list[SetAside]], command: NewCommand
) -> None:
    with any_store.transaction() as transaction:
        transaction.append_all([command()])
        transaction.set_aside([REFUSED])
    assert set_aside() == [REFUSED]
    assert len(links()) == 1


def test_no_row_is_set_aside_by_a_transaction_that_fails(
    any_store: Store, set_aside: Callable[[], list[SetAside]], command: NewCommand
) -> None:
    def import_on_a_stale_file() -> None:
        with any_store.transaction() as transaction:
            transaction.set_aside([REFUSED])
            transaction.append_all([command(expected=1)])

    with pytest.raises(StaleFile):
        import_on_a_stale_file()
    assert set_aside() == []
