"""Lists of assets."""

from datetime import datetime
from typing import Annotated, Any

import orjson
import typer

from auctions.application.recording import today
from auctions.cli.common import AsOf, Json, day, print_json, print_table
from auctions.cli.pages import answering, rows
from auctions.domain.asset.possible import Stage
from auctions.rules.kinds import asset_kinds
from projections.assets import Filter, page_query

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
    with answering("assets", until) as (reader, position):
        items = [_item(item) for _, _, item in rows(reader, asked, page_query, slice(2))]
    if json:
        print_json({"as_of": until or today(), "position": position, "items": items})
    else:
        title = f"{'Unsold' if asked.unsold else 'Assets'} as of {until or today()}: {len(items):,}"
        print_table(title, _ITEM, [tuple(item.values()) for item in items])


def _item(item: str) -> dict[str, Any]:
    fields = orjson.loads(item)
    return {name: fields[name] for name in _ITEM}
