"""The log as a register in the journal form: imported anew, it gives identical answers."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

import psycopg

from auctions.domain.asset.events import AssetEntry, Seized
from auctions.domain.event import Recorded
from auctions.journal.columns import columns
from auctions.journal.write import Cells, cells, write_csv, write_jsonl
from auctions.store.whole import entry_names, every_file

FORMATS = ("csv", "xlsx", "jsonl")


def export_journal(reader: psycopg.Connection[Any], out: TextIO | Path, form: str) -> None:
    """Write every entry, by office and reference, then by number; XLSX goes to a path, text to an open file.

    Entries recorded together bear the number of the first as their `together`.
    """
    with reader.transaction():
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        names = columns(entry_names(reader))
        rows = (row for file in every_file(reader) for row in _rows(file))
        if isinstance(out, Path):
            from auctions.journal.write_xlsx import write_xlsx  # noqa: PLC0415 - slow, and seldom needed

            write_xlsx(out, names, rows)
        elif form == "jsonl":
            write_jsonl(out, names, rows)
        else:
            write_csv(out, names, rows)


def _rows(file: Sequence[Recorded]) -> Iterator[Cells]:
    seized = next(line.entry for line in file if isinstance(line.entry, Seized))
    for _, group in groupby(file, key=lambda line: line.envelope.command_id):
        lines = list(group)
        together = str(lines[0].entry_no) if len(lines) > 1 else None
        for line in lines:
            entry: AssetEntry = line.entry  # type: ignore[assignment]  # files of assets hold asset entries
            yield cells(seized.asset_ref, seized.office, entry, together)
