"""What had to happen next on another day, or as known earlier: folded from the files when it is asked."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any
from uuid import UUID

from auctions.domain.asset.law import LawOf
from projections import log
from projections.next_actions import COLUMNS, ITEM, KEY, Filter, rows
from projections.projection import folded
from projections.timeline import Row
from projections.times import NO_POSITION

MOST_FILES = 20_000
"""Files that one question may have folded over HTTP."""

_KNOWN = "position <= %(known_at)s"
_UNDER = f"""SELECT stream_id FROM auctions.events
        WHERE topic = 'asset.seized' AND readable(payload) ->> 'office' = %(office)s AND {_KNOWN}
    UNION SELECT stream_id FROM auctions.events
        WHERE topic = 'asset.transferred' AND readable(payload) ->> 'to_office' = %(office)s AND {_KNOWN}"""
_ALL = f"SELECT DISTINCT stream_id FROM auctions.events WHERE topic = 'asset.seized' AND {_KNOWN}"


class TooManyFiles(Exception):  # noqa: N818 - what is told, not a fault
    """The question is about more files than are folded for one."""


def past_query(asked: Filter, most: int = MOST_FILES) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters of the entries of all files that an answer may tell of, file by file."""
    files = "SELECT %(asset_id)s::uuid" if asked.asset_id else _UNDER if asked.office else _ALL
    query = f"""SELECT {log.COLUMNS} FROM auctions.events
        WHERE stream_id IN ({files} LIMIT %(most)s) AND {_KNOWN} AND topic ^@ 'asset.'
        ORDER BY stream_id, entry_no"""
    known_at = NO_POSITION if asked.times.known_at is None else asked.times.known_at
    params = {"known_at": known_at, "most": most + 1, "asset_id": asked.asset_id, "office": asked.office}
    return query, {name: value for name, value in params.items() if value is not None}


def past_rows(found: Iterable[Row], law_of: LawOf, asked: Filter, most: int = MOST_FILES) -> list[Row]:
    """Return the page of what the entries found tell, as `page_query` does: ITEM, then the row's key.

    `law_of` is as of the position asked about. Raises TooManyFiles.
    """
    told = sorted(_told(found, law_of, asked, most), key=lambda row: row[len(ITEM) :])
    return told[: asked.limit]


def _told(found: Iterable[Row], law_of: LawOf, asked: Filter, most: int) -> Iterator[Row]:
    for number, (asset_id, events) in enumerate(log.grouped(found), 1):
        if number > most:
            raise TooManyFiles
        for row in _actions(asset_id, events, law_of, asked):
            if _is_asked_for(row, asked):
                item = row | {"overdue": _overdue(row, asked)}
                yield (*itemgetter(*ITEM)(item), *itemgetter(*KEY)(item))


def _actions(
    asset_id: UUID, events: list[log.Event], law_of: LawOf, asked: Filter
) -> Iterator[dict[str, Any]]:
    file = folded(asset_id, log.numbered(events), law_of, until=asked.times.as_of)
    return (dict(zip(COLUMNS, row, strict=True)) for row in rows(file))


def _is_asked_for(row: dict[str, Any], asked: Filter) -> bool:
    return (
        asked.office in {None, row["office"]}
        and asked.officer in {None, row["officer"]}
        and asked.action in {None, row["action"]}
        and (asked.due_from is None or (row["due"] is not None and row["due"] >= asked.due_from))
        and (asked.due_before is None or row["place"] < asked.due_before)
        and (not asked.overdue or _overdue(row, asked))
        and (asked.after is None or itemgetter(*KEY)(row) > asked.after)
    )


def _overdue(row: dict[str, Any], asked: Filter) -> bool:
    return bool(row["must"] and row["due"] and row["due"] < asked.day)
