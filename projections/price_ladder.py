"""How value declined: one row a price level of an asset."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from auctions.domain.asset import events as e
from auctions.domain.money import share
from projections.history import History
from projections.projection import Folded
from projections.timeline import Row
from projections.times import NOW, Times

COLUMNS = {
    "asset_id": "uuid NOT NULL",
    "step": "int4 NOT NULL",
    "cause": "text NOT NULL",
    "on_day": "date NOT NULL",
    "price": "int8 NOT NULL",
    "of_previous": "numeric",
    "of_first": "numeric NOT NULL",
}


def rows(file: Folded) -> list[Row]:
    """Return the asset's price levels from its first appraisal on; ratios with six places."""
    steps = file.state.steps
    if not steps or file.state.seized is None:
        return []
    first = steps[0]
    levels: list[Row] = [(file.asset_id, 1, first.cause, first.on, first.price, None, share(1, 1))]
    for number, (before, step) in enumerate(pairwise(steps), 2):
        of_previous, of_first = share(step.price, before.price), share(step.price, first.price)
        levels.append((file.asset_id, number, step.cause, step.on, step.price, of_previous, of_first))
    return levels


PROJECTION = History(
    name="price_ladder",
    columns=COLUMNS,
    primary_key="asset_id, step",
    indexes=(),
    rows=rows,
    hears=frozenset({e.Seized, e.Appraised, e.PriceReduced}),
)


def ladders_query(asset_ids: Sequence[UUID], times: Times = NOW) -> tuple[str, dict[str, Any]]:
    """Return SQL and parameters: a row an asset in the order asked, each once, its JSON with the steps.

    A step has its legal day, its price in dong and its cause; an asset without a price has no steps.
    """
    query = f"""SELECT json_build_object('asset_id', asked.asset_id, 'steps', coalesce(
            (SELECT json_agg(json_build_object('on', on_day, 'price', price, 'cause', cause) ORDER BY step)
            FROM price_ladder AS level WHERE level.asset_id = asked.asset_id AND {times.holding("level")}),
            '[]'))::text
        FROM unnest(%(asset_ids)s::uuid[]) WITH ORDINALITY AS asked (asset_id, place) ORDER BY place"""
    return query, {"asset_ids": list(dict.fromkeys(asset_ids)), **times.parameters}
