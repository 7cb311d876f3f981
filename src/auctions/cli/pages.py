"""Reading from the read models: up to date or as of a day, page by page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import psycopg

from auctions.cli.common import database
from auctions.store.connect import connection
from projections import assets, findings, next_actions, tracking
from projections.as_of import as_of
from projections.runner import Runner

_Filter = TypeVar("_Filter", assets.Filter, findings.Filter, next_actions.Filter)
_PAGE = 1000


@contextmanager
def answering(name: str, until: date | None) -> Iterator[tuple[psycopg.Connection[Any], int]]:
    """Lend a connection for one reading of a read model, and the log's position it holds up to.

    It is up to date, or as of the end of a legal day.
    """
    url = database()
    if until is None:
        Runner(url).catch_up()
    with connection(url) as reader:
        if until is None:
            with reader.transaction():
                # one position for all pages
                reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                yield reader, tracking.position(reader, name)
        else:
            with as_of(reader, until) as position:
                yield reader, position


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
