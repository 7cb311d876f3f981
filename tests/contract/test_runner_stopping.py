"""An event that cannot be taken stops the read models that cannot take it, shown with place and reason."""

from collections.abc import Sequence

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import tracking
from projections.projection import Folded, Projection
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from projections.timeline import Row
from tests.contract.registers import add, differences, insert, refs, seized, write
from tests.unit.given import entry

COLUMNS = {"asset_id": "uuid", "costs": "int4"}
UNANNOUNCED = b'{"on":"2025-01-01","round_no":1,"reason":"no_bid"}'


def broken_rows(file: Folded) -> Sequence[Row]:
    """Rows of a program that did not think of assets without costs, nor of costs without end."""
    return [(file.asset_id, file.state.costs // (0 if file.version == 2 else 1))]


BROKEN = Projection("broken", COLUMNS, "asset_id", (), broken_rows)
ALL = [*read_models().values(), BROKEN]


def places(url: str) -> dict[str, tuple[int, int | None, str | None]]:
    """Return position, where it stopped and why, by read model."""
    names = [model.name for model in ALL]
    with connection(url) as own:
        return {
            place.name: (place.position, place.stopped_at, place.reason)
            for place in tracking.tracked(own, names)
        }


@pytest.mark.parametrize(
    ("build_first", "topic", "payload", "reason"),
    [
        (False, "asset.vanished", b"{}", "KeyError: 'asset.vanished'"),
        (False, "asset.round_failed", UNANNOUNCED, "IndexError: "),
        (True, "asset.vanished", b"{}", "KeyError: 'asset.vanished'"),
        (True, "asset.appraised", b'{"on":', "ValidationError: "),
        (True, "asset.seized", b'{"on":"2025-01-01"}', "ValidationError: "),
        (True, "asset.appraised", b"\xff", "ValidationError: "),
        (True, "asset.round_failed", UNANNOUNCED, "IndexError: "),
    ],
)
def test_an_event_that_cannot_be_read_or_folded_stops_every_read_model_before_it(  # noqa: PLR0917 - fixtures
    database: str,
    store: PostgresStore,
    admin: psycopg.Connection,
    build_first: bool,  # noqa: FBT001 - a case of the table
    topic: str,
    payload: bytes,
    reason: str,
) -> None:
    runner = Runner(database)
    if build_first:
        runner.catch_up()
    write(store, seized("TS-1"), "appraised")
    write(store, seized("TS-2"), "appraised")
    bad = insert(admin, topic, payload)
    write(store, seized("TS-3"))
    runner.catch_up()
    runner.catch_up()
    found = places(database)
    assert {name: place[:2] for name, place in found.items()} == dict.fromkeys(read_models(), (bad - 1, bad))
    assert all((place[2] or "").startswith(reason) for place in found.values())
    assert (refs(database), differences(database)) == (["TS-1", "TS-2"], {})


def test_who_waits_for_a_leader_is_not_kept_by_a_read_model_that_stands_still(
    database: str, store: PostgresStore, admin: psycopg.Connection
) -> None:
    Runner(database).catch_up()
    insert(admin, "asset.vanished", b"{}")
    Runner(database).catch_up()
    write(store, seized("TS-1"))
    admin.execute("SELECT pg_advisory_lock(7283002)")  # leads
    Runner(database).catch_up(patience=0)


@pytest.mark.parametrize("build_first", [True, False])
def test_a_read_model_that_breaks_stops_alone_before_the_event_it_cannot_take(
    database: str,
    store: PostgresStore,
    build_first: bool,  # noqa: FBT001 - a case of the table
) -> None:
    runner = Runner(database, ALL)
    if build_first:
        runner.catch_up()
    asset = write(store, seized("TS-1"))
    last = [write(store, seized(f"TS-{number}")) for number in range(2, 6)][-1]
    bad = add(store, last, entry("cost_accrued", 2))
    end = add(store, asset, entry("cost_accrued", 2), entry("cost_accrued", 3))
    runner.catch_up()
    broken = {"broken": (bad - 1, bad, "ZeroDivisionError: integer division or modulo by zero")}
    assert places(database) == dict.fromkeys(read_models(), (end, None, None)) | broken
    assert (len(refs(database)), differences(database)) == (5, {})
    with connection(database) as own:
        assert own.execute("SELECT count(*), sum(costs) FROM broken").fetchone() == (5, 0)


TWICE = Projection("broken", COLUMNS, "asset_id", (), lambda file: [(file.asset_id, file.version)] * 2)
TOO_LONG = Projection(
    "broken",
    {"asset_id": "uuid", "words": "text"},
    "asset_id",
    ("CREATE INDEX ON {table} (words)",),
    lambda file: [(file.asset_id, "".join(map(chr, range(0x4E00, 0x4E00 + 4000))))],
)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [(TWICE, "UniqueViolation: duplicate key"), (TOO_LONG, "ProgramLimitExceeded: index row")],
    ids=["twice", "longer than an index takes"],
)
def test_rows_that_the_table_cannot_hold_stop_the_read_model_alone(
    database: str, store: PostgresStore, broken: Projection, reason: str
) -> None:
    Runner(database, [*read_models().values(), broken]).catch_up()
    write(store, "seized")
    Runner(database, [*read_models().values(), broken]).catch_up()
    position, stopped_at, why = places(database)["broken"]
    assert (position, stopped_at, (why or "")[: len(reason)]) == (0, 1, reason)
    assert places(database)["assets"] == (1, None, None)


def test_a_read_model_that_was_mended_goes_on_after_a_rebuild(database: str, store: PostgresStore) -> None:
    add(store, write(store, seized("TS-1")), entry("cost_accrued", 2))
    Runner(database, ALL).catch_up()
    assert places(database)["broken"][1] == 2
    mended = Projection(
        "broken", COLUMNS, "asset_id", (), lambda file: [(file.asset_id, file.state.costs)], version=2
    )
    Runner(database, [*read_models().values(), mended]).catch_up()
    assert places(database)["broken"] == (2, None, None)
    with connection(database) as own:
        assert own.execute("SELECT costs FROM broken").fetchall() == [(2_500_000,)]


def test_a_rebuild_that_cannot_take_an_event_either_stands_before_it_again(
    database: str, store: PostgresStore
) -> None:
    add(store, write(store, seized("TS-1")), entry("cost_accrued", 2))
    assert rebuild(database, BROKEN) == 1
    assert places(database)["broken"][:2] == (1, 2)
