"""The lists and ladders as they stood at the end of a day."""

from datetime import date
from typing import Any

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from projections.as_of import as_of
from projections.projection import folded
from projections.registry import read_models
from projections.runner import Runner
from tests.contract.registers import add, differences, interleaved, lived, refs, seeded, seized, write
from tests.unit.given import PRICE, day, entry
from tests.unit.situations import FAILED

LISTED = "SELECT asset_ref, stage FROM assets ORDER BY asset_ref"
LEVELS = "SELECT step, price FROM price_ladder ORDER BY step"


def listed(own: psycopg.Connection, until: date) -> list[tuple[str, str]]:
    with as_of(own, until):
        return own.execute(LISTED).fetchall()


def test_an_asset_is_listed_from_the_day_of_its_seizure_in_the_stage_of_the_day(
    database: str, store: PostgresStore
) -> None:
    write(store, *FAILED, entry("price_reduced", 9, to_price=PRICE // 2))
    write(store, entry("seized", 3, asset_ref="TS-18"))
    Runner(database).catch_up()
    with connection(database) as own:
        assert listed(own, day(0)) == []
        assert listed(own, day(1)) == [("TS-17", "awaiting_appraisal")]
        assert listed(own, day(3)) == [("TS-17", "announced"), ("TS-18", "awaiting_appraisal")]
        assert listed(own, day(8))[0] == ("TS-17", "awaiting_reduction")
        with as_of(own, day(8)) as position:
            assert (position, own.execute(LEVELS).fetchall()) == (6, [(1, PRICE)])
        with as_of(own, day(9)):
            assert own.execute(LEVELS).fetchall() == [(1, PRICE), (2, PRICE // 2)]


def test_the_read_models_of_today_are_untouched_and_back_afterwards(
    database: str, store: PostgresStore
) -> None:
    write(store, *FAILED)
    Runner(database).catch_up()
    with connection(database) as own:
        with as_of(own, day(0)):
            assert own.execute(LISTED).fetchall() == []
            assert refs(database) == ["TS-17"]
            assert own.execute("SELECT count(*) FROM projections.assets").fetchone() == (1,)
        assert own.execute(LISTED).fetchall() == [("TS-17", "awaiting_reduction")]
        with pytest.raises(ZeroDivisionError), as_of(own, day(0)):
            raise ZeroDivisionError
        assert own.execute(LISTED).fetchall() == [("TS-17", "awaiting_reduction")]
        assert own.execute("SELECT to_regclass('pg_temp.assets')").fetchone() == (None,)
    assert differences(database) == {}


def test_what_is_recorded_and_not_yet_answered_is_told_too(database: str, store: PostgresStore) -> None:
    asset = write(store, seized("TS-1"))
    Runner(database).catch_up()
    add(store, asset, entry("appraised", 2))
    with connection(database) as own:
        assert listed(own, day(5)) == [("TS-1", "awaiting_round")]
        with as_of(own, day(5)) as position:
            assert position == 2


def test_many_files_are_told_in_pages_of_any_size(
    database: str, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = seeded(4)
    files = [lived(random, f"TS-{number}") for number in range(24)]
    commands = interleaved(random, files)
    with store.transaction() as transaction:
        transaction.append_all(commands)
    Runner(database).catch_up()
    until = day(12)
    for size in (1, 7, 8, 5000):
        monkeypatch.setattr(log, "PAGE", size)
        with connection(database) as own, as_of(own, until):
            for model in read_models().values():
                query = f"SELECT {', '.join(model.columns)} FROM {model.name} ORDER BY {model.primary_key}"  # noqa: S608 - names of columns
                assert own.execute(query.encode()).fetchall() == expected(own, model.name, until)


def expected(own: psycopg.Connection, name: str, until: date) -> list[tuple[Any, ...]]:
    """Return the rows of the files themselves."""
    laws = log.laws(own, log.head(own))
    files = log.every_file(own, log.head(own))
    return [
        row
        for asset_id, lines in files
        for row in read_models()[name].rows(folded(asset_id, lines, laws, until=until))
    ]


def test_a_log_without_files_tells_nothing(database: str) -> None:
    Runner(database).catch_up()
    with connection(database) as own:
        assert listed(own, day(5)) == []
