"""The changes: entries of assets in the order of the log, by office, kind and name, without parties."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from auctions.domain.event import Entry
from auctions.store.codec import decode
from projections.log import PoisonedEvent

_WINDOW = 2000
"""Entries of the log that one look passes over at most, whatever is looked for."""
_PARTIES = {"officer", "by", "approved_by", "shares"}
_REFERENCES = {"asset_ref", "case_ref", "lot_ref"}
"""References of things; every other `_ref` is a party's."""


class Filter(NamedTuple):
    """Which changes are asked for; no entries are all."""

    office: str | None = None
    kind: str | None = None
    entries: tuple[str, ...] = ()


class Change(NamedTuple):
    """An entry as the feed tells it: `office` has the file after the entry, `entry` is its name."""

    position: int
    recorded_at: datetime
    asset_id: UUID
    asset_ref: str
    office: str
    kind: str
    entry_no: int
    entry: str
    on: date
    data: dict[str, Any]


def _office(last: str) -> str:
    """Return the SQL of the office that has a file after its entry of the number `last`."""
    return f"""coalesce((SELECT readable(t.payload) ->> 'to_office' FROM auctions.events t
        WHERE t.stream_id = e.stream_id AND t.topic = 'asset.transferred' AND t.entry_no <= {last}
            AND NOT EXISTS (SELECT FROM auctions.events s
                WHERE s.stream_id = e.stream_id AND s.topic = 'asset.entry_struck' AND s.entry_no <= {last}
                    AND (readable(s.payload) ->> 'entry_no')::int = t.entry_no)
        ORDER BY readable(t.payload) ->> 'on' DESC, t.entry_no DESC LIMIT 1), seizure.fields ->> 'office')"""


_OF_OFFICE = f"""(seizure.fields IS NULL OR {_office("e.entry_no")} = %(office)s
    OR e.topic IN ('asset.transferred', 'asset.entry_struck') AND {_office("e.entry_no - 1")} = %(office)s)"""
"""The office that a file leaves is told of it too. What has no seizure is found, and told as unreadable."""
_OF_KIND = "(seizure.fields IS NULL OR seizure.fields ->> 'kind' = %(kind)s)"
_OF_ENTRIES = "e.topic = ANY(%(topics)s)"
_QUERY = f"""SELECT reach.until, reach.until < reach.head, found.* FROM (
        SELECT coalesce((SELECT position - 1 FROM auctions.events
            WHERE position > %(after)s::int8 + %(window)s AND (command_id IS NOT NULL OR entry_no = 1)
            ORDER BY position LIMIT 1), log.head) AS until, log.head
        FROM (SELECT coalesce(max(position), 0) AS head FROM auctions.events) log) reach
    LEFT JOIN LATERAL (
        SELECT e.position, e.recorded_at, e.stream_id, seizure.fields ->> 'asset_ref',
            {_office("e.entry_no")}, seizure.fields ->> 'kind', e.entry_no, e.topic, e.payload
        FROM auctions.events e CROSS JOIN LATERAL (SELECT coalesce(
            (SELECT readable(payload) FROM auctions.events
                WHERE stream_id = e.stream_id AND topic = 'asset.seized' AND entry_no > 1
                    AND entry_no <= e.entry_no ORDER BY entry_no DESC LIMIT 1),
            (SELECT readable(payload) FROM auctions.events
                WHERE stream_id = e.stream_id AND topic = 'asset.seized' AND entry_no = 1)) AS fields
            OFFSET 0) seizure -- looked up once a row
        WHERE e.position > %(after)s AND e.position <= reach.until AND e.topic ^@ 'asset.' AND {{wanted}}
        ORDER BY e.position LIMIT %(limit)s) AS found
            (position, recorded_at, asset_id, asset_ref, office, kind, entry_no, topic, payload) ON true
    ORDER BY found.position"""


def look(
    wanted: Filter, after: int, limit: int | None, window: int | None = None
) -> tuple[bytes, dict[str, Any]]:
    """Return a query for changes after a position, and its parameters.

    It passes over `window` entries of the log and the rest of the command it ends in, by default `limit`
    where all is asked for, else 2,000. A row says up to which position it looked, whether the log has more,
    then what `change` takes; the latter is NULL where nothing was found.
    """
    if window is None:
        window = limit if limit and wanted == Filter() else _WINDOW
    asked = {
        _OF_OFFICE: wanted.office is not None,
        _OF_KIND: wanted.kind is not None,
        _OF_ENTRIES: bool(wanted.entries),
    }
    conditions = [condition for condition, given in asked.items() if given] or ["true"]
    params = {
        "after": after,
        "window": window,
        "limit": limit,
        "office": wanted.office,
        "kind": wanted.kind,
        "topics": [f"asset.{name}" for name in wanted.entries],
    }
    return _QUERY.format(wanted=" AND ".join(conditions)).encode(), params


def change(row: tuple[Any, ...]) -> Change:
    """Return a change of the last columns of a row. Raises PoisonedEvent where it cannot be read."""
    *about, topic, payload = row
    try:
        if about[3] is None:
            raise ValueError("its file begins with no seizure")  # noqa: TRY301 - told like any other reason
        entry = decode(topic, payload)
    except (KeyError, ValueError) as error:
        raise PoisonedEvent(about[0], error) from error
    return Change._make([*about, entry.entry_name(), entry.on, without_parties(entry)])


def without_parties(entry: Entry) -> dict[str, Any]:
    """Return an entry's fields without those that refer to a person."""
    return {name: value for name, value in entry.data().items() if not names_a_party(name)}


def names_a_party(field: str) -> bool:
    """Tell whether a field of an entry refers to a party, an officer or whoever decided."""
    return field in _PARTIES or (field.endswith("_ref") and field not in _REFERENCES)
