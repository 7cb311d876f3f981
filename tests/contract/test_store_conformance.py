"""What every store promises, told once and asked of both."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import uuid4

import pytest

from auctions.domain.asset.events import AssetEntry, RoundAnnounced, Surveyed
from auctions.domain.errors import CommandMismatch, Refused, StaleFile
from auctions.store.codec import MAX_BYTES, encode, encode_envelope
from auctions.store.mapper import StoredLine
from auctions.store.port import Command, Receipt, Store

NewCommand = Callable[..., Command]
Links = Callable[[], list[tuple[StoredLine, bytes, bytes]]]


def survey(size: int) -> Surveyed:
    """Return a survey that is `size` bytes long when stored."""
    bare = Surveyed(on=date(2024, 3, 15), missing=("x" * 1500,) * (size // 1600))
    rest = size - len(encode(bare.model_copy(update={"note": ""})))
    return bare.model_copy(update={"note": "x" * rest})


def positions(receipts: Sequence[Receipt]) -> list[list[int]]:
    return [list(receipt.positions) for receipt in receipts]


def test_what_is_recorded_is_read_back_equal(
    any_store: Store, command: NewCommand, samples: list[AssetEntry]
) -> None:
    asked = command(*samples)
    receipt = any_store.append(asked)
    read = any_store.read([asked.stream_id])[asked.stream_id]
    assert [line.entry for line in read] == samples
    assert [line.entry_no for line in read] == list(range(1, 37))
    assert any_store.lines([asked.stream_id]) == {asked.stream_id: list(enumerate(samples, 1))}
    assert [line.position for line in read] == list(receipt.positions)
    assert {(line.stream_id, line.envelope) for line in read} == {(asked.stream_id, asked.envelope)}


def test_every_entry_is_stored_byte_for_byte(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    asked = command(*samples)
    any_store.append(asked)
    stored = [(line.topic, line.state, line.envelope) for line, _, _ in links()]
    envelope = encode_envelope(asked.envelope)
    assert stored == [(sample.TOPIC, encode(sample), envelope) for sample in samples]
    assert "Bà Rịa - Vũng Tàu".encode() in stored[0][1]
    assert "quận Bình Thạnh".encode() in stored[0][2]


def test_many_files_are_read_at_once_and_one_not_begun_is_empty(
    any_store: Store, command: NewCommand
) -> None:
    first, second, none = command(), command(), uuid4()
    for asked in (first, second):
        any_store.append(asked)
    read = any_store.read([second.stream_id, none, first.stream_id])
    assert any_store.lines(list(read)) == {
        file: [(line.entry_no, line.entry) for line in lines] for file, lines in read.items()
    }
    assert {file: len(lines) for file, lines in read.items()} == {
        first.stream_id: 1,
        second.stream_id: 1,
        none: 0,
    }


@pytest.mark.parametrize("expected", [0, 2, 7])
def test_a_file_others_wrote_to_is_stale_and_its_version_told(
    any_store: Store, links: Links, command: NewCommand, expected: int
) -> None:
    file = uuid4()
    any_store.append(command(stream_id=file))
    with pytest.raises(StaleFile) as told:
        any_store.append(command(stream_id=file, expected=expected))
    assert told.value.details == {"expected": expected, "version": 1}
    assert len(links()) == 1


def test_the_same_command_again_is_answered_as_before_and_recorded_once(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    asked = command(*samples[:3])
    with_a_list = asked._replace(entries=samples[:3])
    receipts = [any_store.append(asked)]
    any_store.append(command())
    any_store.append(command(stream_id=asked.stream_id, expected=3))
    receipts.append(any_store.append(asked))
    with any_store.transaction() as transaction:
        receipts += transaction.append_all([with_a_list])
    answer = any_store.answer(asked)
    assert answer is not None
    assert positions([*receipts, answer]) == [[1, 2, 3]] * 4
    assert len(links()) == 5


def test_a_command_decided_again_on_a_newer_version_is_the_same_command(
    any_store: Store, links: Links, command: NewCommand
) -> None:
    asked = command()
    any_store.append(asked)
    again = asked._replace(expected=1)
    assert list(any_store.append(again).positions) == [1]
    assert len(links()) == 1


def test_a_command_id_used_for_something_else_is_refused(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    asked = command()
    any_store.append(asked)
    others = [asked._replace(entries=samples[1:2]), asked._replace(stream_id=uuid4())]
    for other in others:
        for ask in (any_store.append, any_store.answer):
            with pytest.raises(CommandMismatch):
                ask(other)
    assert len(links()) == 1


def test_a_command_that_was_never_recorded_has_no_answer(any_store: Store, command: NewCommand) -> None:
    asked = command(expected=1)
    with pytest.raises(StaleFile):
        any_store.append(asked)
    assert any_store.answer(asked) is None


def test_a_refused_command_may_be_sent_again_with_its_id(any_store: Store, command: NewCommand) -> None:
    asked = command(expected=1)
    with pytest.raises(StaleFile):
        any_store.append(asked)
    assert list(any_store.append(asked._replace(expected=0)).positions) != []


def test_an_entry_of_32_kib_is_recorded(any_store: Store, links: Links, command: NewCommand) -> None:
    any_store.append(command(survey(MAX_BYTES)))
    assert [len(line.state) for line, _, _ in links()] == [32 * 1024]


def test_an_entry_over_32_kib_is_refused_and_nothing_else_is_lost(
    any_store: Store, links: Links, command: NewCommand, samples: list[AssetEntry]
) -> None:
    before, too_large = command(), command(samples[0], survey(MAX_BYTES + 1))
    any_store.append(before)
    with pytest.raises(Refused) as told:
        any_store.append(too_large)
    with pytest.raises(Refused), any_store.transaction() as transaction:
        transaction.append_all([command(), too_large])
    after = command(stream_id=before.stream_id, expected=1)
    any_store.append(after)
    assert told.value.code == "entry-too-large"
    assert [line.originator_id for line, _, _ in links()] == [before.stream_id] * 2


def test_a_seizure_is_found_by_its_reference_with_its_office(
    any_store: Store, command: NewCommand, samples: list[AssetEntry]
) -> None:
    elsewhere = samples[0].model_copy(update={"office": "ccthads.2"})
    unrelated = samples[0].model_copy(update={"asset_ref": "TS-002/2024"})
    for seizure in (samples[0], samples[0], elsewhere, unrelated):
        any_store.append(command(seizure))
    found = any_store.seizures(["TS-001/2024", "TS-009/2024"])
    assert sorted(found) == [("TS-001/2024", "ccthads.2"), ("TS-001/2024", "ccthads.quận-1")]


def test_the_files_of_a_lot_are_those_in_which_a_round_of_it_was_announced(
    any_store: Store, command: NewCommand, samples: list[AssetEntry]
) -> None:
    announced = next(sample for sample in samples if isinstance(sample, RoundAnnounced))
    first = announced.model_copy(update={"lot_ref": "LÔ 1"})
    rounds = [
        [first, first.model_copy(update={"lot_ref": "LÔ 2"})],
        [first],
        [announced.model_copy(update={"lot_ref": None, "note": '"lot_ref":"LÔ 1"'})],
        [announced.model_copy(update={"lot_ref": "LÔ 11"})],
    ]
    files = [command(*entries) for entries in rounds]
    for asked in files:
        any_store.append(asked)
    ids = [asked.stream_id for asked in files]
    assert any_store.lot("LÔ 1") == sorted(ids[:2])
    assert any_store.lot("LÔ 2") == ids[:1]
    assert any_store.lot("LÔ 9") == []
