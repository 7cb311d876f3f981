"""Commands of many who ask, recorded together: each for itself, as if it had been recorded alone."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from auctions.application.kept_files import KeptFiles
from auctions.application.offices import change_rules
from auctions.application.recording import Actor, Asked, record
from auctions.application.together import record_each
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.domain.errors import Refused
from auctions.store.codec import MAX_BYTES
from auctions.store.memory import MemoryStore
from auctions.store.port import Command, Store
from tests.contract.laws import limit
from tests.contract.registers import seized
from tests.contract.test_store_conformance import survey
from tests.unit.given import PRICE, day, entry

CLERK = Actor("clerk", "KV-3")
LAND, HOUSE, SHIP = (asset_id("KV-3", ref) for ref in ("TS-1", "TS-2", "TS-3"))


def asked(stream_id: UUID, *entries: AssetEntry, **given: Any) -> Asked:  # noqa: ANN401 - any of its fields
    return Asked(stream_id, entries, CLERK, given.pop("command_id", uuid4()), **given)


def seizures(*refs: str) -> list[Asked]:
    return [asked(asset_id("KV-3", ref), seized(ref), as_found=True) for ref in refs]


def versions(store: Store, *files: UUID) -> list[int]:
    return [len(lines) for lines in store.lines(files).values()]


def told(store: Store, commands: Sequence[Asked]) -> list[bool]:
    return [outcome is not None for outcome in record_each(store, commands, KeptFiles())]


def test_commands_on_many_files_are_recorded_and_told_as_if_each_were_alone(any_store: Store) -> None:
    alone, kept = MemoryStore(), KeptFiles()
    commands = seizures("TS-1", "TS-2", "TS-3")
    assert record_each(any_store, commands, kept) == [record(alone, **each._asdict()) for each in commands]
    commands = [
        asked(HOUSE, entry("appraised", 2), as_found=True, expected=1),
        asked(LAND, entry("cost_accrued", 3), entry("cost_accrued", 4)),
    ]
    assert record_each(any_store, commands, kept) == [record(alone, **each._asdict()) for each in commands]
    assert versions(any_store, LAND, HOUSE, SHIP) == [3, 2, 1]
    found = any_store.read([LAND])[LAND][-1]
    assert found.envelope.rulebook == alone.read([LAND])[LAND][-1].envelope.rulebook != ""


def test_one_that_is_not_recorded_keeps_no_other_from_it(any_store: Store) -> None:
    first, house, ship = seizures("TS-1", "TS-2", "TS-3")
    record_each(any_store, [first], KeptFiles())
    failed = asked(LAND, entry("round_failed", 5, round_no=1))
    assert told(any_store, [failed, house]) == [False, True]
    stale = asked(LAND, entry("cost_accrued", 5), expected=7)
    assert told(any_store, [stale, ship]) == [False, True]
    assert versions(any_store, LAND, HOUSE, SHIP) == [1, 1, 1]


def test_the_second_command_on_a_file_is_left_for_later(any_store: Store) -> None:
    record_each(any_store, seizures("TS-1"), KeptFiles())
    costs = [asked(LAND, entry("cost_accrued", day)) for day in (5, 6)]
    assert told(any_store, costs) == [True, False]
    assert told(any_store, costs[1:]) == [True]
    assert versions(any_store, LAND) == [3]


def test_a_command_recorded_before_is_left_to_be_told_alone(any_store: Store) -> None:
    commands = seizures("TS-1", "TS-2")
    outcomes = record_each(any_store, commands, KeptFiles())
    assert record_each(any_store, commands, KeptFiles()) == [None, None]
    assert [record(any_store, **each._asdict()) for each in commands] == outcomes
    assert versions(any_store, LAND, HOUSE) == [1, 1]


def test_an_entry_that_is_too_large_keeps_no_other_from_being_recorded(any_store: Store) -> None:
    record_each(any_store, seizures("TS-1"), KeptFiles())
    large = survey(MAX_BYTES + 1).model_copy(update={"on": day(5)})
    commands = [asked(LAND, large), *seizures("TS-2")]
    assert told(any_store, commands) == [False, True]
    with pytest.raises(Refused) as refused:
        record(any_store, **commands[0]._asdict())
    assert refused.value.code == "entry-too-large"


def test_each_is_judged_by_the_law_of_its_own_office(any_store: Store) -> None:
    change_rules(any_store, [limit("KV-3", 5)], by=CLERK)
    far = Actor("clerk", "KV-5")
    files = {"KV-3": LAND, "KV-5": asset_id("KV-5", "TS-1")}
    for office, file in files.items():
        steps = [seized("TS-1", office=office), entry("appraised", 2)]
        steps += [entry("round_announced", 3, round_no=1, starting_price=PRICE)]
        steps += [entry("round_failed", 40, round_no=1)]
        record(any_store, stream_id=file, entries=steps, by=Actor("clerk", office), as_found=True)
    cut = entry("price_reduced", 60, to_price=PRICE * 92 // 100)
    commands = [asked(LAND, cut), Asked(files["KV-5"], (cut,), far, uuid4())]
    assert told(any_store, commands) == [False, True]


def test_what_a_store_does_not_record_among_many_is_none_in_its_place(
    any_store: Store, command: Callable[..., Command]
) -> None:
    first, file = command(), uuid4()
    any_store.append(first)
    too_large = command(survey(MAX_BYTES + 1))
    commands = [command(), first, too_large, command(stream_id=file, expected=3), command(stream_id=file)]
    receipts = any_store.append_each(commands)
    assert [receipt and receipt.positions for receipt in receipts] == [(2,), None, None, None, (3,)]
    mismatch = command(stream_id=uuid4(), command_id=first.envelope.command_id)
    assert any_store.append_each([mismatch]) == [None]


def test_a_file_is_kept_for_the_next_command_that_was_decided_on_it_as_it_stood(any_store: Store) -> None:
    kept, alone = KeptFiles(), MemoryStore()
    steps = [
        seizures("TS-1"),
        [asked(LAND, entry("appraised", 2), as_found=True, expected=1)],
        [asked(LAND, entry("round_failed", 3, round_no=1), expected=2)],
        [asked(LAND, entry("cost_accrued", 3), expected=2)],
        [asked(LAND, entry("cost_accrued", 1), expected=3)],
        [asked(LAND, entry("cost_accrued", 4))],
    ]
    for commands in steps:
        found = record_each(any_store, commands, kept)
        if commands[0].entries[0].entry_name() == "round_failed":
            assert found == [None]
        else:
            assert found == [record(alone, **each._asdict()) for each in commands]
    lines = [store.lines([LAND])[LAND] for store in (any_store, alone)]
    assert lines[0] == lines[1]


def test_a_kept_file_that_others_wrote_to_meanwhile_decides_nothing(any_store: Store) -> None:
    kept = KeptFiles()
    record_each(any_store, seizures("TS-1"), kept)
    elsewhere = asked(LAND, entry("suspended", 4))
    record(any_store, **elsewhere._asdict())
    late = asked(LAND, entry("appraised", 5), as_found=True, expected=1)
    assert record_each(any_store, [late], kept) == [None]
    later = asked(LAND, entry("cost_accrued", 5), expected=2)
    assert [outcome and outcome.version for outcome in record_each(any_store, [later], kept)] == [3]
    assert versions(any_store, LAND) == [3]
