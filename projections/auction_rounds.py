"""The auction rounds of an asset, one row a round, from its announcement to its outcome."""

from auctions.domain.asset import events as e
from projections.history import History
from projections.projection import Folded
from projections.timeline import Row

COLUMNS = {
    "asset_id": "uuid NOT NULL",
    "number": "int4 NOT NULL",
    "round_no": "int4 NOT NULL",
    "announced_on": "date NOT NULL",
    "starting_price": "int8 NOT NULL",
    "outcome": "text",
    "ended_on": "date",
    "reason": "text",
    "price": "int8",
}


def rows(file: Folded) -> list[Row]:
    """Return a row for each round in the order of announcement; prices in dong, `price` is the hammer's."""
    if file.state.seized is None:
        return []
    return [
        (
            file.asset_id,
            number,
            each.round_no,
            each.announced_on,
            each.starting_price,
            each.outcome,
            each.ended_on,
            each.reason,
            each.price,
        )
        for number, each in enumerate(file.state.rounds, 1)
    ]


PROJECTION = History(
    name="auction_rounds",
    columns=COLUMNS,
    primary_key="asset_id, number",
    indexes=(),
    rows=rows,
    hears=frozenset(
        {
            e.Seized,
            e.RoundAnnounced,
            e.RoundFailed,
            e.RoundWon,
            e.RoundCancelled,
            e.WinnerDefaulted,
            e.ResultAnnulled,
        }
    ),
)
