"""The read models as of the end of a legal day, folded from the files themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg

from projections import log
from projections.projection import Folded, folded
from projections.registry import read_models


@contextmanager
def as_of(connection: psycopg.Connection[Any], day: date) -> Iterator[int]:
    """Let queries inside see read models as of `day`; yield the log's position.

    Temporary tables of the same names stand before the real ones until the end of the transaction.
    """
    with connection.transaction():
        position = log.head(connection)
        models = read_models().values()
        for model in models:
            table = f"CREATE TEMPORARY TABLE {model.name} {model.definition} ON COMMIT DROP"
            connection.execute(table.encode())
        for page in _pages(connection, day, position):
            for model in models:
                model.copy(
                    connection, f"pg_temp.{model.name}", [row for file in page for row in model.rows(file)]
                )
        yield position


def _pages(connection: psycopg.Connection[Any], day: date, position: int) -> Iterator[list[Folded]]:
    page: list[Folded] = []
    law_of = log.laws(connection, position)
    for stream_id, lines in log.every_file(connection, position):
        page.append(folded(stream_id, lines, law_of, until=day))
        if len(page) == log.PAGE:
            yield page
            page = []
    yield page
