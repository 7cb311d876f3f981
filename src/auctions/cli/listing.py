"""Lists of assets: what remains unsold, and all others; what they are worth together."""

from decimal import Decimal
from typing import Annotated, Any

import orjson
import typer

from auctions.cli.common import Json, print_json, print_table
from auctions.cli.counting import counted, print_counted
from auctions.cli.list_files import Csv, GeoJson, Out, Xlsx, form_of, write
from auctions.cli.pages import answering, rows
from auctions.cli.reading import shown
from auctions.cli.two_times import AsOf, KnownAt
from auctions.domain.asset.possible import Stage
from auctions.rules.kinds import asset_kinds
from projections.asset_list import READ, SORTS, Filter, page_query, whole_query

Kind = Annotated[str | None, typer.Option(help=f"Only this kind: {', '.join(asset_kinds())}.")]
Province = Annotated[str | None, typer.Option(help="Only this province, as recorded.")]
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
_LONG_AGO = 100_000
"""Days, some 270 years: more cannot be counted back to a date."""


def _share(left: float | None) -> Decimal | None:
    return None if left is None else Decimal(str(left))


def list_(
    context: typer.Context,
    kind: Kind = None,
    province: Province = None,
    commune: Annotated[str | None, typer.Option(help="Only this commune, as recorded.")] = None,
    office: Office = None,
    officer: Annotated[str | None, typer.Option(help="Only files of this officer, by reference.")] = None,
    stage: Annotated[
        Stage | None, typer.Option(metavar="STAGE", help=f"Only this stage: {', '.join(Stage)}.")
    ] = None,
    price_min: Annotated[int | None, typer.Option(help="At this price in force or above, in dong.")] = None,
    price_max: Annotated[int | None, typer.Option(help="At this price in force or below, in dong.")] = None,
    rounds_min: Annotated[int | None, typer.Option(help="After so many rounds or more.")] = None,
    failed_rounds_min: Annotated[int | None, typer.Option(help="After so many failed rounds.")] = None,
    reductions_min: Annotated[int | None, typer.Option(help="After so many reductions or more.")] = None,
    left_min: Annotated[float | None, typer.Option(help="With this share of the first price left.")] = None,
    left_max: Annotated[float | None, typer.Option(help="With no more than this share left.")] = None,
    days_since_seizure_min: Annotated[
        int | None, typer.Option(min=0, max=_LONG_AGO, help="Seized so many days ago or more.")
    ] = None,
    days_since_round_min: Annotated[
        int | None, typer.Option(min=0, max=_LONG_AGO, help="Last round so many days ago or more.")
    ] = None,
    in_lieu_open: Annotated[
        bool | None, typer.Option(help="Only where the creditor may take the asset, or may not.")
    ] = None,
    suspended: Annotated[bool | None, typer.Option(help="Only suspended files, or none of them.")] = None,
    q: Annotated[
        str | None, typer.Option("--q", help="Words to find, with or without Vietnamese marks; numbers too.")
    ] = None,
    number: Annotated[
        str | None, typer.Option(help="The whole number of a parcel, certificate or vessel.")
    ] = None,
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
            kind=kind,
            province=province,
            commune=commune,
            office=office,
            officer=officer,
            stage=stage,
            price_min=price_min,
            price_max=price_max,
            rounds_min=rounds_min,
            failed_rounds_min=failed_rounds_min,
            reductions_min=reductions_min,
            left_min=_share(left_min),
            left_max=_share(left_max),
            days_since_seizure_min=days_since_seizure_min,
            days_since_round_min=days_since_round_min,
            in_lieu_open=in_lieu_open,
            suspended=suspended,
            q=q,
            number=number,
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
