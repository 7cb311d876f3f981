"""Random legal days as known at random positions: what is answered against a replay in plain Python.

AUCTIONS_ORACLE_PAIRS asks for more pairs, AUCTIONS_ORACLE_SEED begins with another log.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest

from auctions.store.connect import connection
from projections.asset_list import SORTS, Filter, page_query
from projections.restatement import restatement
from projections.times import Times
from tests.contract.any_day import (
    A_LOG,
    FIRST,
    PAIRS,
    SEEDS,
    Asked,
    asked,
    expected,
    filter_of,
    filters,
    items,
    ladders,
    sums,
)
from tests.contract.oracle import Log, Told
from tests.contract.oracle_lists import Restated, chosen, counted, list_at, restated, total
from tests.contract.random_logs import Pair, RandomLog, drawn
from tests.contract.registers import seeded

RESTATED = ("office", "stage", "unsold", "price", "failed_rounds", "reductions", "costs", "sold_for")
Change = tuple[list[int], Told | None, Told | None]
"""Positions, what was told before, what was told after."""
RandomLogs = Callable[[int], RandomLog]
each_seed = pytest.mark.parametrize("seed", SEEDS)


@each_seed
def test_lists_counts_and_ladders_are_those_of_a_replay(random_log: RandomLogs, seed: int) -> None:
    made, random = random_log(seed), seeded(seed)
    with connection(made.url) as own:
        for number in range(min(PAIRS, A_LOG)):
            compare(own, made.log, asked(random, made), random, f"seed {seed}, pair {number}")


def test_the_sample_register_is_told_as_a_replay_tells_it(sample_log: RandomLog) -> None:
    random = seeded(FIRST)
    with connection(sample_log.url) as own:
        for number in range(PAIRS // 20):
            compare(own, sample_log.log, asked(random, sample_log), random, f"sample, pair {number}")


@each_seed
def test_within_a_command_is_known_what_was_known_before_it(random_log: RandomLogs, seed: int) -> None:
    """What one command strikes and enters anew stands together, or not at all."""
    made, random = random_log(seed), seeded(seed)
    inner = sorted(set(range(1, made.ends[-1])) - set(made.ends))
    with connection(made.url) as own:
        for number in range(min(PAIRS, A_LOG) // 20):
            (day, _), known_at = drawn(random, made), random.choice(inner)
            before = Pair(day, max([end for end in made.ends if end < known_at], default=0))
            where = f"seed {seed}, pair {number}: within a command at {known_at}"
            compare(own, made.log, Asked(before, Times(day, known_at)), random, where)


def compare(own: psycopg.Connection, log: Log, times: Asked, random: Random, where: str) -> None:
    """Assert that the whole list is a replay's, and so a filtered one with its counts, or the ladders."""
    found, wanted = list_at(log, *times.pair, {}), filters(random)
    where = f"{where}: {times}, {wanted}"
    rows = listed(own, filter_of(times, {}, random.choice(sorted(SORTS))))
    assert items(rows) == expected(found), where
    if random.random() < 0.3:
        levels = {asset_id: told["ladder"] for asset_id, told in found.items() if told["ladder"]}
        assert ladders(own, times.times) == levels, where
    else:
        few = chosen(found.items(), wanted)
        assert items(listed(own, filter_of(times, wanted))) == expected(few), where
        assert sums(own, filter_of(times, wanted)) == counted(found, wanted), where


def listed(own: psycopg.Connection, wanted: Filter) -> list[tuple[Any, ...]]:
    query, params = page_query(wanted)
    rows = own.execute(query.encode(), params).fetchall()
    if "asset_ref" not in wanted.sort:  # the database's order of words is not Python's
        assert rows == sorted(rows, key=lambda row: row[:2], reverse=wanted.sort.startswith("-"))
    return rows


@each_seed
def test_what_became_known_of_a_day_is_what_two_replays_tell_differently(
    random_log: RandomLogs, seed: int
) -> None:
    made, random = random_log(seed), seeded(seed)
    with connection(made.url) as own:
        for number in range(min(PAIRS, A_LOG) // 20):
            (day, one), (_, other) = drawn(random, made), drawn(random, made)
            earlier, later = sorted((one, other))
            where = f"seed {seed}, pair {number}: of {day} between {earlier} and {later}"
            with own.transaction():
                answer = restatement(own, day, earlier, later)
            before, after = (list_at(made.log, day, known, {"unsold": True}) for known in (earlier, later))
            assert [*answer["unsold"]["before"].values()] == [*total(before.values())], where
            assert [*answer["unsold"]["after"].values()] == [*total(after.values())], where
            assert answered(answer) == by_oracle(restated(made.log, day, earlier, later)), where


def answered(answer: dict[str, Any]) -> dict[str, Change]:
    return {
        each["asset_id"]: ([entry["position"] for entry in each["entries"]], each["before"], each["after"])
        for each in answer["assets"]
    }


def by_oracle(found: Mapping[UUID, Restated]) -> dict[str, Change]:
    return {
        str(asset_id): (positions, _compared(before), _compared(after))
        for asset_id, (positions, before, after) in found.items()
    }


def _compared(told: Told | None) -> Told | None:
    return told and {name: told[name] for name in RESTATED}
