"""Commands of many who ask, recorded together: each for itself, as if it had been recorded alone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from api.together import Key, Together
from auctions.application.offices import change_rules
from auctions.application.recording import Actor, Asked, Outcome, record
from auctions.domain.asset.events import AssetEntry, asset_id
from auctions.domain.errors import Refused
from auctions.store import keys
from auctions.store.codec import MAX_BYTES
from auctions.store.memory import MemoryStore
from auctions.store.port import Store
from auctions.store.postgres import PostgresStore
from tests.contract.laws import limit
from tests.contract.registers import seized
from tests.contract.test_store_conformance import survey
from tests.unit.given import PRICE, day, entry

CLERK = Actor("clerk", "KV-3")
LAND, HOUSE, SHIP = (asset_id("KV-3", ref) for ref in ("TS-1", "TS-2", "TS-3"))
CUT = entry("price_reduced", 60, to_price=PRICE * 92 // 100)

Told = list[Outcome | None]
Said = Callable[..., Awaitable[Told]]


def asked(stream_id: UUID, *entries: AssetEntry, **given: Any) -> Asked:  # noqa: ANN401 - any of its fields
    return Asked(stream_id, entries, CLERK, given.pop("command_id", uuid4()), **given)


def seizures(*refs: str) -> list[Asked]:
    return [asked(asset_id("KV-3", ref), seized(ref), as_found=True) for ref in refs]


def failed(store: Store, office: str) -> UUID:
    """Record a file of an office whose round failed, as found; return its id."""
    file = asset_id(office, "TS-1")
    steps = [seized("TS-1", office=office), entry("appraised", 2)]
    steps += [entry("round_announced", 3, round_no=1, starting_price=PRICE)]
    steps += [entry("round_failed", 40, round_no=1)]
    record(store, stream_id=file, entries=steps, by=Actor("clerk", office), as_found=True)
    return file


def versions(store: Store, *files: UUID) -> list[int]:
    return [len(lines) for lines in store.lines(files).values()]


@asynccontextmanager
async def opened(store: PostgresStore, url: str) -> AsyncIterator[Said]:
    """Lend what records commands of one group, all by one key where there is one."""
    together = Together(url, lambda: store)

    async def said(*commands: Asked, key: Key | None = None) -> Told:
        return await together.recorded([(command, key) for command in commands])

    try:
        yield said
    finally:
        await together.close()


def told(store: PostgresStore, url: str, *groups: Sequence[Asked]) -> list[Told]:
    """Return what becomes of the commands of groups, one group after the other."""

    async def all_of_them() -> list[Told]:
        async with opened(store, url) as said:
            return [await said(*commands) for commands in groups]

    return asyncio.run(all_of_them())


def recorded(found: list[Told]) -> list[list[bool]]:
    return [[outcome is not None for outcome in each] for each in found]


def but_for_leaves(found: Sequence[Told]) -> list[Told]:
    return [[outcome and outcome._replace(leaves=()) for outcome in each] for each in found]


def test_commands_on_many_files_are_recorded_and_told_as_if_each_were_alone(
    store: PostgresStore, database: str
) -> None:
    alone = MemoryStore()
    groups = [
        seizures("TS-1", "TS-2", "TS-3"),
        [
            asked(HOUSE, entry("appraised", 2), as_found=True, expected=1),
            asked(LAND, entry("cost_accrued", 3)),
        ],
    ]
    expected = [[record(alone, **each._asdict()) for each in commands] for commands in groups]
    told_of = told(store, database, *groups)
    assert but_for_leaves(told_of) == expected
    assert [outcome.leaves[0] for each in told_of for outcome in each if outcome] == store.leaves(range(1, 6))
    assert versions(store, LAND, HOUSE, SHIP) == [2, 2, 1]
    found = store.read([LAND])[LAND][-1]
    assert found.envelope.rulebook == alone.read([LAND])[LAND][-1].envelope.rulebook != ""


def test_one_that_is_not_recorded_keeps_no_other_from_it(store: PostgresStore, database: str) -> None:
    first, house, ship = seizures("TS-1", "TS-2", "TS-3")
    refused = asked(LAND, entry("round_failed", 5, round_no=1))
    stale = asked(LAND, entry("cost_accrued", 5), expected=7)
    found = told(store, database, [first], [refused, house], [stale, ship])
    assert recorded(found) == [[True], [False, True], [False, True]]
    assert versions(store, LAND, HOUSE, SHIP) == [1, 1, 1]


def test_the_second_command_on_a_file_is_left_to_be_recorded_alone(
    store: PostgresStore, database: str
) -> None:
    costs = [asked(LAND, entry("cost_accrued", day)) for day in (5, 6)]
    found = told(store, database, seizures("TS-1"), costs, costs[1:])
    assert recorded(found) == [[True], [True, False], [True]]
    assert versions(store, LAND) == [3]


def test_a_command_recorded_before_is_left_to_be_told_alone(store: PostgresStore, database: str) -> None:
    commands = seizures("TS-1", "TS-2")
    first, again = told(store, database, commands, commands)
    assert again == [None, None]
    assert [[record(store, **each._asdict()) for each in commands]] == but_for_leaves([first])
    assert versions(store, LAND, HOUSE) == [1, 1]


def test_what_needs_more_than_the_end_of_its_file_is_left_to_be_recorded_alone(
    store: PostgresStore, database: str
) -> None:
    file = failed(store, "KV-3")
    late, two = entry("cost_accrued", 4), [entry("cost_accrued", 41), entry("cost_accrued", 42)]
    strike = entry("entry_struck", 50, entry_no=4, reason="another asset's page", approved_by="head")
    groups = [[asked(file, late)], [asked(file, *two)], [asked(file, strike)]]
    assert recorded(told(store, database, *groups)) == [[False], [False], [False]]
    for (command,) in groups:
        record(store, **command._asdict())
    assert versions(store, file) == [8]


def test_the_result_of_a_round_of_a_lot_is_left_to_be_told_alone(store: PostgresStore, database: str) -> None:
    announced = entry("round_announced", 3, round_no=1, starting_price=PRICE, lot_ref="LOT-1")
    for file, ref in ((LAND, "TS-1"), (HOUSE, "TS-2")):
        steps = [seized(ref), entry("appraised", 2), announced]
        record(store, stream_id=file, entries=steps, by=CLERK, as_found=True)
    result = asked(LAND, entry("round_failed", 30, round_no=1))
    assert told(store, database, [result]) == [[None]]
    with pytest.raises(Refused) as refused:
        record(store, **result._asdict())
    assert refused.value.code == "whole-lot"


def test_an_entry_that_is_too_large_keeps_no_other_from_being_recorded(
    store: PostgresStore, database: str
) -> None:
    large = survey(MAX_BYTES + 1).model_copy(update={"on": day(5)})
    commands = [asked(LAND, large), *seizures("TS-2")]
    assert recorded(told(store, database, seizures("TS-1"), commands)) == [[True], [False, True]]
    with pytest.raises(Refused) as refused:
        record(store, **commands[0]._asdict())
    assert refused.value.code == "entry-too-large"


def test_each_is_judged_by_the_law_of_its_own_office(store: PostgresStore, database: str) -> None:
    change_rules(store, [limit("KV-3", 5)], by=CLERK)
    land, far = failed(store, "KV-3"), failed(store, "KV-5")
    commands = [asked(land, CUT), asked(far, CUT)._replace(by=Actor("clerk", "KV-5"))]
    assert recorded(told(store, database, commands)) == [[False, True]]


def test_nothing_is_recorded_by_rules_that_an_office_has_changed_since(
    store: PostgresStore, database: str
) -> None:
    file, elsewhere = failed(store, "KV-3"), asset_id("KV-3", "TS-2")

    async def changed_meanwhile() -> list[Told]:
        async with opened(store, database) as said:
            before = await said(asked(elsewhere, seized("TS-2")))
            change_rules(store, [limit("KV-3", 5)], by=CLERK)
            meanwhile = await said(asked(file, CUT), asked(elsewhere, entry("cost_accrued", 5), expected=1))
            after = await said(asked(file, CUT), asked(elsewhere, entry("cost_accrued", 5), expected=1))
            return [before, meanwhile, after]

    found = asyncio.run(changed_meanwhile())
    assert recorded(found) == [[True], [False, False], [False, True]]


@pytest.mark.parametrize(
    "ended",
    ["revoked_at = now()", "expires_at = now() - interval '1 second'", "key_id = '000000000000'"],
)
def test_nothing_is_recorded_by_a_key_that_holds_no_longer(
    store: PostgresStore, database: str, admin: psycopg.Connection, ended: str
) -> None:
    with psycopg.connect(database, autocommit=True, options=keys.OWNER) as own:
        (_, first), (_, other) = (
            keys.add(own, actor="clerk", office="KV-3", role="coordinator", days=1) for _ in range(2)
        )
    one, two = (keys.parted(token) for token in (first, other))
    assert one
    assert two

    async def ended_meanwhile() -> list[Told]:
        async with opened(store, database) as said:
            before = await said(*seizures("TS-1"), key=one)
            admin.execute(f"UPDATE auctions.keys SET {ended} WHERE key_id = %s".encode(), [one[0]])  # noqa: S608 - of the table above
            meanwhile = await said(*seizures("TS-2"), key=one)
            after = await said(*seizures("TS-2"), key=one)
            return [before, meanwhile, after, await said(*seizures("TS-2"), key=two)]

    found = asyncio.run(ended_meanwhile())
    assert recorded(found) == [[True], [False], [False], [True]]


def test_a_key_with_another_secret_and_one_that_may_not_record_record_nothing(
    store: PostgresStore, database: str
) -> None:
    with psycopg.connect(database, autocommit=True, options=keys.OWNER) as own:
        (key, _), (_, auditors) = (
            keys.add(own, actor="reader", office="KV-3", role=role, days=1)
            for role in ("coordinator", "auditor")
        )

    async def all_of_them() -> list[Told]:
        async with opened(store, database) as said:
            wrong = await said(*seizures("TS-1"), key=(key.key_id, "another secret"))
            return [wrong, await said(*seizures("TS-1"), key=keys.parted(auditors))]

    assert asyncio.run(all_of_them()) == [[None], [None]]
    assert versions(store, LAND) == [0]


def test_after_a_lost_connection_the_next_are_recorded_together_again(
    store: PostgresStore, database: str, admin: psycopg.Connection
) -> None:
    async def lost_between() -> list[Told]:
        async with opened(store, database) as said:
            before = await said(*seizures("TS-1"))
            admin.execute(
                """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()"""
            )
            lost = await said(*seizures("TS-2"))
            return [before, lost, await said(*seizures("TS-3"))]

    assert recorded(asyncio.run(lost_between())) == [[True], [False], [True]]


def test_a_file_is_kept_for_the_next_command_that_was_decided_on_it_as_it_stood(
    store: PostgresStore, database: str
) -> None:
    alone = MemoryStore()
    steps = [
        seizures("TS-1"),
        [asked(LAND, entry("appraised", 2), as_found=True, expected=1)],
        [asked(LAND, entry("round_failed", 3, round_no=1), expected=2)],
        [asked(LAND, entry("cost_accrued", 3), expected=2)],
        [asked(LAND, entry("cost_accrued", 4))],
    ]
    found = told(store, database, *steps)
    assert found[2] == [None]
    expected = [
        [record(alone, **each._asdict()) for each in commands] for commands in steps if commands != steps[2]
    ]
    assert but_for_leaves(found[:2] + found[3:]) == expected
    assert store.lines([LAND]) == alone.lines([LAND])


def test_a_kept_file_that_others_wrote_to_meanwhile_decides_nothing(
    store: PostgresStore, database: str
) -> None:
    elsewhere = asked(LAND, entry("suspended", 4))
    late = asked(LAND, entry("appraised", 5), as_found=True, expected=1)
    later = asked(LAND, entry("cost_accrued", 5), expected=2)

    async def written_to_between() -> list[Told]:
        async with opened(store, database) as said:
            first = await said(*seizures("TS-1"))
            record(store, **elsewhere._asdict())
            return [first, await said(late), await said(later)]

    found = asyncio.run(written_to_between())
    assert recorded(found) == [[True], [False], [True]]
    assert versions(store, LAND) == [3]
