"""Runners killed, cut off and poisoned: the other one leads, the other read models go on, none differs."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import tracking
from projections.registry import read_models
from tests.contract.registers import differences, followed, head, insert, seized, write
from tests.faults.runner_service import BROKEN
from tests.faults.runners import Runners, writing
from tests.journeys.commandline import CommandLine

OTHERS = [name for name in read_models() if name != "price_ladder"]

Start = Callable[..., Runners]


@pytest.fixture
def start(database: str, tmp_path: Path) -> Iterator[Start]:
    """Return what starts two runners, mutants of one kind if asked."""
    begun: list[Runners] = []

    def begin(mutant: str | None = None, patience: float = 30.0) -> Runners:
        begun.append(Runners(database, tmp_path / "marker", mutant))
        begun[-1].start()
        begun[-1].wait(lambda: followed(database))
        begun[-1].patience = patience
        return begun[-1]

    yield begin
    for runners in begun:
        runners.stop()


@pytest.fixture
def auctions(database: str) -> CommandLine:
    return CommandLine(AUCTIONS_DATABASE_URL=database)


def places(url: str) -> dict[str, tracking.Tracked]:
    with connection(url) as own:
        return {place.name: place for place in tracking.tracked(own, read_models())}


def strike(runners: Runners) -> list[float]:
    """Kill the leader and cut everybody off, in turns; return how long nobody led after each kill."""
    without = []
    for _ in range(3):
        without.append(runners.kill_the_leader())
        runners.start()
        for _ in range(2):
            time.sleep(0.3)
            runners.terminate_backends()
        runners.wait(runners.leader)
    return without


def assert_poison_stops_one_alone(runners: Runners, store: PostgresStore) -> None:
    """Record the asset that breaks the price ladder, and see it stop while the others go on."""
    write(store, seized(BROKEN), "appraised")
    runners.wait(lambda: places(runners.url)["price_ladder"].stopped_at)
    end = head(runners.url)
    runners.wait(lambda: all(places(runners.url)[name].position >= end for name in OTHERS))


def assert_goes_on(runners: Runners, auctions: CommandLine) -> None:
    """Mend what was broken, and see it try again once it is told to, and not before."""
    shown = {item["name"]: item for item in auctions.json("projections", "status", code=1)["items"]}
    assert shown["price_ladder"]["reason"] == "ValueError: the marker is absent"
    assert {shown[name]["reason"] for name in OTHERS} == {None}
    runners.marker.touch()
    assert [item["name"] for item in auctions.json("projections", "retry")["items"]] == ["price_ladder"]
    runners.wait(lambda: followed(runners.url))
    auctions("projections", "status")
    assert differences(runners.url) == {}


def test_runners_killed_cut_off_and_poisoned_under_writers_leave_no_difference(
    database: str, store: PostgresStore, start: Start, auctions: CommandLine
) -> None:
    runners = start()
    with writing(database, 4):
        without = strike(runners)
        assert_poison_stops_one_alone(runners, store)
        runners.kill_the_leader()
        runners.start()
    assert max(without) < 3, f"nobody led for {without} seconds"
    assert_goes_on(runners, auctions)


def test_an_event_nobody_can_decode_is_stood_before_whoever_leads(
    database: str, store: PostgresStore, start: Start, auctions: CommandLine
) -> None:
    runners = start()
    write(store, seized("TS-1"), "appraised")
    with psycopg.connect(database, autocommit=True) as admin:
        bad = insert(admin, "asset.vanished", b"{}")
    write(store, seized("TS-2"))
    runners.wait(lambda: {place.stopped_at for place in places(database).values()} == {bad})
    runners.kill_the_leader()
    items = auctions.json("projections", "status", code=1)["items"]
    assert {(item["position"], item["behind"], item["reason"]) for item in items} == {
        (bad - 1, 2, "KeyError: 'asset.vanished'")
    }
    assert len(auctions.json("projections", "retry")["items"]) == len(read_models())
    runners.wait(lambda: {place.stopped_at for place in places(database).values()} == {bad})
    assert differences(database) == {}


def assert_resilient(runners: Runners, store: PostgresStore, auctions: CommandLine) -> None:
    for _ in range(4):  # so that one who came late is cut off too
        runners.terminate_backends()
        time.sleep(0.5)
    write(store, seized("TS-1"))
    runners.wait(lambda: followed(runners.url))
    assert_poison_stops_one_alone(runners, store)
    assert_goes_on(runners, auctions)


@pytest.mark.parametrize("mutant", ["gives up", "stops all", "forgets"])
def test_a_runner_without_one_of_its_protections_is_found_out(
    store: PostgresStore, start: Start, auctions: CommandLine, mutant: str
) -> None:
    runners = start(mutant, 4.0)
    with pytest.raises(AssertionError):
        assert_resilient(runners, store, auctions)
