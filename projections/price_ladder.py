"""How value declined: one row a price level of an asset."""

from itertools import pairwise

from auctions.domain.asset import events as e
from auctions.domain.money import share
from projections.history import History
from projections.projection import Folded
from projections.timeline import Row

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
