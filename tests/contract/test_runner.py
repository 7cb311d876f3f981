"""What the runner answers with after any run is what a fresh replay gives."""

from decimal import Decimal

import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import folding, log, tracking
from projections.filling import unhurried
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import (
    add,
    differences,
    head,
    interleaved,
    lived,
    refs,
    seeded,
    seized,
    write,
)
from tests.unit.given import PRICE, entry, struck
from tests.unit.situations import FAILED, ROUND


def test_an_empty_log_is_answered_with_empty_lists(database: str) -> None:
    Runner(database).catch_up()
    assert (refs(database), differences(database), head(database)) == ([], {}, 0)
    with connection(database) as own:
        places = tracking.tracked(own, read_models())
        assert [(place.name, place.position, place.reason) for place in places] == [
            (name, 0, None) for name in sorted(read_models())
        ]


def test_a_late_entry_is_answered_on_its_legal_day(database: str, store: PostgresStore) -> None:
    runner, asset = Runner(database), write(store, *FAILED)
    runner.catch_up()
    add(store, asset, entry("transferred", 2), entry("price_reduced", 8, to_price=PRICE // 2))
    add(store, asset, entry("cost_accrued", 3))
    runner.catch_up()
    with connection(database) as own:
        row = own.execute("SELECT office, costs, price, left_of_first FROM assets").fetchone()
    assert row == ("KV-5", 2_500_000, PRICE // 2, Decimal("0.5"))
    assert differences(database) == {}


def test_a_struck_entry_is_answered_no_more(database: str, store: PostgresStore) -> None:
    runner, asset = Runner(database), write(store, *ROUND)
    runner.catch_up()
    add(store, asset, struck(3))
    runner.catch_up()
    with connection(database) as own:
        assert own.execute("SELECT rounds, stage FROM assets").fetchall() == [(0, "awaiting_round")]
    assert differences(database) == {}


def test_an_asset_whose_seizure_is_struck_leaves_every_list_until_it_is_entered_anew(
    database: str, store: PostgresStore
) -> None:
    runner, asset = Runner(database), write(store, seized("TS-1"), "appraised")
    write(store, seized("TS-2"))
    runner.catch_up()
    add(store, asset, struck(1), struck(2))
    runner.catch_up()
    assert (refs(database), differences(database)) == (["TS-2"], {})
    add(store, asset, seized("TS-3"))
    runner.catch_up()
    assert (refs(database), differences(database)) == (["TS-2", "TS-3"], {})


@pytest.mark.parametrize(("kept", "seed"), [(20_000, 1), (3, 2), (0, 3)])
def test_thirty_lives_read_in_pages_of_any_size_are_answered_as_a_replay_answers(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch, kept: int, seed: int
) -> None:
    monkeypatch.setattr(folding, "KEPT", kept)
    random, runner = seeded(seed), Runner(database)
    files = [lived(random, f"TS-{number}") for number in range(30)]
    commands = interleaved(random, files)
    assert len(commands) > 400
    with unhurried(database) as own:
        runner.prepare(own)
        while commands:
            now, commands = commands[:150], commands[150:]
            with store.transaction() as transaction:
                transaction.append_all(now)
            monkeypatch.setattr(log, "PAGE", random.randint(1, 120))
            assert runner.advance(own)
            assert differences(database) == {}
            while runner.advance(own):
                pass
    assert refs(database) == sorted(
        file.state.seized.asset_ref for file in files if file.state.seized is not None
    )
    assert differences(database) == {}


def test_a_page_ends_with_the_command_that_fills_it_and_the_read_models_go_on_together(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PAGE", 2)
    runner = Runner(database)
    with unhurried(database) as own:
        runner.prepare(own)
        write(store, *FAILED)
        write(store, seized("TS-2"))
        found = [[place.position for place in tracking.tracked(own, read_models())]]
        while runner.advance(own):
            found.append([place.position for place in tracking.tracked(own, read_models())])
    assert found == [[position] * len(read_models()) for position in (0, 4, 5)]
