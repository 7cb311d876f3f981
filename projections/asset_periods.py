"""What an asset's file waits for, at which price, after how many rounds and reductions: period by period."""

from datetime import date

from auctions.domain.asset.state import State
from auctions.domain.money import share
from projections.history import History
from projections.projection import Folded
from projections.timeline import Row

COLUMNS = {
    "asset_id": "uuid NOT NULL",
    "stage": "text NOT NULL",
    "office": "text NOT NULL",
    "suspended": "bool NOT NULL",
    "in_lieu_open": "bool NOT NULL",
    "rounds": "int4 NOT NULL",
    "failed_rounds": "int4 NOT NULL",
    "reductions": "int4 NOT NULL",
    "price": "int8",
    "first_price": "int8",
    "left_of_first": "numeric",
    "of_loan": "numeric",
    "costs": "int8 NOT NULL",
    "sold_for": "int8",
    "sold_on": "date",
    "exited_on": "date",
    "last_round_on": "date",
}


def rows(file: Folded) -> list[Row]:
    """Return the asset's row, none while its seizure is struck; money in dong."""
    state, seized = file.state, file.state.seized
    if seized is None:
        return []
    price, first = state.price, state.steps[0].price if state.steps else None
    row = (
        file.asset_id,
        state.stage.value,
        state.office,
        state.suspended,
        state.in_lieu_open,
        len(state.rounds),
        state.failed_rounds,
        state.reductions,
        price,
        first,
        share(price, first) if price and first else None,
        share(price, seized.loan_value) if price and seized.loan_value else None,
        state.costs,
        state.sold_for,
        _sold_on(state),
        state.exited_on,
        state.last_round_on,
    )
    return [row]


def _sold_on(state: State) -> date | None:
    if state.preempted:
        return state.days.get("preemption_answered")
    return state.won.ended_on if state.won else None


PROJECTION = History(
    name="asset_periods",
    columns=COLUMNS,
    primary_key="asset_id",
    indexes=("CREATE INDEX ON {table} (asset_id, on_from) WHERE known_to = 9223372036854775807",),
    rows=rows,
    kept_apart=True,
)
