"""The log as the answering side reads it: pages in order of position, files by number."""

from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from auctions.domain.asset.law import Law
from auctions.domain.asset.state import Numbered
from auctions.domain.event import Entry, Recorded
from auctions.domain.office import state as office
from auctions.domain.office.events import RuleChange, office_id
from auctions.domain.register.events import REGISTER_ID
from auctions.store.codec import decode, decode_envelope
from projections.times import NO_POSITION

PAGE = 5000

COLUMNS = "position, stream_id, entry_no, topic, payload, (command_id IS NOT NULL OR entry_no = 1)"
"""What `grouped` takes; the last tells whether a command begins here."""
_PAGE = f"""SELECT {COLUMNS} FROM auctions.events
    WHERE position > %(after)s AND position < coalesce((SELECT position FROM auctions.events
        WHERE position > %(after)s::int8 + %(limit)s AND (command_id IS NOT NULL OR entry_no = 1)
        ORDER BY position LIMIT 1), {2**63 - 1}) ORDER BY position"""
_FILES = f"""SELECT {COLUMNS} FROM auctions.events
    WHERE stream_id = ANY(%s) AND position <= %s ORDER BY stream_id, entry_no"""
_ALL = f"""SELECT {COLUMNS} FROM auctions.events
    WHERE position <= %s AND topic ^@ 'asset.' ORDER BY stream_id, entry_no"""
_BETWEEN = f"""SELECT {COLUMNS} FROM auctions.events
    WHERE stream_id >= %s AND (stream_id < %s OR %s AND stream_id = %s)
        AND position <= %s AND topic ^@ 'asset.' ORDER BY stream_id, entry_no"""
OF_OFFICES = """SELECT topic, payload FROM auctions.events
    WHERE topic LIKE 'office.%%' AND topic <> 'office.book_closed' AND position <= %s ORDER BY position"""
"""What changed the law that offices judge by, which a close does not."""
_CHANGES = OF_OFFICES.replace("topic,", "position, topic,", 1)
_UNDER = """SELECT stream_id FROM auctions.events WHERE topic = 'asset.seized'
        AND readable(payload) ->> 'office' = ANY(%(offices)s) AND position <= %(up_to)s
    UNION SELECT stream_id FROM auctions.events WHERE topic = 'asset.transferred'
        AND readable(payload) ->> 'to_office' = ANY(%(offices)s) AND position <= %(up_to)s"""
FILE = """SELECT stream_id, entry_no, topic, payload, position, recorded_at, envelope FROM auctions.events
    WHERE stream_id = %s AND topic ^@ 'asset.' ORDER BY entry_no"""
_GROWN = """SELECT stream_id, entry_no, topic, payload, position, recorded_at, envelope
    FROM auctions.events WHERE position <= %(later)s AND stream_id IN (SELECT stream_id FROM auctions.events
        WHERE position > %(earlier)s AND position <= %(later)s AND topic ^@ 'asset.')
    ORDER BY stream_id, entry_no"""
_GROWN_OF = _GROWN.replace("topic ^@ 'asset.'", f"topic ^@ 'asset.' AND stream_id IN ({_UNDER})")
OFFICE_FILE = FILE.replace("asset.", "office.")
_REGISTER_FILE = FILE.replace("asset.", "register.")
_OFFICES = """SELECT DISTINCT readable(payload) ->> 'office' FROM auctions.events
    WHERE topic = 'asset.seized' AND readable(payload) ->> 'asset_ref' = %s ORDER BY 1"""
OF_LOT = """SELECT DISTINCT stream_id FROM auctions.events
    WHERE topic = 'asset.round_announced' AND position('"lot_ref"'::bytea IN payload) > 0
        AND readable(payload) ->> 'lot_ref' = %s ORDER BY stream_id LIMIT 1000"""
"""Files that ever had a round of a lot."""
HEAD = "SELECT coalesce(max(position), 0) FROM auctions.events"


class Event(NamedTuple):
    """An entry at its position; whether it is the first of what one command recorded."""

    position: int
    stream_id: UUID
    entry_no: int
    entry: Entry
    begins: bool = True


class PoisonedEvent(Exception):  # noqa: N818 - the word of the field
    """An event that cannot be read or taken; a read model stops before it."""

    def __init__(self, position: int, cause: Exception) -> None:
        """Keep the position and the reason."""
        super().__init__(f"{type(cause).__name__}: {cause}")
        self.position = position


def page(connection: psycopg.Connection[Any], after: int, limit: int) -> list[Event]:
    """Return some `limit` events after a position, of whole commands.

    A page ends before a command with an event that cannot be read. Raises PoisonedEvent if that is the first.
    """
    asked = {"after": after, "limit": limit}
    rows = connection.execute(_PAGE, asked, binary=True, prepare=True).fetchall()
    events: list[Event] = []
    try:
        events.extend(map(_event, rows))
    except (KeyError, ValueError) as error:
        poisoned = len(events)
        if not rows[poisoned][-1]:
            del events[_beginnings(events)[-1] :]
        if not events:
            raise PoisonedEvent(rows[poisoned][0], error) from error
    return events


def _event(row: tuple[Any, ...]) -> Event:
    position, stream_id, entry_no, topic, payload, begins = row
    return Event(position, stream_id, entry_no, decode(topic, payload), begins)


def _beginnings(events: Sequence[Event]) -> list[int]:
    return [number for number, event in enumerate(events) if event.begins] or [0]


def half(events: Sequence[Event]) -> Sequence[Event]:
    """Return the first half of the commands that recorded some events, none where it was one command."""
    beginnings = _beginnings(events)
    return events[: beginnings[len(beginnings) // 2]]


def commands(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Yield a file's events command by command: what one command recorded became known at once."""
    beginnings = [0, *(number for number in _beginnings(events) if number)]
    for first, end in pairwise([*beginnings, len(events)]):
        yield events[first:end]


def files(
    connection: psycopg.Connection[Any], stream_ids: Sequence[UUID], up_to: int
) -> dict[UUID, list[Event]]:
    """Return the entries of some files as of a position."""
    rows = connection.execute(_FILES, [list(stream_ids), up_to], binary=True).fetchall()
    return dict(grouped(rows))


def every_file(connection: psycopg.Connection[Any], up_to: int) -> Iterator[tuple[UUID, list[Event]]]:
    """Yield every file by id as of a position, streaming; needs a transaction around it."""
    with connection.cursor("every_file", binary=True) as cursor:
        cursor.itersize = PAGE
        yield from grouped(cursor.execute(_ALL, [up_to]))


def files_between(
    connection: psycopg.Connection[Any], first: UUID, end: UUID | None, up_to: int
) -> Generator[tuple[UUID, list[Event]]]:
    """Yield the files from one id up to another, not included, as of a position; needs a transaction."""
    with connection.cursor("files_between", binary=True) as cursor:
        cursor.itersize = PAGE
        last = end or UUID(int=2**128 - 1)
        yield from grouped(cursor.execute(_BETWEEN, [first, last, end is None, last, up_to]))


def grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[UUID, list[Event]]]:
    """Yield the files of rows of COLUMNS that stand file by file."""
    for stream_id, group in groupby(rows, key=itemgetter(1)):
        yield stream_id, list(map(_event, group))


def numbered(events: Iterable[Event | Recorded]) -> list[Numbered]:
    """Return the entries of an asset's file with their numbers."""
    return [(event.entry_no, event.entry) for event in events]  # type: ignore[misc]  # files of assets hold asset entries


def recorded(row: tuple[UUID, int, str, bytes, int, datetime, bytes]) -> Recorded:
    """Return a row of the FILE query as a recorded entry."""
    stream_id, entry_no, topic, payload, position, recorded_at, envelope = row
    entry, wrapped = decode(topic, payload), decode_envelope(envelope)
    return Recorded(stream_id, entry_no, entry, position, recorded_at, wrapped)


def file(connection: psycopg.Connection[Any], stream_id: UUID) -> list[Recorded]:
    """Return one file's recorded entries by number, none if it has not begun."""
    return [recorded(row) for row in connection.execute(FILE, [stream_id])]


def grown_files(
    connection: psycopg.Connection[Any], earlier: int, later: int, office: str | None = None
) -> Iterator[list[Recorded]]:
    """Yield the files that grew between two positions, all or an office's, as known at the later one.

    An office's are those that it has or had. Streaming; needs a transaction around it.
    """
    asked = {"earlier": earlier, "later": later, "offices": [office], "up_to": later}
    with connection.cursor("grown_files") as cursor:
        rows = map(recorded, cursor.execute(_GROWN if office is None else _GROWN_OF, asked))
        for _, lines in groupby(rows, key=lambda line: line.stream_id):
            yield list(lines)


def office_file(connection: psycopg.Connection[Any], code: str) -> list[Recorded]:
    """Return an office's file: what it changed about its rules, and which quarters it closed, by number."""
    return [recorded(row) for row in connection.execute(OFFICE_FILE.encode(), [office_id(code)])]


def register_file(connection: psycopg.Connection[Any]) -> list[Recorded]:
    """Return the register's own file: the seals, by number."""
    return [recorded(row) for row in connection.execute(_REGISTER_FILE.encode(), [REGISTER_ID])]


def seizing_offices(connection: psycopg.Connection[Any], asset_ref: str) -> list[str]:
    """Return the offices that seized an asset under a reference."""
    return [office for (office,) in connection.execute(_OFFICES, [asset_ref])]


class Laws:
    """Which law each office judges by; `offices` holds those that have changed theirs, by code."""

    def __init__(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Take the rows of the OF_OFFICES query."""
        self.offices: dict[str, office.State] = {}
        self._laws: dict[str, Law] = {}
        for topic, payload in rows:
            entry: RuleChange = decode(topic, payload)  # type: ignore[assignment]  # by its topic
            before = self.offices.get(entry.office, office.State())
            self.offices[entry.office] = office.evolve(before, entry)

    def __call__(self, code: str) -> Law:
        """Return the law of the office of that code."""
        if code not in self._laws:
            self._laws[code] = self.offices.get(code, office.State()).law
        return self._laws[code]


class LawsOverTime:
    """Which law each office judged by, at any position of the log up to one."""

    def __init__(self, rows: Sequence[tuple[int, str, bytes]]) -> None:
        """Take position, topic and payload of what offices changed, by position."""
        self._rows = [(topic, payload) for _, topic, payload in rows]
        self._positions = [position for position, _, _ in rows]
        self._offices: list[tuple[int, str]] | None = None
        self._laws: dict[int, Laws] = {}

    def at(self, position: int) -> Laws:
        """Return which law each office judged by as of a position."""
        changes = bisect_right(self._positions, position)
        if changes not in self._laws:
            self._laws[changes] = Laws(self._rows[:changes])
        return self._laws[changes]

    def changes(self, offices: Mapping[str, int]) -> list[int]:
        """Return the positions at which any of the offices changed its law, each after its own position."""
        if self._offices is None:
            entries = [decode(*row) for row in self._rows]
            changed = zip(self._positions, entries, strict=True)
            self._offices = [(at, entry.office) for at, entry in changed if isinstance(entry, RuleChange)]
        return [at for at, office in self._offices if office in offices and at > offices[office]]


def laws_over_time(connection: psycopg.Connection[Any], up_to: int) -> LawsOverTime:
    """Return which law each office judged by, at any position up to one."""
    return LawsOverTime(connection.execute(_CHANGES, [up_to], binary=True).fetchall())


def laws(connection: psycopg.Connection[Any], up_to: int) -> Laws:
    """Return which law each office judges by as of a position."""
    return Laws(connection.execute(OF_OFFICES, [up_to], binary=True))


def files_under(
    connection: psycopg.Connection[Any], offices: Iterable[str], up_to: int = NO_POSITION
) -> list[UUID]:
    """Return the files that any of the offices has or had, as of a position."""
    rows = connection.execute(_UNDER, {"offices": list(offices), "up_to": up_to}, binary=True)
    return [stream_id for (stream_id,) in rows]


def position_at(connection: psycopg.Connection[Any], moment: datetime) -> int:
    """Return the position up to which the log was known at a moment, 0 before its first entry."""
    row = connection.execute("SELECT auctions.position_at(%s)", [moment]).fetchone()
    return int(row[0]) if row else 0


def whole_commands(connection: psycopg.Connection[Any], position: int) -> int:
    """Return the last position up to one at which no command is half recorded."""
    row = connection.execute("SELECT auctions.whole_commands(%s)", [position]).fetchone()
    return int(row[0]) if row else position


def head(connection: psycopg.Connection[Any]) -> int:
    """Return the log's last position, 0 when it is empty."""
    row = connection.execute(HEAD).fetchone()
    return int(row[0]) if row else 0
