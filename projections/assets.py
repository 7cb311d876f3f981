"""Every asset as it is now, with all that a list of assets filters on: one row an asset."""

from typing import Any

import orjson

from auctions.domain.asset.events import Seized
from auctions.domain.asset.state import State
from auctions.domain.money import share
from projections.asset_words import flags, point, search
from projections.projection import Folded, Projection
from projections.timeline import Row

COLUMNS = {
    "asset_id": "uuid",
    "asset_ref": "text NOT NULL",
    "office": "text NOT NULL",
    "officer": "text",
    "kind": "text NOT NULL",
    "province": "text",
    "commune": "text",
    "stage": "text NOT NULL",
    "unsold": "bool NOT NULL",
    "suspended": "bool NOT NULL",
    "in_lieu_open": "bool NOT NULL",
    "rounds": "int4 NOT NULL",
    "failed_rounds": "int4 NOT NULL",
    "reductions": "int4 NOT NULL",
    "price": "int8",
    "first_price": "int8",
    "left_of_first": "numeric",
    "of_loan": "numeric",
    "loan_value": "int8",
    "secured_debt": "int8",
    "costs": "int8 NOT NULL",
    "sold_for": "int8",
    "seized_on": "date NOT NULL",
    "last_round_on": "date",
    "longitude": "float8",
    "latitude": "float8",
    "search": "text NOT NULL",
    "item": "text NOT NULL",
}


def rows(file: Folded) -> list[Row]:
    """Return the asset's row, none while its seizure is struck."""
    state, seized = file.state, file.state.seized
    return [_row(file, state, seized)] if seized else []


def _row(file: Folded, state: State, seized: Seized) -> Row:
    price, first = state.price, state.steps[0].price if state.steps else None
    left = share(price, first) if price and first else None
    of_loan = share(price, seized.loan_value) if price and seized.loan_value else None
    item = _item(file, state, seized)
    return (
        file.asset_id,
        seized.asset_ref,
        state.office,
        seized.officer,
        seized.kind,
        seized.province,
        seized.commune,
        item["stage"],
        state.unsold,
        state.suspended,
        state.in_lieu_open,
        len(state.rounds),
        state.failed_rounds,
        state.reductions,
        price,
        first,
        left,
        of_loan,
        seized.loan_value,
        seized.secured_debt,
        state.costs,
        state.sold_for,
        seized.on,
        state.last_round_on,
        *point(state),
        search(state, seized),
        orjson.dumps(item).decode(),
    )


def _item(file: Folded, state: State, seized: Seized) -> dict[str, Any]:
    price, first = state.price, state.steps[0].price if state.steps else None
    return {
        "asset_id": str(file.asset_id),
        "asset_ref": seized.asset_ref,
        "office": state.office,
        "kind": seized.kind,
        "province": seized.province,
        "commune": seized.commune,
        "description": seized.description,
        "stage": state.stage.value,
        "rounds": len(state.rounds),
        "failed_rounds": state.failed_rounds,
        "reductions": state.reductions,
        "price": price,
        "first_price": first,
        "left_of_first": float(share(price, first)) if price and first else None,
        "of_loan": float(share(price, seized.loan_value)) if price and seized.loan_value else None,
        "seized_on": seized.on,
        "last_round_on": state.last_round_on,
        "flags": flags(state, seized),
    }


PROJECTION = Projection(
    name="assets",
    columns=COLUMNS,
    primary_key="asset_id",
    indexes=(
        "CREATE INDEX ON {table} (asset_ref, asset_id)",
        "CREATE INDEX ON {table} (seized_on, asset_id)",
        "CREATE INDEX ON {table} (kind, seized_on, asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (province, seized_on, asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (office, seized_on, asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (coalesce(price, 0), asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (coalesce(left_of_first, 1), asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (reductions, asset_id) WHERE unsold",
        "CREATE INDEX ON {table} (of_loan) WHERE unsold AND of_loan IS NOT NULL",
        "CREATE INDEX ON {table} USING gin (search public.gin_trgm_ops)",
    ),
    rows=rows,
    version=2,
)
