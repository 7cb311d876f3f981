"""What hinders the runner or one of its read models is waited out, told, and no more than it must be."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log, tracking
from projections import runner as runners
from projections.filling import unhurried
from projections.history import History
from projections.projection import Folded
from projections.rebuild import rebuild
from projections.registry import read_models
from projections.runner import Runner
from projections.timeline import Row
from tests.contract.registers import add, differences, followed, head, insert, refs, running, seized, write
from tests.unit.given import entry

Until = Callable[[Callable[[], object]], None]
ASSETS, FINDINGS = read_models()["assets"], read_models()["findings"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "_POLL", 0.05)


def positions(url: str) -> dict[str, int]:
    with connection(url) as own:
        return {place.name: place.position for place in tracking.tracked(own, [*read_models(), "broken"])}


def reason(url: str, name: str) -> str:
    with connection(url) as own:
        return str(tracking.tracked(own, [name])[0].reason)


def test_a_read_model_that_tries_again_from_far_behind_does_not_keep_the_others(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PAGE", 2)
    runner = Runner(database)
    runner.catch_up()
    with unhurried(database) as own:
        tracking.stop(own, ["findings"], 1, "a test")
        for number in range(9):
            write(store, seized(f"TS-{number}"))
        runner.catch_up()
        (place,) = tracking.retry(own, ["findings", "assets"])
        assert (place.name, place.stopped_at, place.reason) == ("findings", 1, "a test")
        write(store, seized("TS-9"))
        assert runner.advance(own)
    others = dict.fromkeys(read_models(), 10)
    assert positions(database) == others | {"findings": 2}
    runner.catch_up()
    assert (positions(database), differences(database)) == (others, {})


def breaks_on_costs(file: Folded) -> Sequence[Row]:
    return [(file.asset_id, 1 // (not file.state.costs))]


def test_a_read_model_with_a_history_that_breaks_stops_alone(database: str, store: PostgresStore) -> None:
    columns = {"asset_id": "uuid", "one": "int4"}
    broken = History("broken", columns, "asset_id", (), breaks_on_costs)
    runner = Runner(database, [*read_models().values(), broken])
    runner.catch_up()
    asset = write(store, seized("TS-1"))
    write(store, seized("TS-2"))
    add(store, asset, entry("cost_accrued", 2))
    write(store, seized("TS-3"))
    runner.catch_up()
    assert positions(database) == dict.fromkeys(read_models(), 4) | {"broken": 2}
    assert reason(database, "broken") == "ZeroDivisionError: integer division or modulo by zero"
    assert (len(refs(database)), differences(database)) == (3, {})


@pytest.mark.parametrize("build_first", [True, False])
def test_rows_that_the_key_refuses_stop_a_read_model_alone_however_it_is_filled(
    database: str,
    store: PostgresStore,
    build_first: bool,  # noqa: FBT001 - a case of the table
) -> None:
    twice = replace(ASSETS, name="broken", rows=lambda file: [*ASSETS.rows(file)] * file.version)
    runner = Runner(database, [*read_models().values(), twice])
    if build_first:
        runner.catch_up()
    write(store, seized("TS-1"))
    add(store, write(store, seized("TS-2")), entry("cost_accrued", 2))
    runner.catch_up()
    assert positions(database) == dict.fromkeys(read_models(), 3) | {"broken": 2}
    assert reason(database, "broken").startswith("UniqueViolation: duplicate key")
    assert differences(database) == {}


def test_a_right_that_is_missing_is_waited_for_and_told_once(
    database: str, admin: psycopg.Connection, until: Until, quick: None, caplog: pytest.LogCaptureFixture
) -> None:
    del quick
    with running(database, Runner(database)):
        until(lambda: followed(database))
        admin.execute("REVOKE SELECT ON auctions.events FROM auctions_runner")
        until(lambda: "permission denied" in caplog.text)
        bad = insert(admin, "asset.seized", b"{}")
        admin.execute("GRANT SELECT ON auctions.events TO auctions_runner")
        until(lambda: reason(database, "assets").startswith("ValidationError"))
    assert caplog.messages == ["the runner tries again: permission denied for table events"]
    assert positions(database)["assets"] == bad - 1


def test_a_read_model_that_cannot_be_built_does_not_keep_the_others(
    database: str, store: PostgresStore, until: Until, caplog: pytest.LogCaptureFixture, quick: None
) -> None:
    del quick
    Runner(database).catch_up()
    worse = replace(ASSETS, version=ASSETS.version + 1, indexes=("CREATE INDEX ON {table} (no_column)",))
    with running(database, Runner(database, [worse, FINDINGS])):
        write(store, seized("TS-1"))
        until(lambda: positions(database)["findings"] == 1)
    assert positions(database)["assets"] == 0
    assert 'the runner tries again: column "no_column" does not exist' in caplog.messages


def test_the_limits_a_server_sets_for_those_who_ask_do_not_hold_for_the_runner(
    database: str, server: str, store: PostgresStore
) -> None:
    write(store, seized("TS-1"), "appraised")
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(server, autocommit=True) as elsewhere:
        limit_all = "ALTER DATABASE {} SET {} = '20ms'"
        for each in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
            elsewhere.execute(limit_all.format(name, each).encode())
        Runner(database).catch_up()
        rebuild(database, FINDINGS)
        elsewhere.execute(f"ALTER DATABASE {name} RESET ALL".encode())
    assert (refs(database), differences(database)) == (["TS-1"], {})


def test_who_waits_until_all_is_read_does_not_wait_for_what_is_recorded_after(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Runner(database)
    runner.catch_up()
    advance, turns = runner.advance, iter(range(50))

    def advance_and_write(own: psycopg.Connection) -> bool:
        write(store, seized(f"TS-{next(turns)}"))
        return advance(own)

    monkeypatch.setattr(runner, "advance", advance_and_write)
    write(store, seized("TS-A"))
    runner.catch_up()
    assert head(database) == 2


def test_a_runner_that_is_to_stop_leaves_a_rebuild_under_way(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch, until: Until
) -> None:
    write(store, seized("TS-1"))
    runner = Runner(database)
    begun = []

    def build(_url: str, *_models: object, progress: Callable[[int, int], None]) -> None:
        begun.append(1)
        while True:
            progress(1, 2)

    monkeypatch.setattr(runners, "rebuild", build)
    with running(database, runner):
        until(lambda: begun)
    assert begun == [1]
