"""What a list of assets counts: by kind, province, price and rounds."""

from typing import Any

from auctions.cli.common import print_table
from auctions.cli.pages import Answering
from projections.asset_list import Filter, facets, facets_query


def counted(answer: Answering, asked: Filter) -> dict[str, Any]:
    """Return all that is listed, counted."""
    query, params = facets_query(asked)
    return facets(answer.reader.execute(query.encode(), params))


def print_counted(told: dict[str, Any]) -> None:
    """Print it, a row a value."""
    lines = [("all", "", *told["total"].values())]
    for facet in ("kind", "province", "price_band", "rounds"):
        lines += [(facet, *each.values()) for each in told[facet]]
    print_table("Counted, prices in dong", ("by", "value", "n", "price", "first_price"), lines)
