"""Reading from the read models: up to date, or as of a day as known at a position, page by page."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

import psycopg

from auctions.application.recording import today
from auctions.cli.common import database
from auctions.cli.two_times import asked_times
from auctions.store.connect import connection
from projections import asset_list, findings, next_actions, tracking
from projections.runner import Runner
from projections.times import Times

_Filter = TypeVar("_Filter", asset_list.Filter, findings.Filter, next_actions.Filter)
_PAGE = 1000


class Answering(NamedTuple):
    """A connection for one reading, the times asked about, and the position that the answer holds up to."""

    reader: psycopg.Connection[Any]
    times: Times
    position: int

    @property
    def day(self) -> date:
        """The legal day that the answer is about."""
        return self.times.as_of or today()

    @property
    def head(self) -> dict[str, Any]:
        """What every answer begins with: the day, and the position up to which things were known."""
        known_at = self.position if self.times.known_at is None else self.times.known_at
        return {"as_of": self.day, "known_at": known_at, "position": self.position}

    @property
    def title(self) -> str:
        """The same in words."""
        known_at = self.times.known_at
        return f"as of {self.day}" + (f" as known at {known_at:,}" if known_at is not None else "")


@contextmanager
def answering(names: Sequence[str], as_of: datetime | None, known_at: str | None) -> Iterator[Answering]:
    """Lend a connection for one reading of read models that are up to date, with the times asked about.

    Raises TimeoutError where one of them stands still before what was known then.
    """
    url = database()
    with connection(url) as reader:
        times = asked_times(reader, as_of, known_at)
        Runner(url).catch_up()
        with reader.transaction():
            # one position for all pages
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            tracking.hold(reader, names)
            position = min(place.position for place in tracking.tracked(reader, names))
            if (times.known_at or 0) > position:
                message = f"a read model stands still at {position}: see `auctions projections status`"
                raise TimeoutError(message)
            yield Answering(reader, times, position)


def rows(
    reader: psycopg.Connection[Any],
    asked: _Filter,
    page_query: Callable[[_Filter], tuple[str, dict[str, Any]]],
    key: slice,
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a list, all where its limit is 0; `key` is where a row has its key."""
    left = asked.limit or 2**31
    page = replace(asked, limit=min(left, _PAGE))
    while page.limit:
        query, params = page_query(page)
        found = reader.execute(query.encode(), params).fetchall()
        if not found:
            return
        yield from found
        left -= len(found)
        page = replace(page, after=found[-1][key], limit=min(left, _PAGE))
