"""The histories as they are stored: any day as known at any position, never two rows of one thing."""

from collections import Counter
from typing import Any
from uuid import UUID

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log
from projections.asset_periods import PROJECTION as PERIODS
from projections.filling import unhurried
from projections.history import History
from projections.life import life_of
from projections.lives import lives
from projections.projection import Folded, folded
from projections.registry import read_models
from projections.runner import Runner
from projections.timeline import Row
from projections.times import NO_DAY, NO_POSITION, NOW, Times
from projections.unsold_totals import PROJECTION as TOTALS
from tests.contract.pasts import Lives
from tests.contract.registers import add, differences, write
from tests.unit.given import day, entry, struck

HISTORIES = [model for model in read_models().values() if isinstance(model, History) and model is not TOTALS]


def files_then(own: psycopg.Connection, past: Lives, times: Times) -> list[Folded]:
    """Return every file folded as it was known, up to the end of the day."""
    known_at = past.head if times.known_at is None else times.known_at
    law_of = log.laws(own, known_at)
    return [
        folded(asset_id, log.numbered(events), law_of, until=times.as_of)
        for asset_id, events in log.every_file(own, known_at)
    ]


def stored(own: psycopg.Connection, model: History, times: Times) -> list[Row]:
    """Return the rows of a history that held on the day and were known then."""
    query = f"""SELECT {", ".join(model.columns)} FROM {model.name}
        WHERE {times.holding(model.name)} ORDER BY {model.primary_key}"""  # noqa: S608 - names of columns
    return own.execute(query.encode(), times.parameters).fetchall()


@pytest.mark.parametrize("number", [0, 1])
def test_every_history_holds_what_the_files_of_any_day_as_known_then_tell(past: Lives, number: int) -> None:
    times = [
        *past.drawn(8)[number::2],
        *([NOW, past.times(0.3, None), past.times(None, 0.3)] if number else []),
    ]
    with connection(past.url) as own, own.transaction():
        for each in times:
            files = files_then(own, past, each)
            for model in HISTORIES:
                expected = [row for file in files for row in model.rows(file)]
                assert stored(own, model, each) == expected, (model.name, each)


def test_the_life_that_the_histories_tell_is_the_one_that_the_file_tells(past: Lives) -> None:
    told = []
    with connection(past.url) as own, own.transaction():
        for times in [NOW, *past.drawn(6), past.times(0.9, None), past.times(None, 0.8)]:
            expected = [life for file in files_then(own, past, times) if (life := life_of(file))]
            found = list(lives(own, times))
            assert Counter(found) == Counter(expected), times
            told += found
    assert len({life.exit for life in told}) > 3
    assert any(life.sold_for for life in told)
    assert any(len(life.levels) > 3 for life in told)


def periods(url: str, model: str = "asset_periods") -> list[tuple[Any, ...]]:
    """Return stage, legal days and positions of all that was ever known, by when it became known."""
    with connection(url) as own:
        rows = own.execute(
            f"SELECT stage, on_from, on_to, known_from, known_to FROM {model} ORDER BY known_from, on_from"  # noqa: S608 - a name
        ).fetchall()
    return [
        (
            stage,
            (on_from - day(0)).days,
            None if on_to == NO_DAY else (on_to - day(0)).days,
            known_from,
            None if known_to == NO_POSITION else known_to,
        )
        for stage, on_from, on_to, known_from, known_to in rows
    ]


def test_a_period_ends_where_the_next_entry_is_known_and_begins(database: str, store: PostgresStore) -> None:
    asset = write(store, "seized")
    Runner(database).catch_up()
    assert periods(database) == [("awaiting_appraisal", 1, None, 1, None)]
    add(store, asset, entry("appraised", 9))
    Runner(database).catch_up()
    assert periods(database) == [
        ("awaiting_appraisal", 1, None, 1, 2),
        ("awaiting_appraisal", 1, 9, 2, None),
        ("awaiting_round", 9, None, 2, None),
    ]
    add(store, asset, struck(2, on=20), entry("appraised", 5))
    Runner(database).catch_up()
    known = [each for each in periods(database) if each[4] is None]
    assert known == [("awaiting_appraisal", 1, 5, 4, None), ("awaiting_round", 5, None, 4, None)]
    assert differences(database) == {}


def test_the_periods_of_an_asset_are_kept_apart_by_the_database_itself(
    database: str, store: PostgresStore
) -> None:
    asset = write(store, "seized", "appraised")  # at positions 1 and 2, by one command
    Runner(database).catch_up()
    rest = ", ".join(list(PERIODS.columns)[1:])
    insert = f"""INSERT INTO asset_periods SELECT %s::uuid, {rest}, %s::date, %s::date, %s::int8, %s::int8
        FROM asset_periods WHERE {NOW.holding("asset_periods")}"""  # noqa: S608 - names of columns
    overlapping = [
        (day(0), day(2), 2, NO_POSITION),
        (day(0), day(2), 1, 3),
        (day(90), day(91), 7, 8),
        (day(0), NO_DAY, 0, NO_POSITION),
    ]
    beside = [(day(0), day(1), 1, NO_POSITION), (day(1), NO_DAY, 0, 1), (day(-800), day(-700), 1, 9)]
    with unhurried(database) as own:
        for values in overlapping:
            with pytest.raises(psycopg.errors.ExclusionViolation):
                own.execute(insert.encode(), [asset, *values])
        for of, values in [
            *((asset, each) for each in beside),
            *((UUID(int=1), each) for each in overlapping),
        ]:
            with own.transaction(force_rollback=True):
                own.execute(insert.encode(), [of, *values])


def test_no_history_tells_two_things_of_one_day_as_known_at_one_position(past: Lives) -> None:
    with connection(past.url) as own:
        for model in HISTORIES:
            same = " AND ".join(f"one.{name} = other.{name}" for name in model.primary_key.split(", "))
            overlapping = f"""SELECT count(*) FROM {model.name} AS one JOIN {model.name} AS other ON {same}
                AND one.on_from < other.on_to AND other.on_from < one.on_to
                AND one.known_from < other.known_to AND other.known_from < one.known_to
                AND one.ctid <> other.ctid"""  # noqa: S608 - names of columns
            assert own.execute(overlapping.encode()).fetchone() == (0,), model.name
            empty = f"SELECT count(*) FROM {model.name} WHERE on_from >= on_to OR known_from >= known_to"  # noqa: S608 - a name
            assert own.execute(empty.encode()).fetchone() == (0,), model.name
