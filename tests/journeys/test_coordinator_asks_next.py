"""A coordinator asks what must happen next: in every open file, by whom, by which day, from which rule."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from auctions.application.recording import today
from auctions.domain.asset.events import EntryStruck
from auctions.domain.asset.possible import EXITS
from auctions.domain.asset.state import Numbered, struck_by
from auctions.domain.event import Envelope
from auctions.store.connect import connection
from auctions.store.port import Command
from auctions.store.postgres import PostgresStore
from projections import log
from projections.next_actions import Filter, page_query
from projections.runner import Runner
from tests.journeys.commandline import CommandLine

FIELDS = ["asset_ref", "action", "who", "due", "overdue", "rule"]


@pytest.fixture
def coordinator(sample: str) -> CommandLine:
    return CommandLine(AUCTIONS_DATABASE_URL=sample)


def until(lines: Sequence[Numbered], day: date) -> list[Any]:
    """The entries of a file that were there at the end of a day, those that were struck later left out."""
    struck = struck_by(lines)
    return [
        entry
        for number, entry in lines
        if number not in struck and not isinstance(entry, EntryStruck) and entry.on <= day
    ]


def recorded_then(sample: str, url: str, day: date) -> None:
    """Record in another database what the sample register held at the end of a day."""
    with connection(sample) as own, own.transaction():
        files = [
            (each, until(log.numbered(events), day)) for each, events in log.every_file(own, log.head(own))
        ]
    envelope = Envelope("auditor", "", "auditor", uuid4())
    commands = [
        Command(each, 0, entries, envelope._replace(command_id=uuid4())) for each, entries in files if entries
    ]
    with closing(PostgresStore(url)) as store, store.transaction() as transaction:
        transaction.append_all(commands)
    Runner(url).catch_up()


def due_then(url: str, day: date) -> list[tuple[Any, ...]]:
    """Return what the read model of a database tells of that day, in its order."""
    query, params = page_query(Filter(day=day, limit=100_000))
    with connection(url) as own, own.cursor() as cursor:
        found = cursor.execute(query.encode(), params)
        names = [column.name for column in found.description or ()]
        return [tuple(row[names.index(name)] for name in FIELDS) for row in found]


def test_every_open_file_of_the_sample_has_something_to_do_what_is_overdue_first(
    coordinator: CommandLine,
) -> None:
    items = coordinator.json("next")["items"]
    assert {tuple(item) for item in items} == {tuple(FIELDS)}
    open_refs = {
        item["asset_ref"] for item in coordinator.json("assets")["items"] if item["stage"] not in EXITS
    }
    assert len(open_refs) > 50
    assert open_refs <= {item["asset_ref"] for item in items}
    days = [item["due"] or "9999" for item in items]
    assert days == sorted(days)
    late = [item for item in items if item["overdue"]]
    assert late
    assert all(item["due"] < today().isoformat() for item in late)
    assert coordinator.json("next", "--overdue")["items"] == late
    assert f"Next as of {today()}: {len(items):,}, overdue {len(late):,}" in coordinator("next")


@pytest.mark.parametrize("day", [date(2024, 6, 28), date(2026, 6, 30), date(2026, 7, 15)])
def test_what_was_due_on_a_past_day_is_what_was_told_then(
    coordinator: CommandLine, sample: str, database: str, day: date
) -> None:
    recorded_then(sample, database, day)
    items = coordinator.json("next", "--as-of", day)["items"]
    expected = due_then(database, day)
    assert len(expected) > 20
    told = [(*each[:3], each[3] and each[3].isoformat(), *each[4:]) for each in expected]
    assert [tuple(item.values()) for item in items] == told


def test_what_is_due_is_narrowed_by_office_officer_and_day(coordinator: CommandLine) -> None:
    items = coordinator.json("next")["items"]
    before = [item for item in items if item["due"] and item["due"] < "2026-07-01"]
    assert coordinator.json("next", "--due-before", "2026-07-01")["items"] == before
    offices = {item["asset_ref"]: item["office"] for item in coordinator.json("assets")["items"]}
    of_office = [item for item in items if offices[item["asset_ref"]] == "LDG-KV1"]
    assert coordinator.json("next", "--office", "LDG-KV1")["items"] == of_office != []
    officer = coordinator.json("show", of_office[0]["asset_ref"])["officer"]
    of_officer = coordinator.json("next", "--officer", officer)["items"]
    assert of_office[0] in of_officer
    assert len(of_officer) < len(items)
