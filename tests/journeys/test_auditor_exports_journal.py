"""An auditor takes the whole log out and proves that it says the same elsewhere."""

from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from auctions.journal.exporting import export_journal
from auctions.journal.importing import Mode, Report
from auctions.store.connect import connection
from auctions.store.postgres import PostgresStore
from projections.check import first_difference
from projections.projection import Projection
from projections.registry import read_models
from projections.runner import Runner
from tests.journeys.commandline import CommandLine
from tests.journeys.imports import imported
from tests.journeys.registers import FORMATS

ENTRIES, ASSETS = 7_830, 200


def brought_in(url: str, register: Path) -> Report:
    with closing(PostgresStore(url)) as store:
        return imported(store, register, Mode.ALL_OR_NOTHING)


def taken_out(url: str, path: Path) -> bytes:
    with connection(url) as reader:
        if path.suffix == ".xlsx":
            export_journal(reader, path, "xlsx")
        else:
            with path.open("w", encoding="utf-8", newline="") as stream:
                export_journal(reader, stream, path.suffix[1:])
    return path.read_bytes()


def answers(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every read model, none of which differs from a replay of the log."""
    Runner(url).catch_up()
    with connection(url) as reader:
        models = read_models().values()
        assert [first_difference(reader, model) for model in models] == [None] * len(models)
        return {model.name: _rows(reader, model) for model in models}


def _rows(reader: psycopg.Connection[Any], model: Projection) -> list[tuple[Any, ...]]:
    query = f"SELECT * FROM {model.name} WHERE {model.telling} ORDER BY {model.key}"  # noqa: S608 - names of columns
    return reader.execute(query.encode()).fetchall()


@pytest.mark.parametrize("form", FORMATS)
def test_a_journal_taken_out_brought_in_elsewhere_and_taken_out_again_is_the_same_to_the_byte(
    database: str, sample: str, tmp_path: Path, form: str
) -> None:
    first = taken_out(sample, tmp_path / f"first.{form}")
    assert brought_in(database, tmp_path / f"first.{form}")[1:5] == (ENTRIES, 0, 0, ASSETS)
    assert taken_out(database, tmp_path / f"second.{form}") == first


def test_a_journal_brought_in_elsewhere_is_answered_from_as_it_was_before(
    database: str, sample: str, tmp_path: Path
) -> None:
    taken_out(sample, tmp_path / "journal.jsonl")
    brought_in(database, tmp_path / "journal.jsonl")
    assert answers(database) == answers(sample)


def test_the_command_writes_the_same_bytes_to_a_file_and_to_standard_output(
    recorded: CommandLine, tmp_path: Path
) -> None:
    assert recorded("export", "journal", "--out", tmp_path / "journal.jsonl") == ""
    printed = recorded("export", "journal", "--format", "jsonl")
    assert (tmp_path / "journal.jsonl").read_text(encoding="utf-8") == printed
    assert printed.count("\n") == 13
    recorded("export", "journal", "--format", "xlsx", code=2)
