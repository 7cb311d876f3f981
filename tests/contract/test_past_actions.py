"""What had to happen next on another day, or as known earlier, is what the files of then tell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections import log, next_actions
from projections.next_actions import COLUMNS, ITEM, KEY, Filter
from projections.past_actions import TooManyFiles, past_query, past_rows
from projections.projection import folded
from projections.timeline import Row
from projections.times import NO_POSITION, Times
from tests.contract.pasts import Lives
from tests.contract.registers import add, head, seized, write
from tests.unit.given import TODAY, day, entry
from tests.unit.situations import FAILED

NAMES = (*ITEM, *KEY)
ALL = 100_000


def answered(own: psycopg.Connection, asked: Filter, most: int = ALL) -> list[dict[str, Any]]:
    """Return what is answered, by name."""
    known_at = NO_POSITION if asked.times.known_at is None else asked.times.known_at
    query, params = past_query(asked, most)
    found = own.execute(query.encode(), params, binary=True).fetchall()
    return [named(row) for row in past_rows(found, log.laws(own, known_at), asked, most)]


def named(row: Row) -> dict[str, Any]:
    told = dict(zip(NAMES, row, strict=False))
    assert all(row[NAMES.index(name)] == row[len(ITEM) + place] for place, name in enumerate(KEY[1:3], 1))
    return told


def folded_then(own: psycopg.Connection, past: Lives, times: Times) -> list[dict[str, Any]]:
    """Return the rows of every file cut off at the two times, in the order of a list."""
    known_at = past.head if times.known_at is None else times.known_at
    law_of = log.laws(own, known_at)
    with own.transaction():
        files = [
            folded(asset_id, log.numbered(events), law_of, until=times.as_of)
            for asset_id, events in log.every_file(own, known_at)
        ]
    rows = [dict(zip(COLUMNS, row, strict=True)) for file in files for row in next_actions.rows(file)]
    return sorted(rows, key=lambda row: [row[name] for name in KEY])


def test_what_came_next_at_any_two_times_is_what_the_files_cut_off_there_tell(
    past: Lives,
) -> None:
    pairs = past.drawn(8)
    times = [*pairs, *(Times(pair.as_of) for pair in pairs[:3])]
    with connection(past.url) as own:
        for each in [*times, *(Times(None, pair.known_at) for pair in pairs[:3])]:
            today = each.as_of or TODAY
            expected = folded_then(own, past, each)
            found = answered(own, Filter(today, times=each, limit=ALL))
            assert [{name: row[name] for name in COLUMNS} for row in found] == expected, each
            late = [bool(row["must"] and row["due"] and row["due"] < today) for row in expected]
            assert [row["overdue"] for row in found] == late


@pytest.fixture
def whole(past: Lives) -> tuple[str, Filter, list[dict[str, Any]]]:
    """The URL of a random log, a question of two times in its middle, and all that answers it."""
    times = past.times(0.5, 0.7)
    assert times.as_of
    asked = Filter(times.as_of, times=times, limit=ALL)
    with connection(past.url) as own:
        return past.url, asked, answered(own, asked)


def test_what_came_next_is_narrowed_as_the_present_is(
    whole: tuple[str, Filter, list[dict[str, Any]]],
) -> None:
    url, asked, rows = whole
    soon = asked.day + timedelta(days=5)
    dues = [row["due"] for row in rows]
    first = next(row for row in rows if row["officer"])
    narrowed: list[tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = [
        ({"office": "KV-5"}, lambda row: row["office"] == "KV-5"),
        ({"officer": first["officer"]}, lambda row: row["officer"] == first["officer"]),
        ({"asset_id": first["asset_id"]}, lambda row: row["asset_id"] == first["asset_id"]),
        (
            {"asset_id": first["asset_id"], "office": first["office"], "officer": first["officer"]},
            lambda row: row["asset_id"] == first["asset_id"],
        ),
        ({"asset_id": first["asset_id"], "office": "KV-0"}, lambda _: False),
        ({"due_before": soon}, lambda row: row["due"] is not None and row["due"] < soon),
        ({"due_from": soon}, lambda row: row["due"] is not None and row["due"] >= soon),
        ({"action": first["action"]}, lambda row: row["action"] == first["action"]),
        ({"overdue": True}, lambda row: bool(row["overdue"])),
        ({"overdue": True, "office": "KV-3"}, lambda row: row["office"] == "KV-3" and bool(row["overdue"])),
    ]
    with connection(url) as own:
        for fields, so in narrowed:
            expected = [row for row in rows if so(row)]
            assert answered(own, replace(asked, **fields)) == expected, fields
            assert len(expected) < len(rows)
            assert expected or fields.get("office") == "KV-0", fields
    assert any(due and due < asked.day for due in dues)


def test_pages_of_what_came_next_are_together_all_of_it(
    whole: tuple[str, Filter, list[dict[str, Any]]],
) -> None:
    url, asked, rows = whole
    with connection(url) as own:
        for limit in (7, 50, len(rows)):
            found: list[dict[str, Any]] = []
            wanted = replace(asked, limit=limit)
            while page := answered(own, wanted):
                assert len(page) <= limit
                found += page
                last = page[-1]
                wanted = replace(
                    wanted, after=(last["place"], last["asset_ref"], last["asset_id"], last["number"])
                )
            assert found == rows


def test_a_question_about_more_files_than_are_folded_for_one_is_refused(
    database: str, store: PostgresStore
) -> None:
    for number in range(3):
        write(store, seized(f"TS-{number}", office="KV-1" if number else "KV-2"))
    known = head(database)
    moved = write(store, seized("TS-3", office="KV-2"), entry("transferred", 2, to_office="KV-1"))
    asked = Filter(day(1), times=Times(day(1), known))
    with connection(database) as own:
        assert len(answered(own, asked, 3)) == len(answered(own, asked, 4)) > 0
        with pytest.raises(TooManyFiles):
            answered(own, asked, 2)
        of_office = replace(asked, office="KV-1")
        assert {row["asset_ref"] for row in answered(own, of_office, 2)} == {"TS-1", "TS-2"}
        with pytest.raises(TooManyFiles):
            answered(own, of_office, 1)
        with pytest.raises(TooManyFiles):
            answered(own, replace(of_office, times=Times(day(2))), 2)
        of_asset = replace(asked, times=Times(day(2)), asset_id=moved)
        assert {row["asset_ref"] for row in answered(own, of_asset, 1)} == {"TS-3"}


def test_files_that_begin_later_take_no_place_among_those_that_are_folded(
    database: str, store: PostgresStore
) -> None:
    for number in range(2):
        write(store, seized(f"TS-{number}"))
    known = head(database)
    for number in range(2, 30):
        write(store, seized(f"TS-{number}"))
    with connection(database) as own:
        found = answered(own, Filter(day(1), times=Times(day(1), known)), 2)
        assert {row["asset_ref"] for row in found} == {"TS-0", "TS-1"}
        of_office = answered(own, Filter(day(1), office="KV-3", times=Times(day(1), known)), 2)
        assert of_office == found


def test_the_office_that_has_the_file_on_the_day_is_asked_for(database: str, store: PostgresStore) -> None:
    asset = write(store, *FAILED)
    before = head(database)
    add(store, asset, entry("transferred", 20, to_office="KV-9"))
    questions = {
        ("KV-3", Times(day(19))): True,
        ("KV-9", Times(day(19))): False,
        ("KV-3", Times(day(20))): False,
        ("KV-9", Times(day(20))): True,
        ("KV-3", Times(day(20), before)): True,
        ("KV-9", Times(day(20), before)): False,
    }
    with connection(database) as own:
        found = {
            (office, times): bool(answered(own, Filter(day(30), office=office, times=times)))
            for office, times in questions
        }
    assert found == questions


def test_a_page_is_fifty_rows_unless_asked_otherwise(past: Lives) -> None:
    with connection(past.url) as own:
        assert len(answered(own, Filter(TODAY, times=Times(None, past.head)))) == 50
