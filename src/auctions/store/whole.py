"""The whole log file by file, as an export takes it."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import psycopg

from auctions.domain.event import Recorded
from auctions.store.mapper import LineMapper, StoredLine

_NAMES = "SELECT DISTINCT split_part(topic, '.', 2) FROM auctions.events WHERE topic ^@ 'asset.'"
_FILES = """WITH seizures AS (
        SELECT DISTINCT ON (stream_id) stream_id, readable(payload) ->> 'office' AS office,
               readable(payload) ->> 'asset_ref' AS asset_ref
        FROM auctions.events WHERE topic = 'asset.seized' ORDER BY stream_id, entry_no)
    SELECT stream_id, entry_no, topic, payload, envelope, position, recorded_at
    FROM auctions.events JOIN seizures USING (stream_id)
    ORDER BY office COLLATE "C", asset_ref COLLATE "C", entry_no"""
_PAGE = 5000


def entry_names(connection: psycopg.Connection[Any]) -> set[str]:
    """Return the names of the entries that occur."""
    return {name for (name,) in connection.execute(_NAMES)}


def every_file(connection: psycopg.Connection[Any]) -> Iterator[list[Recorded]]:
    """Yield every asset's file, by seizing office and reference, streaming; needs a transaction around it."""
    mapper = LineMapper()
    with connection.cursor("every_file", binary=True) as cursor:
        cursor.itersize = _PAGE
        lines = (mapper.to_domain_event(StoredLine(*row)) for row in cursor.execute(_FILES))
        for _, file in groupby(lines, key=lambda line: line.stream_id):
            yield list(file)
