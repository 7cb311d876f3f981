"""Lists of assets: what remains unsold, and all others; what they are worth together."""

from typing import Annotated, Any

import orjson
import typer

from auctions.cli.common import Json, print_json, print_table
from auctions.cli.counting import counted, print_counted
from auctions.cli.filtering import Wanted, filtered
from auctions.cli.list_files import Csv, GeoJson, Out, Xlsx, form_of, write
from auctions.cli.pages import answering, rows
from auctions.cli.reading import shown
from auctions.cli.two_times import AsOf, KnownAt
from projections.asset_list import READ, SORTS, Filter, page_query, whole_query

Office = Annotated[str | None, typer.Option(help="Only files of this office.")]

UNSOLD = """List what remains unsold: seized, and neither won, paid nor gone from the file.

Prices are in dong; left of first is the price in force as a share of the first appraisal."""
ASSETS = "List assets, sold or not."

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


@filtered
def list_(
    context: typer.Context,
    wanted: Wanted,
    office: Office = None,
    sort: Annotated[
        str, typer.Option(metavar="FIELD", help=f"By one of {', '.join(SORTS)}; - is the highest first.")
    ] = "-seized_on",
    facets: Annotated[
        bool, typer.Option("--facets", help="Also count all by kind, province, price and rounds.")
    ] = False,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 is all.")] = 0,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Csv = False,
    xlsx: Xlsx = False,
    geojson: GeoJson = False,
    out: Out = None,
) -> None:
    """List assets."""
    if sort not in SORTS:
        raise typer.BadParameter(f"{sort} is nothing to sort by: expected {', '.join(SORTS)}")
    form = form_of(json=json, csv=csv, xlsx=xlsx, geojson=geojson, out=out)
    unsold = True if context.info_name == "unsold" else None
    with answering(READ, as_of, known_at) as answer:
        asked = Filter(
            day=answer.day,
            unsold=unsold,
            **wanted,
            office=office,
            sort=sort,
            limit=limit,
            times=answer.times,
        )
        if form:
            write(answer, "assets", form, whole_query(asked, limit or None), out)
            return
        items = [_item(item) for _, _, item in rows(answer.reader, asked, page_query, slice(2))]
        told = counted(answer, asked) if facets else None
    if json:
        print_json(answer.head | ({"facets": told} if told else {}) | {"items": items})
        return
    title = f"{'Unsold' if unsold else 'Assets'} {answer.title}: {len(items):,}"
    print_table(title, _ITEM, [[shown(*cell) for cell in item.items()] for item in items])
    if told:
        print_counted(told)


def _item(item: str) -> dict[str, Any]:
    fields = orjson.loads(item)
    left = fields["left_of_first"]
    fields["left_of_first"] = left and float(left)  # of a past day PostgreSQL writes a whole 1.0 as 1
    return {name: fields[name] for name in _ITEM}
