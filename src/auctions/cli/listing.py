"""Lists of assets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

import orjson
import psycopg
import typer

from auctions.application.recording import today
from auctions.cli.common import AsOf, Json, database, day, print_json, print_table
from auctions.domain.asset.possible import Stage
from auctions.rules.kinds import asset_kinds
from auctions.store.connect import connection
from projections import tracking
from projections.as_of import as_of as read_as_of
from projections.assets import Filter, page_query
from projections.runner import Runner

Kind = Annotated[str | None, typer.Option(help=f"Only this kind: {', '.join(asset_kinds())}.")]
Province = Annotated[str | None, typer.Option(help="Only this province, as recorded.")]
Office = Annotated[str | None, typer.Option(help="Only files of this office.")]
Q = Annotated[
    str | None, typer.Option("--q", help="Words to find, with or without Vietnamese marks; numbers too.")
]
Limit = Annotated[int, typer.Option(min=0, help="At most so many; 0 is all.")]

_ITEM = (
    "asset_ref",
    "office",
    "kind",
    "province",
    "stage",
    "rounds",
    "failed_rounds",
    "reductions",
    "price",
    "first_price",
    "left_of_first",
)
_PAGE = 1000


def unsold(
    kind: Kind = None,
    province: Province = None,
    office: Office = None,
    q: Q = None,
    limit: Limit = 0,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """List what remains unsold: seized, and neither won, paid nor gone from the file.

    Prices are in dong; left of first is the price in force as a share of the first appraisal.
    """
    _list(
        Filter(unsold=True, kind=kind, province=province, office=office, q=q, limit=limit), as_of, json=json
    )


def assets(
    kind: Kind = None,
    province: Province = None,
    office: Office = None,
    stage: Annotated[
        Stage | None, typer.Option(metavar="STAGE", help=f"Only this stage: {', '.join(Stage)}.")
    ] = None,
    q: Q = None,
    limit: Limit = 0,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """List assets, sold or not."""
    _list(
        Filter(kind=kind, province=province, office=office, stage=stage, q=q, limit=limit), as_of, json=json
    )


def _list(asked: Filter, as_of: datetime | None, *, json: bool) -> None:
    until = day(as_of)
    with _reader(until) as (reader, position):
        items = list(_items(reader, asked))
    if json:
        print_json({"as_of": until or today(), "position": position, "items": items})
    else:
        title = f"{'Unsold' if asked.unsold else 'Assets'} as of {until or today()}: {len(items):,}"
        print_table(title, _ITEM, [tuple(item.values()) for item in items])


@contextmanager
def _reader(until: date | None) -> Iterator[tuple[psycopg.Connection[Any], int]]:
    url = database()
    if until is None:
        Runner(url).catch_up()
    with connection(url) as reader:
        if until is None:
            with reader.transaction():
                reader.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
                )  # one position for all pages
                yield reader, tracking.position(reader, "assets")
        else:
            with read_as_of(reader, until) as position:
                yield reader, position


def _items(reader: psycopg.Connection[Any], asked: Filter) -> Iterator[dict[str, Any]]:
    left = asked.limit or 2**31
    page = replace(asked, limit=min(left, _PAGE))
    while page.limit and (rows := reader.execute(*_encoded(page)).fetchall()):
        for _, _, item in rows:
            fields = orjson.loads(item)
            yield {name: fields[name] for name in _ITEM}
        left -= len(rows)
        page = replace(page, after=rows[-1][:2], limit=min(left, _PAGE))


def _encoded(page: Filter) -> tuple[bytes, dict[str, Any]]:
    query, params = page_query(page)
    return query.encode(), params
